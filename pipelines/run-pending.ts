import type { Config } from '../config/define.ts'
import type { Warehouse } from '../data/warehouse.ts'
import { readManifest, type LandedBatch, type Landing, type Manifest } from './landing.ts'
import type { BatchToLoad } from './load-batch.ts'
import { feedOf, type BatchPreparation } from './load-prepare.ts'

export interface Prepared {
  readonly batch: LandedBatch
  readonly manifest: Manifest
  /** Undefined: its feed is configured no more. */
  readonly toLoad: BatchToLoad | undefined
}

interface Lookup {
  readonly warehouse: Warehouse
  readonly landing: Landing
  readonly config: Config
  readonly preparation: BatchPreparation
}

/** Landed batches that the warehouse has not loaded, oldest first, without those whose rows a later loaded batch brought too. */
export async function pendingBatches({ warehouse, landing, config, preparation }: Lookup): Promise<Prepared[]> {
  return warehouse.read(async (session) => {
    const loaded = new Set(
      (await session.rows<{ batch_id: string }>('SELECT batch_id FROM meta.batches')).map(({ batch_id }) => batch_id),
    )
    const waiting = landing.batches.filter(({ batch_id }) => !loaded.has(batch_id))
    if (waiting.length === 0) return []
    const marks = await session.rows<Mark>('SELECT source, entity, origin, batch_id FROM meta.watermarks')
    const files = await session.rows<Mark & { path: string }>('SELECT source, entity, origin, path, batch_id FROM meta.files')
    const pending: Prepared[] = []
    for (const batch of waiting) {
      const manifest = await readManifest(batch)
      if (isCovered(manifest, marks, files)) continue
      const configured = feedOf(config, manifest)
      const toLoad = configured && (await preparation.prepare(session, batch, manifest, configured))
      pending.push({ batch, manifest, toLoad })
    }
    return pending
  })
}

interface Mark {
  readonly source: string
  readonly entity: string
  readonly origin: string
  readonly batch_id: string | null
}

/**
 * A batch that was refused is asked for again, from the same watermark, by the next one. Once that one is loaded the first
 * has nothing more to give – except for a file that was gone by then.
 */
function isCovered(manifest: Manifest, marks: readonly Mark[], files: readonly (Mark & { path: string })[]): boolean {
  const later = ({ batch_id }: Mark): boolean => (batch_id ?? '') > manifest.batch_id
  const ofFeed = (mark: Mark): boolean =>
    mark.source === manifest.source && mark.entity === manifest.entity && mark.origin === manifest.origin
  if (!marks.some((mark) => ofFeed(mark) && later(mark))) return false
  const reread = new Set(files.filter((file) => ofFeed(file) && later(file)).map(({ path }) => path))
  return manifest.files.every(({ path }) => reread.has(path))
}
