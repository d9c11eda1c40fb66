import type { Language } from '../../entities/language.ts'
import type { Doubt } from '../../models/metrics/report.ts'
import { createSpeech, type Speech } from '../words/speech.ts'
import type { ReportNotice } from './document.ts'

/** What stands at the top of a report whose figures are not to be relied on as a whole. */
export function doubtNotices(
  doubts: readonly Doubt[],
  manner: { readonly language: Language; readonly currency: string; readonly timeZone: string },
): ReportNotice[] {
  const speech = createSpeech(manner)
  return doubts.map((doubt) => ({
    severity: doubt.code === 'waited' ? 'note' : doubt.code === 'run_partial' ? 'warning' : 'error',
    words: doubtWords(doubt, speech),
  }))
}

export function doubtWords(doubt: Doubt, speech: Speech): string {
  if (doubt.code === 'stale') return speech.say('doubt_stale', { sources: speech.list(doubt.sources) })
  if (doubt.code === 'audits') return speech.say('doubt_audits', { count: doubt.count })
  if (doubt.code === 'waited') return speech.say('doubt_waited', { at: speech.instant(doubt.due) })
  return speech.say(doubt.code === 'run_failed' ? 'doubt_run_failed' : 'doubt_run_partial', {
    at: speech.instant(doubt.at),
  })
}
