import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { localViewer } from '../api/access.ts'
import type { Config } from '../config/define.ts'
import type { ReportPart, ReportSettings } from '../config/reports.ts'
import { composeReport, ROWS } from '../dashboards/reports/compose.ts'
import { doubtNotices } from '../dashboards/reports/doubt-notices.ts'
import type { ReportPart as Part } from '../dashboards/reports/parts.ts'
import { fault } from '../entities/faults.ts'
import type { Language } from '../entities/language.ts'
import { RequestError } from '../errors.ts'
import { parseExploration } from '../models/metrics/exploration.ts'
import type { Composition, Grounds, Press, Recipient } from '../reports/copies.ts'
import type { Calendar } from '../reports/due.ts'
import { folderOf } from '../reports/messages.ts'
import { openReports, type ReportMaker } from '../reports/reports.ts'
import { viewerOf, type User } from '../users/user.ts'
import type { People } from './people.ts'
import { rendering } from './rendering.ts'
import { checkReport, guestOf, readSettings } from './report-settings.ts'
import { root, type System } from './system.ts'

/** Reports of a system: made of its pages, for its users, through its outbox. */
export function createReports(
  system: System,
  { users, audit }: Pick<People, 'users' | 'audit'>,
  now: () => Date = () => new Date(),
): ReportMaker {
  const { config, state, queries, outbox } = system
  for (const [name, settings] of Object.entries(config.reports ?? {})) checkReport(settings, config, `reports.${name}`)
  const address = config.signIn?.url
  const link = (path: string): string | undefined =>
    address === undefined ? undefined : `${address.replace(/\/$/, '')}${path}`
  return openReports({
    state,
    folder: config.folder,
    configured: config.reports ?? {},
    now,
    press: pressOf(system, link),
    ask: (viewer, query) => queries.ask(viewer, query),
    status: () => system.status(localViewer),
    grounds: () => groundsOf(system),
    recipients: async (settings) => recipientsOf(settings, config, await users.list()),
    calendar: () => calendarOf(system),
    outbox,
    mails: config.mail !== undefined,
    operator: config.mail?.operator,
    link: (issue) => link(`/reports/issues/${issue}`),
    read: (settings, writing) => readSettings(settings, writing, { ...system, users }),
    record: (viewer, subject) => audit.record(viewer, 'ordered', subject),
  })
}

function pressOf({ config, queries, state }: System, link: (path: string) => string | undefined): Press {
  return {
    compose: async ({ settings, recipient, grounds, doubts, ask, rows }: Composition) => {
      const { viewer, language, name } = recipient
      return composeReport({
        title: settings.title[language],
        parts: await Promise.all(settings.parts.map(async (part) => partOf(part, language, state))),
        viewer,
        sight: queries.sight(viewer),
        ask,
        asOf: grounds.as_of,
        publishedAt: grounds.published_at,
        language,
        company: config.company,
        coverageThreshold: config.policy.coverageThreshold,
        recipient: name,
        policy: grounds.policy_version,
        notices: doubtNotices(doubts, { language, ...config.company }),
        rows: ROWS[rows],
        link,
      })
    },
    mail: (document) => rendering.mail(document),
    file: (document, format) => rendering.file(document, format),
    doubts: (doubts, language) => doubtNotices(doubts, { language, ...config.company }).map(({ words }) => words),
    sight: (viewer) => queries.sight(viewer).key,
    seesPeople: (viewer) => queries.sight(viewer).seesPeople,
    whole: queries.sight(localViewer).key,
  }
}

async function partOf(part: ReportPart, language: Language, { tables }: System['state']): Promise<Part> {
  if (typeof part === 'string') return { address: part }
  if ('question' in part)
    return { exploration: parseExploration(new URLSearchParams(part.question)), name: part.title[language] }
  const saved = await tables
    .selectFrom('explorations')
    .select(['name', 'query'])
    .where('exploration_id', '=', part.saved)
    .executeTakeFirst()
  if (saved === undefined) throw new RequestError(fault('report_saved_gone', { saved: part.saved }))
  return { exploration: parseExploration(new URLSearchParams(saved.query)), name: saved.name }
}

/** What is published, with the policy in force; undefined before the first run. */
async function groundsOf({ queries, warehouse, policies }: System): Promise<Grounds | undefined> {
  const edition = await queries.edition()
  if (edition === undefined) return undefined
  const { as_of, known_at, warehouse_version } = edition
  const published = await warehouse.read((session) =>
    session.one<{ published_at: string }>(
      `SELECT strftime(published_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS published_at FROM meta.versions WHERE version = $1`,
      [warehouse_version],
    ),
  )
  const { in_force } = await policies.status(localViewer)
  const fingerprint = await (printed ??= codeFingerprint())
  return {
    as_of,
    known_at,
    published_at: published?.published_at ?? known_at,
    warehouse_version,
    policy_version: in_force.version,
    fingerprint,
  }
}

let printed: Promise<string> | undefined

/** Differs when a model, a page, or the code that makes reports does. */
async function codeFingerprint(): Promise<string> {
  const hash = createHash('sha256')
  const paths = globSync(['{models,dashboards,api/queries}/**/*.{sql,ts}', 'package.json'], { cwd: root })
  for (const path of paths.toSorted()) hash.update(path).update(await readFile(join(root, path)))
  return hash.digest('hex')
}

/** Every address once, with the rights of the user it is of, else of the role that is named; none of users who are locked out. */
function recipientsOf(settings: ReportSettings, config: Config, users: readonly User[]): Recipient[] {
  const { language: standard = 'en' } = settings
  const known = users.filter(({ locked }) => !locked)
  const all = settings.to.flatMap((one): Recipient[] => {
    const language = one.language ?? standard
    if ('role' in one)
      return known
        .filter(({ roles }) => roles.includes(one.role))
        .map((user) => ({ via: 'mail', to: user.email, name: user.name, viewer: viewerOf(user), language }))
    const viewer = guestOf(one)
    if ('address' in one) {
      const user = users.find(({ email }) => email === one.address.toLowerCase())
      if (user?.locked) return []
      const { name } = user ?? viewer
      return [{ via: 'mail', to: one.address, name, viewer: user === undefined ? viewer : viewerOf(user), language }]
    }
    const [via, to] = 'folder' in one ? (['folder', folderOf(one.folder, config.folder)] as const) : (['webhook', one.webhook] as const) // prettier-ignore
    return [{ via, to, name: viewer.name, viewer, language }]
  })
  return [...new Map(all.map((each) => [`${each.via} ${each.to}`, each])).values()]
}

/** Days that the default calendar works, where it is known; else Monday to Friday. */
async function calendarOf({ warehouse, config, queries }: System): Promise<Calendar> {
  const { timeZone } = config.company
  const weekday = (day: string): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
  if ((await queries.edition()) === undefined) return { timeZone, works: weekday }
  const rows = await warehouse.read((session) =>
    session.rows<{ day: string }>('SELECT CAST(day AS VARCHAR) AS day FROM staging.working_days ORDER BY day'),
  )
  const days = new Set(rows.map(({ day }) => day))
  const [first, last] = [rows[0]?.day ?? '', rows.at(-1)?.day ?? '']
  return { timeZone, works: (day) => (day >= first && day <= last ? days.has(day) : weekday(day)) }
}
