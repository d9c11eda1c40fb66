import { identifier, literal } from '../data/quote.ts'
import type { Session, Warehouse } from '../data/warehouse.ts'
import type { EntityName } from '../entities/entities.ts'
import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'
import { nearest } from '../models/builder/nearest.ts'
import { fingerprint, readManifest, filesOf, type Landing, type Manifest } from './landing.ts'
import { writeParquet } from './sources/parquet.ts'

export interface Correcting {
  readonly reject_id: string
  /** Values by column of the source; null: nothing. Columns that are not named stay as they came. */
  readonly set: Readonly<Record<string, string | null>>
  readonly by: string
  readonly reason?: string
}

interface Reject {
  readonly batch_id: string
  readonly source: string
  readonly entity: EntityName
  readonly origin: string
  readonly line: number | null
  readonly original: string | null
  readonly resolved_by_batch: string | null
}

/**
 * Lands a rejected row with corrected values: a batch of its own, which says whose work it is and what stood there before.
 * The next load takes it like any other. Throws RequestError for a reject or a column that is not there.
 */
export async function landCorrection(
  { warehouse, landing, now }: { warehouse: Warehouse; landing: Landing; now: () => Date },
  { reject_id, set, by, reason }: Correcting,
): Promise<string> {
  const reject = await warehouse.read((session) => rejectOf(session, reject_id))
  const manifest = await originalOf(landing, reject)
  const columns = await warehouse.read((session) => columnsOf(session, landing, { manifest, set }))
  const before = rowOf(reject.original, columns)
  const unknown = Object.keys(set).find((name) => !columns.some((column) => column.name === name))
  if (unknown !== undefined) throw noColumn(unknown, columns)
  const after = { ...before, ...set }
  const batch = await landing.begin(reject.source, reject.entity, now())
  try {
    const values = columns.map(({ name, type }) => {
      const value = after[name] ?? null
      return `CAST(${value === null ? 'NULL' : literal(value)} AS ${type}) AS ${identifier(name)}`
    })
    const place =
      reject.line === null ? [] : [`${literal(reject.origin)} AS _file`, `CAST(${reject.line} AS BIGINT) AS _line`]
    await warehouse.read((session) =>
      writeParquet(session, `SELECT ${[...values, ...place].join(', ')}`, batch.parquet),
    )
    const extracted = { rows: 1, cursor: null, files: [], unreadable: [] }
    const made: Manifest = {
      batch_id: batch.batch_id,
      run_id: manifest.run_id,
      source: reject.source,
      entity: reject.entity,
      origin: manifest.origin,
      window: { since: null, full: false },
      cursor: null,
      files: [],
      rows: 1,
      unreadable: 0,
      ...(await fingerprint(batch, extracted)),
      correction: {
        reject_id,
        of_batch: reject.batch_id,
        by,
        at: batch.extracted_at,
        ...(reason !== undefined && { reason }),
        before,
        after,
      },
      extracted_at: batch.extracted_at,
      feed: manifest.feed,
    }
    await landing.seal(batch, made, extracted)
    return batch.batch_id
  } catch (error) {
    await landing.discard(batch)
    throw error
  }
}

async function rejectOf(session: Session, rejectId: string): Promise<Reject> {
  const reject = await session.one<Reject>(
    `SELECT batch_id, source, entity, origin, line, original, resolved_by_batch FROM meta.rejects WHERE reject_id = $1`,
    [rejectId],
  )
  if (reject === undefined)
    throw new RequestError(fault('reject_unknown', { reject: rejectId }), { field: 'reject', status: 404 })
  if (reject.resolved_by_batch !== null)
    throw new RequestError(fault('reject_resolved', { reject: rejectId, batch: reject.resolved_by_batch }), {
      field: 'reject',
    })
  return reject
}

async function originalOf(landing: Landing, { batch_id }: Reject): Promise<Manifest> {
  const batch = landing.batches.find((one) => one.batch_id === batch_id)
  if (batch === undefined) throw new RequestError(fault('batch_unknown', { batch: batch_id }), { field: 'batch' })
  return readManifest(batch)
}

interface Typed {
  readonly name: string
  readonly type: string
}

/** As the batch had them; where it had no row at all, what is given is all there is. */
async function columnsOf(
  session: Session,
  landing: Landing,
  { manifest, set }: { manifest: Manifest; set: Correcting['set'] },
): Promise<Typed[]> {
  const batch = landing.batches.find(({ batch_id }) => batch_id === manifest.batch_id)
  if (manifest.rows === 0 || batch === undefined) return Object.keys(set).map((name) => ({ name, type: 'VARCHAR' }))
  const described = await session.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE FROM read_parquet(${literal(filesOf(batch).parquet)})`,
  )
  return described
    .filter(({ column_name }) => column_name !== '_file' && column_name !== '_line')
    .map(({ column_name, column_type }) => ({ name: column_name, type: column_type }))
}

/** The rejected row by its columns; of a line that was no row nothing is known. */
function rowOf(original: string | null, columns: readonly Typed[]): Record<string, string | null> {
  const row = parsed(original)
  return Object.fromEntries(
    columns.map(({ name }) => {
      const value = row[name]
      return [
        name,
        value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value),
      ]
    }),
  )
}

function parsed(original: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(original ?? '{}')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {}
  } catch {
    return {}
  }
}

function noColumn(column: string, columns: readonly Typed[]): RequestError {
  const names = columns.map(({ name }) => name)
  return new RequestError(fault('reject_column', { column, near: nearest(column, names), columns: names }), {
    field: 'set',
  })
}
