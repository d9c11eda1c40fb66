import { identifier, literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { contractOf } from '../../entities/entities.ts'
import { fault } from '../../entities/faults.ts'
import {
  DEFAULT_REJECT_SHARE,
  count,
  refusal,
  type BatchToLoad,
  type Load,
  type LoadOutcome,
  type MappedBatch,
  type Refused,
} from './batch.ts'
import { loadIntoEmpty } from './first.ts'
import { endAbsent, mergeArrivals } from './merge.ts'
import { recordBatch } from './record.ts'
import { keepRecovered, rejectFaulty, rejectUnreadable, resolveRejects } from './rejects.ts'
import { contentColumns, keyColumns } from './tables.ts'
import { timestamp } from './meta.ts'

/**
 * Loads one batch in the caller's transaction: rows that do not fit go to `meta.rejects`, the rest into `raw` and `history`,
 * the watermark moves. Refuses a batch with too many rejects, and one whose mapping does not fit its columns.
 * Set-based: its cost is one pass over the batch, and of the tables only the keys that it brings.
 */
export async function loadBatch(session: Session, batch: BatchToLoad): Promise<LoadOutcome> {
  const { manifest, feed } = batch
  if (manifest.rows === 0) return loadNothing(session, batch)
  if ('refused' in batch.rows) return batch.rows
  const load = { ...loadOf(session, batch, batch.rows), since: await knownSince(session, batch) }
  const first = feed.version === undefined && (await isEmpty(load)) ? await loadIntoEmpty(load) : undefined
  if (first === undefined) await stage(load)
  const faulty = await count(session, 'SELECT count(*) AS n FROM faulty')
  const leftOut = manifest.rows - faulty - (first ?? (await count(session, 'SELECT count(*) AS n FROM arrivals')))
  const refused = tooManyRejects(batch, { faulty, leftOut })
  if (refused !== undefined) {
    if (first !== undefined) await session.run(`DELETE FROM ${load.raw}`)
    return refused
  }
  const merged =
    first === undefined ? await mergeArrivals(load) : { loaded: first, unchanged: 0, duplicates: 0, rejected: 0 }
  if (faulty > 0) await rejectFaulty(load)
  await rejectUnreadable(session, batch)
  await keepRecovered(session, batch)
  const whole = feed.deletions === true && manifest.correction === undefined && manifest.window.until === undefined
  const deleted = whole && first === undefined ? await endAbsent(load) : 0
  const rejected = merged.rejected + faulty + manifest.unreadable
  const outcome = { rows: manifest.rows, ...merged, rejected, leftOut, deleted }
  if (rejected === 0) await resolveRejects(session, manifest)
  await recordBatch(session, batch, outcome)
  return outcome
}

/** A reading that brought no rows: it moves the watermark, and may bring lines that are not rows. */
async function loadNothing(session: Session, batch: BatchToLoad): Promise<LoadOutcome> {
  const { manifest, feed } = batch
  if (feed.deletions && manifest.unreadable === 0) {
    const standing = await standingRows(session, batch)
    if (standing > 0 && !manifest.window.full) {
      const place = { entity: feed.entity, from: feed.from, source: manifest.source }
      return refusal(fault('empty_reading', { ...place, standing }))
    }
  }
  const refused = tooManyRejects(batch, { faulty: 0, leftOut: 0 })
  if (refused !== undefined) return refused
  await rejectUnreadable(session, batch)
  await keepRecovered(session, batch)
  let deleted = 0
  if (feed.deletions && manifest.unreadable === 0) {
    await session.run(`CREATE OR REPLACE TEMP TABLE arrivals AS FROM raw.${identifier(feed.entity)} LIMIT 0`)
    await session.run(`CREATE OR REPLACE TEMP TABLE faulty AS FROM arrivals`)
    deleted = await endAbsent(loadOf(session, batch, { columns: [], relation: '', mapped: '', faults: [] }))
  }
  const outcome = {
    rows: 0,
    loaded: 0,
    unchanged: 0,
    duplicates: 0,
    leftOut: 0,
    rejected: manifest.unreadable,
    deleted,
  }
  await recordBatch(session, batch, outcome)
  return outcome
}

/** What a feed assumes of the past that its source had before anybody read it. */
async function knownSince(session: Session, { manifest, feed }: BatchToLoad): Promise<string> {
  if (feed.firstKnown === undefined) return 'NULL'
  const before = await session.one(
    'SELECT 1 AS found FROM meta.batches WHERE source = $1 AND entity = $2 AND origin = $3 LIMIT 1',
    [manifest.source, manifest.entity, manifest.origin],
  )
  if (before !== undefined) return 'NULL'
  const { happened } = contractOf(feed.entity)
  return happened === undefined ? `TIMESTAMP '1970-01-01'` : `CAST(${identifier(happened)} AS TIMESTAMP)`
}

async function standingRows(session: Session, { manifest, feed }: BatchToLoad): Promise<number> {
  return count(
    session,
    `SELECT count(*) AS n FROM raw.${identifier(feed.entity)} WHERE batch_id IN
     (SELECT batch_id FROM meta.batches WHERE source = ${literal(manifest.source)} AND origin = ${literal(feed.from)})`,
  )
}

function loadOf(session: Session, batch: BatchToLoad, rows: MappedBatch): Load {
  const { manifest, feed } = batch
  return {
    ...batch,
    ...rows,
    session,
    raw: `raw.${identifier(feed.entity)}`,
    history: `history.${identifier(feed.entity)}`,
    content: contentColumns(feed.entity),
    key: keyColumns(feed.entity),
    since: 'NULL',
    names: {
      source: literal(manifest.source),
      batch: literal(manifest.batch_id),
      loadedAt: `TIMESTAMP ${literal(timestamp(manifest.extracted_at))}`,
    },
  }
}

async function isEmpty({ session, raw, history }: Load): Promise<boolean> {
  const found = await session.one(`SELECT 1 AS found FROM ${raw} LIMIT 1`)
  return found === undefined && (await session.one(`SELECT 1 AS found FROM ${history} LIMIT 1`)) === undefined
}

/** One pass over the batch: rows at fault into `faulty`, the others into `arrivals`. */
async function stage({ session, mapped, content, key }: Load): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE mapped AS SELECT *, row_number() OVER () AS _place FROM (${mapped})`)
  await session.run(
    `CREATE OR REPLACE TEMP TABLE faulty AS
       SELECT ${key.join(', ')}, _file, _line, _faults, _original FROM mapped WHERE _faults IS NOT NULL;
     CREATE OR REPLACE TEMP TABLE arrivals AS
       SELECT ${content.join(', ')}, version_at, _file, _line, _place FROM mapped WHERE _faults IS NULL;
     DROP TABLE mapped`,
  )
}

function tooManyRejects(
  { manifest, feed }: BatchToLoad,
  { faulty, leftOut }: { faulty: number; leftOut: number },
): Refused | undefined {
  // A corrected row that is still wrong is a reject again, and says why.
  const limit = manifest.correction === undefined ? (feed.rejectShare ?? DEFAULT_REJECT_SHARE) : 1
  const rejected = faulty + manifest.unreadable
  const of = manifest.rows - leftOut + manifest.unreadable
  if (of === 0 || rejected / of <= limit) return undefined
  const place = { entity: feed.entity, from: feed.from, source: manifest.source }
  const shares = { share: percent(rejected / of), limit: percent(limit) }
  return refusal(fault('too_many_rejects', { ...place, rejected, of, ...shares }))
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}
