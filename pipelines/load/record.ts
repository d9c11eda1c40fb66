import { literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import type { BatchToLoad, Loaded } from './batch.ts'
import { timestamp } from './meta.ts'

/** Writes down the batch, how far its feed is read now, and the files it brought: in the transaction of its rows. */
export async function recordBatch(session: Session, { manifest }: BatchToLoad, outcome: Loaded): Promise<void> {
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
  const feed = [manifest.source, manifest.entity, manifest.origin]
  const known = await session.one<{ cursor: string | null }>(
    'SELECT cursor FROM meta.watermarks WHERE source = $1 AND entity = $2 AND origin = $3',
    feed,
  )
  await session.run('DELETE FROM meta.watermarks WHERE source = $1 AND entity = $2 AND origin = $3', feed)
  await session.run('INSERT INTO meta.watermarks VALUES ($1, $2, $3, $4, CAST($5 AS TIMESTAMP), $6)', [
    ...feed,
    manifest.cursor ?? known?.cursor ?? null,
    instant,
    manifest.batch_id,
  ])
  if (manifest.files.length > 0) await recordFiles(session, { manifest })
}

async function recordFiles(session: Session, { manifest }: Pick<BatchToLoad, 'manifest'>): Promise<void> {
  const place = `source = ${literal(manifest.source)} AND entity = ${literal(manifest.entity)} AND origin = ${literal(manifest.origin)}`
  const values = manifest.files.map(
    ({ path, size, modified_at, checksum }) =>
      `(${literal(path)}, ${size}, ${literal(modified_at)}, ${literal(checksum)})`,
  )
  await session.run(
    `CREATE OR REPLACE TEMP TABLE files_read AS SELECT * FROM (VALUES ${values.join(', ')}) AS read(path, size, modified_at, checksum);
     DELETE FROM meta.files WHERE ${place} AND path IN (SELECT path FROM files_read);
     INSERT INTO meta.files SELECT ${literal(manifest.source)}, ${literal(manifest.entity)}, ${literal(manifest.origin)},
       path, size, modified_at, checksum, ${literal(manifest.batch_id)} FROM files_read`,
  )
}
