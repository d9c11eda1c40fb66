import type { ChartDefinition } from '../page.ts'
import { bars } from './bars.ts'
import { figureOf, valueWords } from './rows.ts'

/** From not due to the oldest. */
const AGES = ['not_due', '30', '60', '90', 'older']

/** What is open by how long it is overdue; the oldest stands out. */
export const receivablesByAge: ChartDefinition = {
  name: 'receivables-by-age',
  title: 'chart_ages_title',
  about: 'chart_ages_about',
  rows: (answer, speech) =>
    AGES.map((age) => {
      const row = answer.rows.find((each) => each['invoice_age'] === age) ?? {}
      const amount = figureOf(row, 'open_invoice_amount') ?? 0
      return {
        label: valueWords('invoice_age', age, speech),
        open_invoice_amount: amount,
        short: speech.glance(amount, 'money'),
        marked: age === 'older',
      }
    }),
  draw: (speech, palette) => bars('open_invoice_amount', speech, palette),
}
