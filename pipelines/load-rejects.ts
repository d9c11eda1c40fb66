import { existsSync } from 'node:fs'
import { identifier, literal } from '../data/quote.ts'
import type { Session } from '../data/warehouse.ts'
import { count, type BatchToLoad, type Load } from './load-batch.ts'
import { timestamp } from './meta.ts'

/** Rows that do not fit their contract: one reject for each fault, with the whole row as the source gave it. */
export async function rejectFaulty(load: Load): Promise<void> {
  await insertRejects(
    load.session,
    load,
    `SELECT ${place(load)}, fault.column_name, fault.value, fault.reason, fault.remedy, CAST(_original AS VARCHAR) AS original
     FROM (SELECT _file, _line, unnest(_faults) AS fault, _original FROM faulty)`,
  )
}

/** Lines that are not even rows. */
export async function rejectUnreadable(session: Session, batch: BatchToLoad): Promise<void> {
  if (batch.manifest.unreadable === 0 || !existsSync(batch.unreadable)) return
  await insertRejects(
    session,
    batch,
    `SELECT file AS origin, line, CAST(NULL AS VARCHAR) AS column_name, CAST(NULL AS VARCHAR) AS value, reason, remedy,
       text AS original
     FROM read_json(${literal(batch.unreadable)}, format = 'newline_delimited', columns =
       {file: 'VARCHAR', line: 'BIGINT', text: 'VARCHAR', reason: 'VARCHAR', remedy: 'VARCHAR'})`,
  )
}

export interface Refusal {
  /** SELECT of the `_place` of the arrivals to reject. */
  readonly places: string
  readonly reason: string
  readonly remedy: string
}

/** Takes rows that fit their contract out of `arrivals` all the same, and says why. Answers how many. */
export async function rejectArrivals(load: Load, { places, reason, remedy }: Refusal): Promise<number> {
  const { session, key, columns, relation } = load
  await session.run(
    `CREATE OR REPLACE TEMP TABLE refused AS SELECT _place, _file, _line, ${key.join(', ')} FROM arrivals WHERE _place IN (${places})`,
  )
  const refused = await count(session, 'SELECT count(*) AS n FROM refused')
  if (refused === 0) return 0
  const fields = columns
    .filter(({ name }) => name !== '_file' && name !== '_line')
    .map(({ name }) => `${literal(name)}: landed.${identifier(name)}`)
  const value = key.map((name) => `CAST(refused.${name} AS VARCHAR)`).join(` || ' ' || `)
  await insertRejects(
    session,
    load,
    `SELECT ${place(load, 'refused.')}, ${literal(load.key.map(unquoted).join(', '))} AS column_name, ${value} AS value,
       ${literal(reason)} AS reason, ${literal(remedy)} AS remedy, CAST(to_json({${fields.join(', ')}}) AS VARCHAR) AS original
     FROM refused LEFT JOIN ${relation} AS landed
       ON refused._file IS NOT DISTINCT FROM landed._file AND refused._line = landed._line`,
  )
  await session.run('DELETE FROM arrivals WHERE _place IN (SELECT _place FROM refused)')
  return refused
}

/** File and line for files; the table for the rest, whose landed row number says nothing to anyone. */
function place({ feed }: Load, from = ''): string {
  return `COALESCE(${from}_file, ${literal(feed.from)}) AS origin, CASE WHEN ${from}_file IS NOT NULL THEN ${from}_line END AS line`
}

/** A reject that stands there already, because its row was read again, is not written again. */
async function insertRejects(session: Session, { manifest }: BatchToLoad, rejects: string): Promise<void> {
  const [source, entity] = [literal(manifest.source), literal(manifest.entity)]
  const same = ['origin', 'line', 'column_name', 'value', 'reason', 'original']
  const condition = same.map((name) => `told.${name} IS NOT DISTINCT FROM rejects.${name}`).join(' AND ')
  await session.run(
    `INSERT INTO meta.rejects (batch_id, source, entity, origin, line, column_name, value, reason, remedy, original, rejected_at)
     SELECT ${literal(manifest.batch_id)}, ${source}, ${entity}, rejects.origin, rejects.line, rejects.column_name, rejects.value,
       rejects.reason, rejects.remedy, rejects.original, TIMESTAMP ${literal(timestamp(manifest.extracted_at))}
     FROM (${rejects}) AS rejects
     ANTI JOIN (SELECT * FROM meta.rejects WHERE source = ${source} AND entity = ${entity}) AS told ON ${condition}`,
  )
}

function unquoted(name: string): string {
  return name.slice(1, -1).replaceAll('""', '"')
}
