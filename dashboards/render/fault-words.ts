import { html } from 'hono/html'
import { describeFault, describeRowFault } from '../../entities/faults.ts'
import type { Language } from '../../entities/language.ts'
import type { AccessError, RequestError } from '../../errors.ts'
import type { FeedStatus, RejectedRow, RunStatus } from '../../models/metrics/status.ts'
import type { Html } from '../page.ts'
import type { Speech } from '../words/speech.ts'

/** What went wrong in a run, one fault after the other. */
export function runFaultWords({ error, faults }: RunStatus, speech: Speech): Html | string {
  if (faults.length === 0) return error === null ? '' : english(error, speech)
  const said = faults.map(({ source, text, fault }) => {
    const words = fault && describeFault(fault, speech.language)
    // The words of these codes name the source themselves.
    const names = source === undefined || words?.includes(source) === true || text.startsWith(`${source}:`)
    return html`${names ? '' : html`<code>${source}</code> `}${words ?? english(text, speech)}`
  })
  return said.length === 1 ? (said[0] ?? '') : html`${said.map((one) => html`<span class="fault">${one}</span>`)}`
}

export function feedFaultWords({ error, fault }: FeedStatus, speech: Speech): Html | string {
  if (error === null) return ''
  return (fault && describeFault(fault, speech.language)) ?? english(error, speech)
}

/** Why what a reader asked for was refused. */
export function refusalWords({ fault, message }: RequestError | AccessError, language: Language): string {
  return (fault && describeFault(fault, language)) ?? message
}

/** Why a row did not get in and what to do, in the language of the page. */
export function rejectWords(reject: RejectedRow, speech: Speech): { reason: Html | string; remedy: Html | string } {
  const { column, value, fault, reason, remedy } = reject
  const details = { ...(column !== null && { column }), ...(value !== null && { value }), ...fault?.details }
  return (
    (fault && describeRowFault({ code: fault.code, details }, speech.language)) ?? {
      reason: english(reason, speech),
      remedy: english(remedy, speech),
    }
  )
}

/** Words that are known in English alone are marked as such, so that a screen reader says them right. */
export function english(text: string, { language }: Speech): Html | string {
  return language === 'en' ? text : html`<span lang="en">${text}</span>`
}
