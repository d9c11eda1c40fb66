import { identifier, literal } from '../../data/quote.ts'
import { rowFault } from '../../entities/faults.ts'
import { firstKnown } from './first.ts'
import { rejectArrivals } from './rejects.ts'
import { count, equal, type Load, type Loaded } from './batch.ts'
import { writeVersions } from './versions.ts'

/** Within a batch, rows stand in the order of their version, then of file and line. */
const IN_FILE_ORDER = '_file NULLS FIRST, _line NULLS FIRST, _place'

/**
 * Merges the rows of `arrivals` by key. What is there already is left alone, so the same window twice gives the same table.
 * A row with a version instant is a version of its own, however late it comes; one without is the truth from now on.
 */
export async function mergeArrivals(load: Load): Promise<Omit<Loaded, 'rows' | 'leftOut' | 'deleted'>> {
  const { duplicates, overtaken } = await settleRepeats(load)
  const owned = await leaveToOwner(load)
  const arrived = await count(load.session, 'SELECT count(*) AS n FROM arrivals')
  await findNews(load)
  const loaded = await count(load.session, 'SELECT count(*) AS n FROM news')
  if (loaded > 0) await writeVersions(load)
  return { loaded, unchanged: arrived - loaded, duplicates, rejected: overtaken + owned }
}

/**
 * The same key more than once in a batch. Rows that are equal in everything are one row; of one instant, those that follow
 * each other. Different rows without a version: the last in the file is the truth, the others are rejected. Different versions
 * all stay, and become history in order.
 */
async function settleRepeats(load: Load): Promise<{ duplicates: number; overtaken: number }> {
  const { session, key, content, feed } = load
  const keys = key.join(', ')
  const repeats = await count(session, `SELECT count(*) - count(DISTINCT hash(${keys})) AS n FROM arrivals`)
  if (repeats === 0) return { duplicates: 0, overtaken: 0 }
  // What nothing is mapped to is empty in all rows. Rows alone with their hash repeat nothing.
  const filled = content.filter((name) => Object.keys(feed.columns).map(identifier).includes(name))
  await session.run(
    `CREATE OR REPLACE TEMP TABLE repeats AS
     SELECT _place,
       CASE WHEN version_at IS NULL
         THEN row_number() OVER (PARTITION BY ${filled.join(', ')}, version_at ORDER BY ${descending(IN_FILE_ORDER)}) > 1
         ELSE COALESCE(lead(row(${filled.join(', ')})) OVER in_order = row(${filled.join(', ')}), false) END AS is_copy,
       row_number() OVER (PARTITION BY ${keys}, version_at ORDER BY ${descending(IN_FILE_ORDER)}) AS place,
       version_at IS NOT NULL AS has_version
     FROM arrivals WHERE hash(${keys}, version_at) IN (
       SELECT hash(${keys}, version_at) AS crowded FROM arrivals GROUP BY crowded HAVING count(*) > 1)
     WINDOW in_order AS (PARTITION BY ${keys}, version_at ORDER BY ${IN_FILE_ORDER})`,
  )
  const duplicates = await count(session, 'SELECT count(*) AS n FROM repeats WHERE is_copy')
  const overtaken = await rejectArrivals(load, {
    places: 'SELECT _place FROM repeats WHERE NOT is_copy AND place > 1 AND NOT has_version',
    fault: rowFault('superseded'),
  })
  await session.run('DELETE FROM arrivals WHERE _place IN (SELECT _place FROM repeats WHERE is_copy)')
  return { duplicates, overtaken }
}

/** A key belongs to one source: where one named earlier in the configuration gave it, this row is not the truth. */
async function leaveToOwner(load: Load): Promise<number> {
  const { raw, key, superior } = load
  if (superior.length === 0) return 0
  const owners = superior.map(literal).join(', ')
  const owned = `SELECT _place FROM arrivals JOIN ${raw} AS current USING (${key.join(', ')}) WHERE current.source IN (${owners})`
  return rejectArrivals(load, {
    places: owned,
    fault: rowFault('owned_elsewhere'),
  })
}

/**
 * Arrivals that say something new, into `news`, with the instant from which each is true (`starts_at`).
 * A row is `forced` on top, whatever its version says, where it takes a key over from another source or where a full
 * reading finds a key again that was deleted.
 */
async function findNews(load: Load): Promise<void> {
  const { session, raw, history, key, content, names, feed } = load
  const keys = key.join(', ')
  const foreign = await session.one(`SELECT 1 AS found FROM ${raw} WHERE source <> ${names.source} LIMIT 1`)
  const hasPast = (await session.one(`SELECT 1 AS found FROM ${history} LIMIT 1`)) !== undefined
  const takenOver = foreign === undefined ? 'false' : `COALESCE(current.source <> ${names.source}, false)`
  const returned = feed.deletions && hasPast ? 'current.known_from IS NULL AND last_to IS NOT NULL' : 'false'
  const last = `row_number() OVER (PARTITION BY ${keys} ORDER BY COALESCE(version_at, ${names.loadedAt}) DESC, ${descending(IN_FILE_ORDER)}) = 1`
  const mayForce = takenOver !== 'false' || returned !== 'false'
  const past = hasPast
    ? `LEFT JOIN (SELECT ${keys}, max(known_to) AS last_to FROM ${history} GROUP BY ${keys}) AS past USING (${keys})`
    : 'CROSS JOIN (SELECT CAST(NULL AS TIMESTAMP) AS last_to)'
  const floor = 'COALESCE(current_from, last_to)'
  await session.run(
    `CREATE OR REPLACE TEMP TABLE news AS
     WITH placed AS (
       SELECT arrivals.*, current.known_from AS current_from, current.version_place AS current_place, current.source AS current_source, last_to,
         ${mayForce ? `(${takenOver} OR (${returned})) AND ${last}` : 'false'} AS forced,
         current.source = ${names.source} AND ${same('arrivals', 'current', content)} AS is_same
       FROM arrivals LEFT JOIN ${raw} AS current USING (${keys}) ${past}
     )
     SELECT * EXCLUDE (is_same), CASE
         WHEN ${floor} IS NULL THEN ${firstKnown(load)}
         WHEN forced OR version_at IS NULL THEN GREATEST(COALESCE(version_at, ${names.loadedAt}), ${floor})
         ELSE version_at
       END AS starts_at
     FROM (FROM placed WHERE forced OR NOT COALESCE(is_same AND COALESCE(version_at, current_from) = current_from, false)) AS placed
     ${hasPast && feed.version !== undefined ? unlessPast(load) : ''}`,
  )
  if (foreign !== undefined || hasPast) await forgetBeforeTakeover(load)
}

/** Leaves out versions that history has. */
function unlessPast({ history, key, content }: Load): string {
  return `ANTI JOIN ${history} AS past
    ON ${equal('placed', 'past', key)} AND ${same('placed', 'past', content)}
    AND CASE WHEN placed.forced THEN NULL ELSE placed.version_at END = past.known_from`
}

/** What a source says of the time before it took a key over: another source was the truth then. */
async function forgetBeforeTakeover({ session, history, key, names }: Load): Promise<void> {
  await session.run(
    `DELETE FROM news WHERE NOT forced AND current_source <> ${names.source} AND starts_at < current_from`,
  )
  const foreign = await session.one(`SELECT 1 AS found FROM ${history} WHERE source <> ${names.source} LIMIT 1`)
  if (foreign === undefined) return
  await session.run(
    `DELETE FROM news WHERE NOT forced AND version_at IS NOT NULL AND current_source = ${names.source} AND EXISTS (
       SELECT 1 FROM ${history} AS past
       WHERE ${equal('past', 'news', key)} AND past.source <> ${names.source} AND past.known_to > news.version_at)`,
  )
}

/**
 * Rows of this feed that a full reading no longer brings: they end now, and stay in history. A row at fault is still there.
 * Where something could not be read, nobody knows which row it was, and nothing is deleted.
 */
export async function endAbsent(load: Load): Promise<number> {
  const { session, raw, history, key, names, manifest, feed } = load
  const keys = key.join(', ')
  const nameless = await count(
    session,
    `SELECT count(*) AS n FROM faulty WHERE ${key.map((name) => `${name} IS NULL`).join(' OR ')}`,
  )
  if (nameless + manifest.unreadable > 0) return 0
  await session.run(
    `CREATE OR REPLACE TEMP TABLE absent AS
     SELECT ${keys} FROM ${raw} AS current
     WHERE source = ${names.source} AND batch_id IN (
       SELECT batch_id FROM meta.batches
       WHERE source = ${names.source} AND entity = ${literal(feed.entity)} AND origin = ${literal(feed.from)})
     EXCEPT (SELECT ${keys} FROM arrivals UNION ALL SELECT ${keys} FROM faulty)`,
  )
  const absent = await count(session, 'SELECT count(*) AS n FROM absent')
  if (absent === 0) return 0
  await session.run(
    `INSERT INTO ${history} BY NAME
       SELECT *, GREATEST(${names.loadedAt}, known_from) AS known_to, ${names.batch} AS ended_by_batch, 'deleted' AS ended_how
       FROM ${raw} SEMI JOIN absent USING (${keys});
     DELETE FROM ${raw} AS current USING absent WHERE ${equal('current', 'absent', key)}`,
  )
  return absent
}

function same(one: string, other: string, columns: readonly string[]): string {
  return columns.map((name) => `${one}.${name} IS NOT DISTINCT FROM ${other}.${name}`).join(' AND ')
}

function descending(order: string): string {
  return order.replaceAll(
    /(\w+)( NULLS FIRST)?/g,
    (_, name: string, nulls?: string) => `${name} DESC${nulls ? ' NULLS LAST' : ''}`,
  )
}
