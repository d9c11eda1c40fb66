import { randomUUID } from 'node:crypto'
import type { ReportSettings } from '../config/reports.ts'
import type { State } from '../data/state.ts'
import type { Outbox } from '../deliveries/outbox.ts'
import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'
import type { Ask, Viewer } from '../models/metrics/metric.ts'
import type { Doubt, ReportIssue, Reports } from '../models/metrics/report.ts'
import type { PipelineStatus } from '../models/metrics/status.ts'
import { differencesOf } from './again.ts'
import { issueOf, openArchive, settingsOf, type IssueRow } from './archive.ts'
import {
  asThen,
  makeCopies,
  noting,
  recipientOf,
  type Grounds,
  type Press,
  type Recipient,
  type Standing,
} from './copies.ts'
import { doubtsOf } from './doubts.ts'
import { checked, lastDue, nextDue, type Calendar } from './due.ts'
import { messageOf, operatorMessage } from './messages.ts'
import { readArchive } from './reading.ts'
import { writtenReports } from './written.ts'

export interface ReportsDeps {
  readonly state: State
  /** Of the warehouse. */
  readonly folder: string
  readonly configured: Readonly<Record<string, ReportSettings>>
  readonly now: () => Date
  readonly press: Press
  readonly ask: Ask
  readonly status: () => Promise<Pick<PipelineStatus, 'runs' | 'feeds' | 'audits'>>
  /** What is published; undefined before the first run. */
  readonly grounds: () => Promise<Grounds | undefined>
  /** Whom a report goes to now. */
  readonly recipients: (settings: ReportSettings) => Promise<Recipient[]>
  readonly calendar: () => Promise<Calendar>
  readonly outbox: Pick<Outbox, 'put' | 'list'>
  /** There is a mail server. */
  readonly mails: boolean
  /** Who is told what is held and what failed; absent: nobody. */
  readonly operator?: string | undefined
  /** Where an issue is opened; undefined: nowhere from outside. */
  readonly link: (issue: string) => string | undefined
  /** The settings, or RequestError for what cannot be, or not by this writer. */
  readonly read: (settings: unknown, writing: Writing) => Promise<ReportSettings>
  readonly record: (viewer: Viewer, subject: string) => Promise<void>
}

interface Writing {
  readonly by: Viewer
  /** What the report says already; undefined: it is new. */
  readonly former: ReportSettings | undefined
}

export interface ReportMaker extends Reports {
  /** Makes what has fallen due or waited, and gives it to the outbox. */
  makeDue(): Promise<void>
  /** One issue of each report that has none, for the archive alone. */
  showSamples(): Promise<void>
}

export function openReports(deps: ReportsDeps): ReportMaker {
  const { state, now } = deps
  const archive = openArchive(state)
  const reading = readArchive(deps, archive)
  const at = { ...deps, archive }
  const written = async (report: string): Promise<ReportSettings | undefined> =>
    (await writtenReports(state, deps.configured)).find((each) => each.report === report)?.settings
  const named = async (report: string): Promise<ReportSettings> => {
    const found = await written(report)
    if (found === undefined) throw new RequestError(fault('report_unknown', { report }), { status: 404 })
    return found
  }
  const begun = async (report: string, kind: ReportIssue['kind'], by: string | null): Promise<IssueRow> => {
    const issue = rowOf({ report, settings: await named(report), kind, due: now(), by })
    await archive.begin(issue)
    return archive.find(issue.issue_id)
  }
  return {
    ...reading,
    list: async () => {
      const calendar = await deps.calendar()
      return (await writtenReports(state, deps.configured)).map((each) => ({
        ...each,
        next_at: nextDue(each.settings.schedule, now(), calendar)?.toISOString() ?? null,
      }))
    },
    make: async (report, by) => {
      const issue = await begun(report, 'order', by.name)
      await deps.record(by, `report ${report}`)
      await make(issue, { ...at, whatever: true })
      return reading.issue(by, issue.issue_id)
    },
    again: async (id, by) => {
      const first = await archive.find(id)
      if (first.status !== 'made' && first.status !== 'held')
        throw new RequestError(fault('report_not_made', {}), { status: 422 })
      const issue = rowOf({ report: first.report, settings: settingsOf(first), kind: 'again', due: now(), by: by.name })
      await archive.begin({ ...issue, again_of: first.again_of ?? first.issue_id })
      await deps.record(by, `report ${first.report} again ${id}`)
      await makeAgain(await archive.find(issue.issue_id), at)
      return reading.issue(by, issue.issue_id)
    },
    release: async (id, by) => {
      const issue = await archive.find(id)
      if (issue.status !== 'held') throw new RequestError(fault('report_not_held', {}), { status: 422 })
      await deps.record(by, `report ${issue.report} release ${id}`)
      const copies = await archive.copies([id])
      const messages = await Promise.all(copies.filter((copy) => isSent(copy, deps)).map((copy) => outgoing(issue, copy, deps))) // prettier-ignore
      await archive.keep(id, { values: { status: 'made' }, copies }, (within) => deps.outbox.put(messages, within))
      return reading.issue(by, id)
    },
    write: async (report, settings, by) => {
      if (!/^[a-z][a-z0-9-]{0,39}$/.test(report)) throw new RequestError(fault('report_name', { report }), { field: 'report' }) // prettier-ignore
      if (Object.hasOwn(deps.configured, report))
        throw new RequestError(fault('report_configured', { report }), { field: 'report' })
      const values = {
        settings: JSON.stringify(await deps.read(settings, { by, former: await written(report) })),
        changed_by: by.name,
        changed_at: now().toISOString(),
      }
      await state.tables
        .insertInto('reports')
        .values({ report, ...values })
        .onConflict((conflict) => conflict.column('report').doUpdateSet(values))
        .execute()
      await deps.record(by, `report ${report} written`)
    },
    remove: async (report, by) => {
      await state.tables.deleteFrom('reports').where('report', '=', report).execute()
      await deps.record(by, `report ${report} removed`)
    },
    makeDue: oneAtATime(async () => {
      const calendar = await deps.calendar()
      for (const { report, settings } of await writtenReports(state, deps.configured)) {
        const { schedule } = settings
        if (schedule === undefined) continue
        const moment = now()
        const due = await lastDue(state, { report, schedule }, { now: moment, calendar })
        if (due !== undefined) await archive.begin(rowOf({ report, settings, kind: 'schedule', due, by: null }))
        await checked(state, report, moment)
      }
      for (const issue of await archive.waiting()) await make(issue, at)
    }),
    showSamples: async () => {
      for (const { report } of await writtenReports(state, deps.configured)) {
        if ((await archive.list({ report, limit: 1 })).length === 0) await make(await begun(report, 'sample', null), at)
      }
    },
  }
}

type At = ReportsDeps & { readonly archive: ReturnType<typeof openArchive>; readonly whatever?: boolean }

/** Makes an issue and gives its copies to the outbox, or leaves it waiting. A failure is kept with the issue and told to the operator. */
async function make(issue: IssueRow, at: At): Promise<void> {
  const { archive, folder, press, outbox, now, operator } = at
  const settings = settingsOf(issue)
  try {
    const grounds = await at.grounds()
    if (grounds === undefined) return
    const found = doubtsOf(await at.status())
    const { whenDoubtful = 'say' } = settings
    const isDoubtful = issue.kind === 'schedule' && found.length > 0
    if (isDoubtful && typeof whenDoubtful === 'object' && !isOver(issue, whenDoubtful.waitHours, now())) {
      await archive.change(issue.issue_id, { doubts: JSON.stringify(found) })
      return
    }
    const isLate = typeof whenDoubtful === 'object' && now().getTime() - Date.parse(issue.due_at) > 3_600_000
    const doubts: readonly Doubt[] = isLate ? [...found, { code: 'waited', due: issue.due_at }] : found
    const { ask, standing } = noting(at.ask)
    const recipients = await at.recipients(settings)
    const order = { issueId: issue.issue_id, settings, recipients, grounds, doubts, ask }
    const copies = await makeCopies(order, { press, folder })
    if (copies.length === 0 && recipients.length > 0) throw new RequestError(fault('report_reaches_nobody', {}))
    const isHeld = isDoubtful && whenDoubtful === 'operator'
    const values = { ...valuesOf(grounds, standing(), now()), status: isHeld ? 'held' : 'made', doubts: JSON.stringify(doubts), error: null } // prettier-ignore
    const row = { ...issue, ...values }
    const sent = isHeld || issue.kind === 'sample' ? [] : copies.filter((copy) => isSent(copy, at))
    const messages = await Promise.all(sent.map((copy) => outgoing(row, copy, at)))
    const told =
      isHeld && operator !== undefined ? [operatorMessage(issueOf(row), { operator, what: 'held', press })] : []
    await archive.keep(issue.issue_id, { values, copies }, (within) => outbox.put([...messages, ...told], within))
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    await archive.change(issue.issue_id, { status: 'failed', error: text, made_at: now().toISOString() })
    if (operator !== undefined)
      await outbox.put([operatorMessage({ ...issueOf(issue), error: text }, { operator, what: 'failed', press })])
    if (at.whatever === true) throw error
  }
}

const isOver = ({ due_at }: IssueRow, hours: number, now: Date): boolean =>
  now.getTime() >= Date.parse(due_at) + hours * 3_600_000

const isSent = ({ recipient }: { readonly recipient: string }, { mails }: Pick<ReportsDeps, 'mails'>): boolean =>
  mails || !recipient.startsWith('mail ')

const outgoing = (
  issue: IssueRow,
  copy: Parameters<typeof messageOf>[0],
  { folder, link }: Pick<ReportsDeps, 'folder' | 'link'>,
) =>
  // prettier-ignore
  messageOf(copy, { folder, issue: issueOf(issue), link: link(issue.issue_id) })

/** From the versions of the first, with today's rules and code; nothing is sent. */
async function makeAgain(issue: IssueRow, at: At): Promise<void> {
  const { archive, folder, press, now } = at
  try {
    const first = await archive.find(issue.again_of ?? '')
    const published = await at.grounds()
    const then = groundsOf(first)
    if (published === undefined || then === undefined) return
    const was = await archive.copies([first.issue_id])
    const isPublished = published.warehouse_version === then.warehouse_version
    const standing = JSON.parse(first.grounds ?? '{"sources":[],"figures":{}}') as Standing
    const ask = asThen(at.ask, { grounds: then, standing, isPublished })
    const recipients = was.map(({ recipient, name, viewer, language }) => ({
      ...recipientOf(recipient),
      name,
      viewer,
      language,
    }))
    const doubts = JSON.parse(first.doubts) as Doubt[]
    const order = { issueId: issue.issue_id, settings: settingsOf(first), recipients, grounds: then, doubts, ask }
    const copies = await makeCopies(order, { press, folder })
    const grounds = { ...then, fingerprint: published.fingerprint }
    const differences = await differencesOf({ folder, first: { grounds: then, copies: was }, second: { grounds, copies } }) // prettier-ignore
    const values = { ...valuesOf(grounds, standing, now()), status: 'made', doubts: first.doubts, differences: JSON.stringify(differences) } // prettier-ignore
    await archive.keep(issue.issue_id, { values, copies }, () => Promise.resolve())
  } catch (error) {
    await archive.change(issue.issue_id, { status: 'failed', error: error instanceof Error ? error.message : String(error) }) // prettier-ignore
    throw error
  }
}

function valuesOf({ fingerprint, ...grounds }: Grounds, standing: Standing, now: Date) {
  return { ...grounds, fingerprint, grounds: JSON.stringify(standing), made_at: now.toISOString() }
}

function groundsOf(row: IssueRow): Grounds | undefined {
  const { as_of, known_at, published_at, warehouse_version, policy_version, fingerprint } = row
  if (as_of === null || known_at === null || published_at === null || warehouse_version === null) return undefined
  return { as_of, known_at, published_at, warehouse_version, policy_version: policy_version ?? '', fingerprint: fingerprint ?? '' } // prettier-ignore
}

interface Begun {
  readonly report: string
  readonly settings: ReportSettings
  readonly kind: ReportIssue['kind']
  readonly due: Date
  readonly by: string | null
}

function rowOf({ report, settings, kind, due, by }: Begun) {
  const issue_id = randomUUID()
  return { issue_id, report, kind, status: 'waiting', settings: JSON.stringify(settings), due_at: due.toISOString(), ordered_by: by } // prettier-ignore
}

/** Whoever asks while it works waits for the same work. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined
  return () => {
    current ??= work().finally(() => (current = undefined))
    return current
  }
}
