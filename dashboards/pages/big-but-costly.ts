import { html } from 'hono/html'
import type { Answer } from '../../models/metrics/metric.ts'
import { figureOf, labelColumn, type AnswerRow } from '../charts/rows.ts'
import type { Html } from '../page.ts'
import type { Speech } from '../words/speech.ts'

const NAMED = 3

/** Which of the largest customers by revenue left less than they cost, in words; the worst are named. */
export function bigButCostly(answer: Answer, speech: Speech, period: string): Html {
  const big = largest(answer)
  if (big.length === 0) return html`<p class="finding">${speech.say('finding_no_rows')}</p>`
  const costly = big.filter((row) => profit(row) < 0).toSorted((a, b) => profit(a) - profit(b))
  if (costly.length === 0) return noneCostly(answer, big, { speech, period })
  const headline = speech.say('finding_big', { count: costly.length, of: big.length, period })
  const more = costly.length > NAMED ? speech.say('finding_and_more', { count: costly.length - NAMED }) : ''
  return html`<div class="finding finding-bad">
    <p class="headline">
      ${headline}${colon(speech)}${names(answer, costly.slice(0, NAMED), speech)} ${more}${stop(speech)}
    </p>
    <p>${together(answer, costly, speech)}</p>
  </div>`
}

/** A tenth of the customers that bought, at least 10 and at most 40: nobody calls more than that big. */
function largest(answer: Answer): readonly AnswerRow[] {
  const buyers = answer.rows.filter((row) => (figureOf(row, 'revenue') ?? 0) > 0)
  const buyersInAll = Math.max(buyers.length, answer.total > answer.rows.length ? answer.total : 0)
  const count = Math.min(40, Math.max(10, Math.round(buyersInAll / 10)))
  return buyers.toSorted((a, b) => (figureOf(b, 'revenue') ?? 0) - (figureOf(a, 'revenue') ?? 0)).slice(0, count)
}

const profit = (row: AnswerRow): number => figureOf(row, 'profit_before_allocation') ?? 0

function names(answer: Answer, rows: readonly AnswerRow[], speech: Speech): readonly unknown[] {
  const label = labelColumn(answer, 'customer')
  return rows.map((row, index) => [
    index === 0 ? '' : speech.list(['', '']),
    html`<strong>${String(row[label])}</strong>`,
  ])
}

/** What the costly ones lost together, and their share of the hours of all customers in the answer. */
function together(answer: Answer, costly: readonly AnswerRow[], speech: Speech): string {
  const sum = (rows: readonly AnswerRow[], name: string) =>
    rows.reduce((total, row) => total + (figureOf(row, name) ?? 0), 0)
  const loss = speech.glance(-sum(costly, 'profit_before_allocation'), 'money')
  const hours = sum(answer.rows, 'service_hours')
  if (hours <= 0 || answer.total > answer.rows.length) return speech.say('finding_together_no_hours', { loss })
  const share = speech.figure(sum(costly, 'service_hours') / hours, 'share')
  return speech.say('finding_together', { loss, share })
}

function noneCostly(
  answer: Answer,
  big: readonly AnswerRow[],
  { speech, period }: { speech: Speech; period: string },
): Html {
  const [furthest] = big.toSorted((a, b) => (figureOf(b, 'rank_drop') ?? 0) - (figureOf(a, 'rank_drop') ?? 0))
  const dropped =
    furthest !== undefined && (figureOf(furthest, 'rank_drop') ?? 0) > 0
      ? speech.say('finding_dropped', {
          name: String(furthest[labelColumn(answer, 'customer')]),
          from: speech.figure(figureOf(furthest, 'revenue_rank'), 'rank'),
          to: speech.figure(figureOf(furthest, 'profit_rank'), 'rank'),
        })
      : ''
  return html`<div class="finding">
    <p class="headline">${speech.say('finding_none_big', { of: big.length, period })}</p>
    <p>${dropped}</p>
  </div>`
}

const colon = (speech: Speech): string => (speech.language === 'zh' ? '：' : ': ')
const stop = (speech: Speech): string => (speech.language === 'zh' ? '。' : '.')
