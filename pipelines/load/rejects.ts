import { existsSync } from 'node:fs'
import { identifier, literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import type { Fault } from '../../entities/faults.ts'
import { english } from '../mapping/fault-words.ts'
import { count, type BatchToLoad, type Load } from './batch.ts'
import type { Manifest } from '../landing.ts'
import { timestamp } from './meta.ts'

/** Rows that do not fit their contract: one reject for each fault, with the whole row as the source gave it. */
export async function rejectFaulty(load: Load): Promise<void> {
  if (load.faults.length === 0) return
  const known = load.faults.map(
    ({ column, code, details }, index) =>
      `(${[index, column, code, JSON.stringify(details), ...sentences({ code, details: { ...details, column } })].map(sqlOf).join(', ')})`,
  )
  await insertRejects(
    load.session,
    load,
    `SELECT ${place(load)}, known.column_name, found.value, known.before || COALESCE(found.value || known.behind, '') AS reason,
       known.remedy, CAST(_original AS VARCHAR) AS original, known.fault, known.details
     FROM (SELECT _file, _line, unnest(_faults, recursive := true), _original FROM faulty) AS found
     JOIN (VALUES ${known.join(', ')}) AS known(place, column_name, fault, details, before, behind, remedy) USING (place)`,
  )
}

/** The English reason before and behind the value, nothing behind where it does not show the value; and the remedy. */
function sentences(fault: Fault): [before: string, behind: string | null, remedy: string] {
  const mark = '\u0000'
  const { reason, remedy } = english({ ...fault, details: { ...fault.details, value: mark } })
  const [before = '', behind] = reason.split(mark)
  return [before, behind ?? null, remedy]
}

function sqlOf(value: string | number | null): string {
  if (value === null) return 'CAST(NULL AS VARCHAR)'
  return typeof value === 'number' ? String(value) : literal(value)
}

/** Lines that are not even rows. */
export async function rejectUnreadable(session: Session, batch: BatchToLoad): Promise<void> {
  if (batch.manifest.unreadable === 0 || !existsSync(batch.unreadable)) return
  await insertRejects(
    session,
    batch,
    `SELECT file AS origin, line, CAST(NULL AS VARCHAR) AS column_name, CAST(NULL AS VARCHAR) AS value, reason, remedy,
       text AS original, fault, details
     FROM read_json(${literal(batch.unreadable)}, format = 'newline_delimited', columns =
       {file: 'VARCHAR', line: 'BIGINT', text: 'VARCHAR', reason: 'VARCHAR', remedy: 'VARCHAR', fault: 'VARCHAR', details: 'VARCHAR'})`,
  )
}

/** The rejects of a row that came in corrected are settled; they leave the open list, never the record. */
export async function resolveRejects(
  session: Session,
  { correction, batch_id, extracted_at }: Manifest,
): Promise<void> {
  if (correction === undefined) return
  await session.run(
    `UPDATE meta.rejects SET resolved_at = CAST($1 AS TIMESTAMP), resolved_by_batch = $2, resolved_by = $4
     FROM (SELECT source, entity, origin, line, original FROM meta.rejects WHERE reject_id = $3) AS corrected
     WHERE rejects.source = corrected.source AND rejects.entity = corrected.entity AND rejects.origin = corrected.origin
       AND rejects.line IS NOT DISTINCT FROM corrected.line AND rejects.original IS NOT DISTINCT FROM corrected.original`,
    [timestamp(extracted_at), batch_id, correction.reject_id, correction.by],
  )
}

/** Lines that a declared rule mended, as they were and as they were read. */
export async function keepRecovered(session: Session, { manifest, recovered }: BatchToLoad): Promise<void> {
  if (manifest.recovered === undefined || !existsSync(recovered)) return
  await session.run(
    `INSERT INTO meta.recoveries
     SELECT ${literal(manifest.batch_id)}, ${literal(manifest.source)}, ${literal(manifest.entity)}, file, line, rule, before, after,
       TIMESTAMP ${literal(timestamp(manifest.extracted_at))}
     FROM read_json(${literal(recovered)}, format = 'newline_delimited', columns =
       {file: 'VARCHAR', line: 'BIGINT', rule: 'VARCHAR', before: 'VARCHAR', after: 'VARCHAR'})`,
  )
}

export interface Refusal {
  /** SELECT of the `_place` of the arrivals to reject. */
  readonly places: string
  readonly fault: Fault
}

/** Takes rows that fit their contract out of `arrivals` all the same, and says why. Answers how many. */
export async function rejectArrivals(load: Load, { places, fault }: Refusal): Promise<number> {
  const { session, key, columns, relation } = load
  await session.run(
    `CREATE OR REPLACE TEMP TABLE refused AS SELECT _place, _file, _line, ${key.join(', ')} FROM arrivals WHERE _place IN (${places})`,
  )
  const refused = await count(session, 'SELECT count(*) AS n FROM refused')
  if (refused === 0) return 0
  const fields = columns
    .filter(({ name }) => name !== '_file' && name !== '_line')
    .map(({ name }) => `${literal(name)}: landed.${identifier(name)}`)
  const { reason, remedy } = english(fault)
  const value = key.map((name) => `CAST(refused.${name} AS VARCHAR)`).join(` || ' ' || `)
  await insertRejects(
    session,
    load,
    `SELECT ${place(load, 'refused.')}, ${literal(load.key.map(unquoted).join(', '))} AS column_name, ${value} AS value,
       ${literal(reason)} AS reason, ${literal(remedy)} AS remedy, CAST(to_json({${fields.join(', ')}}) AS VARCHAR) AS original,
       ${literal(fault.code)} AS fault, ${literal(JSON.stringify(fault.details))} AS details
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
    `INSERT INTO meta.rejects (batch_id, source, entity, origin, line, column_name, value, reason, remedy, original, rejected_at,
       fault, details, reject_id)
     SELECT ${literal(manifest.batch_id)}, ${source}, ${entity}, rejects.origin, rejects.line, rejects.column_name, rejects.value,
       rejects.reason, rejects.remedy, rejects.original, TIMESTAMP ${literal(timestamp(manifest.extracted_at))},
       rejects.fault, rejects.details,
       md5(concat_ws('|', ${source}, ${entity}, rejects.origin, rejects.line, rejects.column_name, rejects.value, rejects.fault, rejects.original))
     FROM (${rejects}) AS rejects
     ANTI JOIN (SELECT * FROM meta.rejects WHERE source = ${source} AND entity = ${entity}) AS told ON ${condition}`,
  )
}

function unquoted(name: string): string {
  return name.slice(1, -1).replaceAll('""', '"')
}
