import type { Answer, MetricQuery } from '../../models/metrics/metric.ts'
import { dimensionWords, labelColumn, valueWords, type AnswerRow } from '../charts/rows.ts'
import type { Html } from '../page.ts'
import { listCard } from '../render/list.ts'
import type { View } from '../render/view.ts'

/** The newest of them; the rest is in the API. */
export const DECISIONS: MetricQuery = {
  metrics: ['lead_decisions'],
  by: [
    'lead_decision_id',
    'decided_by',
    'lead_decision',
    'customer',
    'lead_signal',
    'lead_decision_reason',
    'lead_opportunity',
    'lead',
  ],
  where: [],
  order: ['-lead_decision_id'],
  limit: 30,
}

/** Who decided what on leads and deals, when and why. */
export function decisionsCard(decisions: Answer, view: View): Html {
  const { speech, sight } = view
  const words = (name: string) => ({
    title: dimensionWords(name, speech),
    cell: (row: AnswerRow) => valueWords(name, row[labelColumn(decisions, name)] ?? row[name], speech),
  })
  return listCard(
    {
      name: 'lead-decisions',
      title: speech.say('lead_decisions_title'),
      about: speech.say('lead_decisions_about'),
      rows: decisions.rows,
      columns: [
        { ...words('lead_decision_id'), title: speech.say('lead_decisions_when') },
        ...['decided_by', 'lead_decision', 'customer', 'lead_signal'].filter(sight.sees).map(words),
        ...(sight.sees('lead_decision_reason') ? [{ ...words('lead_decision_reason'), wide: true as const }] : []),
        ...['lead_opportunity'].filter(sight.sees).map(words),
      ],
      none: speech.say('lead_decisions_none'),
    },
    view,
  )
}
