import type { SampleProgress } from '../data/demo/sample.ts'
import type { RunEvent } from '../pipelines/run-journal.ts'
import type { RunReport } from '../pipelines/run.ts'
import { count, duration } from '../terminal.ts'

export type Say = (line: string) => void

/** What, how many rows, how long: the columns of every progress line. */
function line(what: string, rows: number | undefined, milliseconds: number): string {
  return `  ${what.padEnd(44)} ${(rows === undefined ? '' : count(rows)).padStart(12)} ${duration(milliseconds).padStart(9)}`
}

export function saySample(say: Say): (progress: SampleProgress) => void {
  return ({ step, rows, milliseconds }) => say(line(step, rows, milliseconds))
}

/** Says each step of a run as it ends; what failed is said with its reason. */
export function sayRun(say: Say): (event: RunEvent) => void {
  return (event) => {
    if (event.kind === 'retry')
      say(`  ${event.source}: ${event.error}; trying again in ${duration(event.inMilliseconds)}`)
    if (event.kind === 'model' && event.rows !== undefined) say(line(event.model, event.rows, event.milliseconds))
    if (event.kind !== 'end') return
    const subject = event.source === undefined ? '' : ` ${event.source}.${event.entity ?? ''}`
    if (event.status === 'failed') say(`  FAILED ${event.step}${subject}: ${event.note ?? ''}`)
    else if (event.rows > 0 || event.note !== undefined) {
      say(
        line(`${event.step}${subject}`, event.rows, event.milliseconds) +
          (event.note === undefined ? '' : `  ${event.note}`),
      )
    }
  }
}

/** The last lines of a run: what readers see now, and where to look when something went wrong. */
export function sayReport(report: RunReport, say: Say): void {
  const took = duration(report.milliseconds)
  const rejected = report.rejects === 0 ? '' : `, ${count(report.rejects)} rejected (see the Pipelines page)`
  if (report.error !== null) say(`run ${report.status}: ${report.error}`)
  if (report.published) say(`version ${report.version} published: ${count(report.rows)} rows${rejected}, in ${took}`)
  else if (report.error === null) say(`nothing new, figures are as they were, in ${took}`)
  else say(`nothing was published, readers keep what they had, in ${took}`)
}
