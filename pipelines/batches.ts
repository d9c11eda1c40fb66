import type { Warehouse } from '../data/warehouse.ts'
import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'
import type { BatchStatus } from '../models/metrics/status.ts'
import { Decisions } from './decisions.ts'
import { isHeld, readManifest, type Landing, type Manifest } from './landing.ts'

/** The newest batches of landing, newest first. */
export async function listBatches(
  { warehouse, landing }: { warehouse: Warehouse; landing: Landing },
  { limit = 200, source, entity }: { limit?: number; source?: string; entity?: string } = {},
): Promise<BatchStatus[]> {
  const decisions = await Decisions.open(landing.folder)
  const known = await warehouse.read((session) =>
    session.rows<{ batch_id: string; loaded: number; rejected: number }>(
      'SELECT batch_id, loaded, rejected FROM meta.batches',
    ),
  )
  const counts = new Map(known.map((row) => [row.batch_id, row]))
  const found: BatchStatus[] = []
  for (const batch of landing.batches.toReversed()) {
    if (found.length === limit) break
    const manifest = await readManifest(batch)
    if ((source !== undefined && manifest.source !== source) || (entity !== undefined && manifest.entity !== entity))
      continue
    const count = counts.get(batch.batch_id)
    const state = stateOf(manifest, decisions, count !== undefined)
    found.push({
      batch_id: manifest.batch_id,
      source: manifest.source,
      entity: manifest.entity,
      origin: manifest.origin,
      extracted_at: manifest.extracted_at,
      rows: manifest.rows + manifest.unreadable,
      loaded: count?.loaded ?? null,
      rejected: count?.rejected ?? null,
      state,
      corrected_by: manifest.correction?.by ?? null,
    })
  }
  return found
}

function stateOf(manifest: Manifest, decisions: Decisions, loaded: boolean): BatchStatus['state'] {
  if (decisions.isQuarantined(manifest.batch_id)) return 'quarantined'
  if (loaded) return 'loaded'
  return isHeld(manifest, decisions) ? 'held' : 'waiting'
}

export interface Deciding {
  readonly batch_id: string
  readonly kind: 'quarantine' | 'release'
  readonly reason?: string
}

/**
 * Takes a batch out of all figures, or back in: the next rebuild does it. Throws RequestError where there is no such batch,
 * or it is not in quarantine.
 */
export async function decideBatch(
  { landing, now }: { landing: Landing; now: () => Date },
  { batch_id, ...decision }: Deciding & { readonly by: string },
): Promise<void> {
  const batch = landing.batches.find((one) => one.batch_id === batch_id)
  if (batch === undefined)
    throw new RequestError(fault('batch_unknown', { batch: batch_id }), { field: 'batch', status: 404 })
  const decisions = await Decisions.open(landing.folder)
  if (decision.kind === 'release' && !decisions.isQuarantined(batch_id))
    throw new RequestError(fault('batch_not_quarantined', { batch: batch_id }), { field: 'batch' })
  const { source, entity, origin } = await readManifest(batch)
  await decisions.add({ ...decision, batch_id, source, entity, origin }, now())
}
