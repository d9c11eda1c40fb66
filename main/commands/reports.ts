import type { Config } from '../../config/define.ts'
import { ConfigError } from '../../errors.ts'
import type { ReportIssue } from '../../models/metrics/report.ts'
import type { ReportMaker } from '../../reports/reports.ts'
import { textTable } from '../../terminal.ts'
import { operator } from './people.ts'
import { openPeople } from '../people.ts'
import { createReports } from '../reports.ts'
import { runningServer } from '../running-server.ts'
import { openSystem } from '../system.ts'

const NEWEST = 20

/** `trueworth report list`. */
export async function listReports(config: Config, { json }: { readonly json?: boolean }): Promise<number> {
  return withReports(config, async (reports) => {
    const [all, issues] = [await reports.list(), await reports.issues(operator(), { limit: NEWEST })]
    if (json) {
      console.log(JSON.stringify({ reports: all, issues }, null, 2))
      return 0
    }
    console.log(
      textTable(
        ['report', 'title', 'when', 'next at'],
        all.map(({ report, settings, next_at }) => [report, settings.title.en, settings.schedule?.cron ?? 'by hand', minute(next_at)]), // prettier-ignore
      ),
    )
    console.log(
      textTable(
        ['issue', 'report', 'due at', 'state', 'copies'],
        issues.map((issue) => [issue.issue_id, issue.report, minute(issue.due_at), issue.status, String(issue.copies.length)]), // prettier-ignore
        new Set(['copies']),
      ),
    )
    return 0
  })
}

/** `trueworth report make`, `again` and `release`. A failed issue ends with exit code 2. */
export async function orderReport(config: Config, order: 'make' | 'again' | 'release', which: string): Promise<number> {
  if ((await runningServer(config)) !== undefined)
    throw new ConfigError('a server holds the warehouse; choose this on its page Reports, or stop it first')
  return withReports(config, async (reports, send) => {
    const issue = await reports[order](which, operator())
    await send()
    console.log(told(issue))
    return issue.status === 'failed' ? 2 : 0
  })
}

function told({ issue_id, report, status, error, differences, copies }: ReportIssue): string {
  const how =
    differences === null
      ? `${copies.length} copies`
      : `${differences.equal} of ${differences.of} files are the same byte for byte${differences.causes.length === 0 ? '' : `; changed since: ${differences.causes.join(', ')}`}`
  return `${report} ${issue_id}: ${status}, ${error ?? how}`
}

async function withReports(
  config: Config,
  work: (reports: ReportMaker, send: () => Promise<void>) => Promise<number>,
): Promise<number> {
  const system = await openSystem(config)
  try {
    const people = openPeople(config, system.state, () => new Date())
    return await work(createReports(system, people), () => system.outbox.sendDue())
  } finally {
    await system.close()
  }
}

const minute = (instant: string | null): string => instant?.slice(0, 16).replace('T', ' ') ?? ''
