import { literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import type { BatchToLoad, Loaded } from './batch.ts'
import type { Manifest } from '../landing.ts'
import { timestamp } from './meta.ts'

/** Writes down the batch, how far its feed is read now, and the files it brought: in the transaction of its rows. */
export async function recordBatch(
  session: Session,
  { manifest }: Pick<BatchToLoad, 'manifest'>,
  outcome: Loaded,
): Promise<void> {
  const instant = timestamp(manifest.extracted_at)
  await session.run(
    `INSERT INTO meta.batches (batch_id, run_id, source, entity, origin, rows, loaded, rejected, checksum, window_since,
       cursor, extracted_at, loaded_at, unchanged, duplicates, left_out, deleted)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, CAST($12 AS TIMESTAMP), CAST($12 AS TIMESTAMP), $13, $14, $15, $16)`,
    [
      manifest.batch_id,
      manifest.run_id,
      manifest.source,
      manifest.entity,
      manifest.origin,
      manifest.rows,
      outcome.loaded,
      outcome.rejected,
      manifest.sha256,
      manifest.window.since,
      manifest.cursor,
      instant,
      outcome.unchanged,
      outcome.duplicates,
      outcome.leftOut,
      outcome.deleted,
    ],
  )
  if (movesOn(manifest)) await moveWatermark(session, manifest)
  if (manifest.files.length > 0) await recordFiles(session, { manifest })
}

/** Whether a batch tells how far its feed was read: not a corrected row, nor a part of the past that was read again. */
export function movesOn({ correction, window }: Manifest): boolean {
  return correction === undefined && window.until === undefined
}

/**
 * A batch in quarantine: none of its rows count, and its feed was read as far as it says all the same – its rows are not
 * wanted, so they are not read again.
 */
export async function recordQuarantined(session: Session, manifest: Manifest): Promise<void> {
  const known = await session.one('SELECT 1 AS found FROM meta.batches WHERE batch_id = $1', [manifest.batch_id])
  if (known !== undefined) return
  const none = { loaded: 0, unchanged: 0, duplicates: 0, rejected: 0, deleted: 0 }
  await recordBatch(session, { manifest }, { rows: manifest.rows, ...none, leftOut: manifest.rows })
}

async function moveWatermark(session: Session, manifest: Manifest): Promise<void> {
  const instant = timestamp(manifest.extracted_at)
  const feed = [manifest.source, manifest.entity, manifest.origin]
  const known = await session.one<{ cursor: string | null; batch_id: string | null }>(
    'SELECT cursor, batch_id FROM meta.watermarks WHERE source = $1 AND entity = $2 AND origin = $3',
    feed,
  )
  // A batch that is written down late moves nothing back.
  if (known?.batch_id != null && known.batch_id > manifest.batch_id) return
  await session.run('DELETE FROM meta.watermarks WHERE source = $1 AND entity = $2 AND origin = $3', feed)
  await session.run('INSERT INTO meta.watermarks VALUES ($1, $2, $3, $4, CAST($5 AS TIMESTAMP), $6)', [
    ...feed,
    manifest.cursor ?? known?.cursor ?? null,
    instant,
    manifest.batch_id,
  ])
}

async function recordFiles(session: Session, { manifest }: Pick<BatchToLoad, 'manifest'>): Promise<void> {
  const place = `source = ${literal(manifest.source)} AND entity = ${literal(manifest.entity)} AND origin = ${literal(manifest.origin)}`
  const values = manifest.files.map(
    ({ path, size, modified_at, checksum }) =>
      `(${literal(path)}, ${size}, ${literal(modified_at)}, ${literal(checksum)})`,
  )
  await session.run(
    `CREATE OR REPLACE TEMP TABLE files_read AS SELECT * FROM (VALUES ${values.join(', ')}) AS read(path, size, modified_at, checksum);
     DELETE FROM files_read WHERE path IN (SELECT path FROM meta.files WHERE ${place} AND batch_id > ${literal(manifest.batch_id)});
     DELETE FROM meta.files WHERE ${place} AND path IN (SELECT path FROM files_read);
     INSERT INTO meta.files SELECT ${literal(manifest.source)}, ${literal(manifest.entity)}, ${literal(manifest.origin)},
       path, size, modified_at, checksum, ${literal(manifest.batch_id)} FROM files_read`,
  )
}
