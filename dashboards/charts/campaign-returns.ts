import type { ChartDefinition } from '../page.ts'
import { bars } from './bars.ts'
import { figureOf, labelColumn } from './rows.ts'

/** Won margin less cost of each campaign, the best first; those that cost more than they brought stand out. */
export const campaignReturns: ChartDefinition = {
  name: 'campaign-returns',
  title: 'chart_campaigns_title',
  about: 'chart_campaigns_about',
  rows: (answer, speech) => {
    const label = labelColumn(answer, 'campaign')
    return answer.rows.map((row) => {
      const share = figureOf(row, 'campaign_return')
      return {
        label: String(row[label] ?? row['campaign']),
        campaign_return: share,
        short: speech.figure(share, 'share'),
        marked: share !== null && share < 0,
      }
    })
  },
  draw: (speech, palette) => bars('campaign_return', speech, palette),
}
