import { z } from 'zod'
import { covers, type Sight } from '../api/access.ts'
import { explorationsSeenBy } from '../api/explorations.ts'
import type { Config } from '../config/define.ts'
import type { ReportRecipient, ReportSettings } from '../config/reports.ts'
import { report as reportSchema } from '../config/reports-schema.ts'
import { conflictsOf } from '../dashboards/explore/conflicts.ts'
import { checkAddress } from '../dashboards/reports/parts.ts'
import { fault } from '../entities/faults.ts'
import { AccessError, ConfigError, RequestError } from '../errors.ts'
import { dimensions, metrics } from '../models/metrics/catalogue.ts'
import { parseExploration } from '../models/metrics/exploration.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import type { People } from './people.ts'
import type { System } from './system.ts'

/** Throws ConfigError for a role, page, folder or webhook that there is not. */
export function checkReport({ parts, to }: ReportSettings, config: Config, place: string): void {
  for (const part of parts) {
    if (typeof part === 'string') checkAddress(part, `${place}.parts`)
    else if ('question' in part) checkQuestion(part.question, `${place}.parts`)
  }
  for (const one of to) {
    const role = 'role' in one ? one.role : one.as
    if (!Object.hasOwn(config.access, role))
      throw new ConfigError(
        `${place}.to: there is no role '${role}'; valid are ${Object.keys(config.access).join(', ')}`,
      )
    if ('webhook' in one && config.webhooks?.[one.webhook] === undefined)
      throw new ConfigError(`${place}.to: there is no webhook '${one.webhook}'; name it under \`webhooks\``)
  }
}

function checkQuestion(question: string, place: string): void {
  const { query } = parseExploration(new URLSearchParams(question))
  const [conflict] = conflictsOf(query, { metrics, dimensions })
  if (conflict !== undefined)
    throw new ConfigError(`${place}: '${question}' cannot be asked. Build it on the page Explore and take its address`)
}

/**
 * What somebody sends from a page, as settings. Only the configuration may name folders: they are of this machine. Nobody sends what
 * they do not see themselves.
 */
export async function readSettings(
  settings: unknown,
  { by, former }: { readonly by: Viewer; readonly former: ReportSettings | undefined },
  { config, state, queries, users }: Pick<System, 'config' | 'state' | 'queries'> & Pick<People, 'users'>,
): Promise<ReportSettings> {
  const read = reportSchema.safeParse(settings)
  const why = read.success ? undefined : z.prettifyError(read.error)
  if (!read.success) throw new RequestError(fault('report_unfit', { why }))
  const given = read.data as ReportSettings
  if (given.to.some((one) => 'folder' in one)) throw new RequestError(fault('report_folder', {}))
  try {
    checkReport(given, config, 'report')
  } catch (error) {
    if (error instanceof ConfigError || error instanceof RequestError)
      throw new RequestError(fault('report_unfit', { why: error.message }))
    throw error
  }
  const seen = (await explorationsSeenBy(by, { state, sight: (viewer) => queries.sight(viewer) })).map(
    ({ exploration_id }) => exploration_id,
  )
  const known = [...seen, ...savedIn(former)]
  const unseen = savedIn(given).find((saved) => !known.includes(saved))
  if (unseen !== undefined) throw new RequestError(fault('exploration_unknown', { exploration: unseen }))
  const addresses = (await users.list()).map(({ email }) => email)
  for (const one of given.to) {
    if (!('as' in one)) continue
    const isUser = 'address' in one && addresses.includes(one.address.toLowerCase())
    const seen = seenBy(guestOf(one), queries)
    // A user gets it with rights of its own; those of the role count from when it is a user no more.
    const about = { role: one.as, name: guestOf(one).name }
    if (seen === undefined && !isUser) throw new RequestError(fault('report_sees_nothing', about))
    if (seen !== undefined && !covers(queries.sight(by), seen)) throw new RequestError(fault('report_rights', about))
  }
  return given
}

const savedIn = ({ parts }: Pick<ReportSettings, 'parts'> = { parts: [] }): string[] =>
  parts.flatMap((part) => (typeof part === 'object' && 'saved' in part ? [part.saved] : []))

/** Somebody who is no user, with the rights of a role. */
export function guestOf(recipient: Extract<ReportRecipient, { readonly as: string }>): Viewer {
  const { as } = recipient
  const [via, name] =
    'address' in recipient
      ? (['mail', recipient.address] as const)
      : 'folder' in recipient
        ? (['folder', recipient.folder] as const)
        : (['webhook', recipient.webhook] as const)
  const { name: called = name, attributes } = 'address' in recipient ? recipient : {}
  return { id: `report ${via} ${name}`, name: called, roles: [as], ...(attributes && { attributes }) }
}

/** Undefined: no rows at all. */
function seenBy(guest: Viewer, queries: System['queries']): Sight | undefined {
  try {
    return queries.sight(guest)
  } catch (error) {
    if (error instanceof AccessError) return undefined
    throw error
  }
}
