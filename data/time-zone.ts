import { ConfigError } from '../errors.ts'
import { literal } from './quote.ts'
import type { Session } from './warehouse.ts'

/** A zone's clock from `at` on, both in seconds: `at` since 1970 in UTC, `offset` east of it. */
interface Change {
  readonly at: number
  readonly offset: number
}

/** Clock changes are looked for between these years, and put into the expression between those of `near`. */
const SEARCHED = [Date.UTC(1970) / 1000, Date.UTC(2070) / 1000] as const
const NEAR = [Date.UTC(2005) / 1000, Date.UTC(2035) / 1000] as const

const found = new Map<string, readonly Change[]>()

/**
 * A SQL expression over `instant`, a TIMESTAMP in UTC: what the clocks of the zone show, as TIMESTAMP.
 *
 * DuckDB's ICU takes 150 ns a row. Adding the offset takes 6 ns where a zone's clocks stand still, 15 where they change
 * twice a year. So the offsets of nearly all instants a company has are looked up in a tree of CASEs, made from what ICU says
 * of the zone; for the others ICU is asked. The tree ends in 2005 and 2035 since each leaf costs planning time.
 */
export async function localTime(session: Session, timeZone: string): Promise<string> {
  const changes = found.get(timeZone) ?? (await findChanges(session, timeZone))
  found.set(timeZone, changes)
  const first = changes.findLastIndex((change) => change.at <= NEAR[0])
  const beyond = changes.findIndex((change) => change.at >= NEAR[1])
  const until = changes[beyond]?.at ?? SEARCHED[1]
  const near = changes.slice(first, beyond === -1 ? undefined : beyond)
  const argument = 'CAST(instant AS TIMESTAMP)'
  return `CASE WHEN instant >= ${timestamp(near[0]?.at ?? SEARCHED[0])} AND instant < ${timestamp(until)}
    THEN make_timestamp(epoch_us(${argument}) + ${offsetTree(near)})
    ELSE ${byIcu(timeZone, argument)} END`
}

/** The exact and slow way, and the measure of the other. */
function byIcu(timeZone: string, instant: string): string {
  return `timezone(${literal(timeZone)}, timezone('UTC', ${instant}))`
}

/** A balanced tree: a vector of rows visits only the branches it has rows for. */
function offsetTree(changes: readonly Change[]): string {
  const middle = changes.length >> 1
  const change = changes[middle]
  if (change === undefined || middle === 0) return `${(changes[0]?.offset ?? 0) * 1_000_000}`
  return `CASE WHEN instant < ${timestamp(change.at)} THEN ${offsetTree(changes.slice(0, middle))} ELSE ${offsetTree(changes.slice(middle))} END`
}

function timestamp(seconds: number): string {
  return `TIMESTAMP ${literal(new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' '))}`
}

/** Asks ICU for the offset of every day, then halves each day whose ends differ down to the second. The first entry is where the search begins. */
async function findChanges(session: Session, timeZone: string): Promise<Change[]> {
  await assertKnown(session, timeZone)
  const offset = (seconds: string): string =>
    `CAST(epoch(${byIcu(timeZone, `make_timestamp(${seconds} * 1000000)`)}) AS BIGINT) - ${seconds}`
  return session.rows<{ at: number; offset: number }>(`
    WITH RECURSIVE days AS (
      SELECT CAST(day AS BIGINT) AS low, CAST(day + 86400 AS BIGINT) AS high
      FROM range(${SEARCHED[0]}, ${SEARCHED[1]}, 86400) days(day)
    ),
    offsets AS (SELECT low, high, ${offset('low')} AS before FROM days),
    pairs AS (SELECT low, high, before, LEAD(before) OVER (ORDER BY low) AS after FROM offsets),
    search AS (
      SELECT low, high, before, after FROM pairs WHERE before <> after
      UNION ALL
      SELECT CASE WHEN is_after THEN low ELSE middle END, CASE WHEN is_after THEN middle ELSE high END, before, after
      FROM (
        SELECT *, ${offset('middle')} = after AS is_after
        FROM (SELECT *, (low + high) // 2 AS middle FROM search WHERE high - low > 1)
      )
    )
    SELECT low AS "at", before AS "offset" FROM offsets WHERE low = ${SEARCHED[0]}
    UNION ALL SELECT high, after FROM search WHERE high - low = 1
    ORDER BY 1`)
}

async function assertKnown(session: Session, timeZone: string): Promise<void> {
  const known = await session.one('SELECT 1 AS known FROM pg_timezone_names() WHERE name = $1', [timeZone])
  if (known) return
  throw new ConfigError(
    `time zone ${timeZone} is not known; name one of the IANA list, such as Asia/Shanghai or Europe/Berlin`,
  )
}
