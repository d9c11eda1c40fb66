import { dimensions } from '../../models/metrics/catalogue.ts'
import type { ChartDefinition } from '../page.ts'
import { amountAxis, chartConfig } from './axes.ts'
import { dimensionWords, figureOf, metricWords, valueWords } from './rows.ts'

const DESTINATIONS = Object.keys(dimensions['cost_destination']?.values ?? {})

/** Where the ledger of each category went; what reaches customers stands left, what reaches nobody right. */
export const costFlow: ChartDefinition = {
  name: 'cost-flow',
  title: 'chart_flow_title',
  about: 'chart_flow_about',
  rows: (answer, speech) =>
    answer.rows.map((row) => {
      const category = valueWords('cost_category', row['cost_category'], speech)
      const destination = valueWords('cost_destination', row['cost_destination'], speech)
      return {
        label: speech.say('chart_flow_row', { category, destination }),
        category,
        destination,
        place: DESTINATIONS.indexOf(String(row['cost_destination'])),
        ledger_cost: figureOf(row, 'ledger_cost'),
      }
    }),
  draw: (speech, palette) => ({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    height: { step: 22 },
    padding: { left: 3, right: 12, top: 0, bottom: 4 },
    data: { name: 'rows' },
    config: chartConfig(palette),
    mark: { type: 'bar', height: 14, stroke: palette.surface, strokeWidth: 1 },
    encoding: {
      y: {
        field: 'category',
        type: 'nominal',
        sort: { field: 'ledger_cost', op: 'sum', order: 'descending' },
        title: null,
        axis: { domain: false, ticks: false },
      },
      x: {
        field: 'ledger_cost',
        type: 'quantitative',
        title: null,
        axis: amountAxis(speech),
      },
      order: { field: 'place', type: 'quantitative' },
      color: {
        field: 'destination',
        type: 'nominal',
        scale: {
          domain: DESTINATIONS.map((name) => valueWords('cost_destination', name, speech)),
          range: [...palette.flows],
        },
        legend: { orient: 'top', title: null },
      },
      tooltip: [
        { field: 'category', type: 'nominal', title: dimensionWords('cost_category', speech) },
        { field: 'destination', type: 'nominal', title: dimensionWords('cost_destination', speech) },
        { field: 'ledger_cost_text', type: 'nominal', title: metricWords('ledger_cost', speech) },
      ],
    },
  }),
}
