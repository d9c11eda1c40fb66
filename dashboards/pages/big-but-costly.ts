import { html } from 'hono/html'
import type { Answer } from '../../models/metrics/metric.ts'
import { bigCustomers, costliest, largestCount } from '../charts/big-customers.ts'
import { figureOf, labelColumn, type AnswerRow } from '../charts/rows.ts'
import type { Html, Place } from '../page.ts'
import type { Speech } from '../words/speech.ts'

const NAMED = 3

/** Which of the big customers left less than they cost, in words; the worst are named. */
export function bigButCostly(answer: Answer, speech: Speech, place: Place): Html {
  const big = bigCustomers(answer)
  if (big.length === 0) return html`<p class="finding">${speech.say('finding_no_rows')}</p>`
  const costly = costliest(big)
  if (costly.length === 0) return noneCostly(answer, big, { speech, period: place.period })
  const headline = speech.say('finding_big', { count: costly.length, of: big.length, period: place.period })
  const more = costly.length > NAMED ? speech.say('finding_and_more', { count: costly.length - NAMED }) : ''
  return html`<div class="finding finding-bad">
    <p class="headline">
      ${headline}${colon(speech)}${names(answer, costly.slice(0, NAMED), speech)} ${more}${stop(speech)}
    </p>
    <p>
      ${together(answer, costly, speech)}
      <a href="${place.hrefWith({ sort: 'profit', page: undefined })}#table">${speech.say('finding_list_costly')}</a>
      <span class="elsewhere">· <a href="/changes">${speech.say('changes_link')}</a></span>
      · <a href="/customers/whale">${speech.say('whale_title')}</a>
    </p>
    <p class="small">${speech.say('finding_who_is_big', { count: largestCount(answer) })}</p>
  </div>`
}

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
  const loss = speech.glance(-sum(costly, 'profit'), 'money')
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
    <p>${dropped} <a class="elsewhere" href="/changes">${speech.say('changes_link')}</a></p>
    <p class="small">${speech.say('finding_who_is_big', { count: largestCount(answer) })}</p>
  </div>`
}

const colon = (speech: Speech): string => (speech.language === 'zh' ? '：' : ': ')
const stop = (speech: Speech): string => (speech.language === 'zh' ? '。' : '.')
