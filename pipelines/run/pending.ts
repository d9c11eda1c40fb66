import { join } from 'node:path'
import type { Config } from '../../config/define.ts'
import type { Session, Warehouse } from '../../data/warehouse.ts'
import type { Decisions } from '../decisions.ts'
import { isHeld, readManifest, type LandedBatch, type Landing, type Manifest } from '../landing.ts'
import type { BatchToLoad } from '../load/batch.ts'
import { feedOf, type BatchPreparation } from '../load/prepare.ts'

export interface Prepared {
  readonly batch: LandedBatch
  readonly manifest: Manifest
  readonly toLoad: BatchToLoad
}

/** Batches ready to load, oldest first, and those whose feed is configured no more. */
export interface Waiting {
  readonly batches: readonly Prepared[]
  readonly unclaimed: readonly Manifest[]
  /** Held until a person accepts them. */
  readonly held: readonly Manifest[]
  /** Those of which nothing is to count; they say how far their feed was read all the same. */
  readonly quarantined: readonly Manifest[]
}

interface Lookup {
  readonly warehouse: Warehouse
  readonly landing: Landing
  readonly config: Config
  readonly preparation: BatchPreparation
  readonly decisions: Decisions
}

/** Landed batches that the warehouse has not loaded, without those whose rows a later loaded batch brought too. */
export async function pendingBatches({ warehouse, landing, ...lookup }: Lookup): Promise<Waiting> {
  return warehouse.read(async (session) => {
    const loaded = new Set(
      (await session.rows<{ batch_id: string }>('SELECT batch_id FROM meta.batches')).map(({ batch_id }) => batch_id),
    )
    const waiting = landing.batches.filter(({ batch_id }) => !loaded.has(batch_id))
    if (waiting.length === 0) return { batches: [], unclaimed: [], held: [], quarantined: [] }
    const later = await loadedBatches(session)
    return prepareAll(session, waiting, { ...lookup, landing, covered: (manifest) => isCovered(manifest, later) })
  })
}

/** Every batch in landing: what a rebuild loads. */
export async function allBatches({ warehouse, landing, ...lookup }: Lookup): Promise<Waiting> {
  return warehouse.read((session) => prepareAll(session, landing.batches, { ...lookup, landing, covered: () => false }))
}

async function prepareAll(
  session: Session,
  landed: readonly LandedBatch[],
  {
    config,
    preparation,
    decisions,
    landing,
    covered,
  }: Omit<Lookup, 'warehouse'> & { covered: (batch: Manifest) => boolean },
): Promise<Waiting> {
  const batches: Prepared[] = []
  const [unclaimed, held, quarantined]: Manifest[][] = [[], [], []]
  for (const batch of landed) {
    const manifest = await readManifest(batch)
    if (covered(manifest)) continue
    const configured = feedOf(config, manifest)
    const accepted = decisions.isAccepted(manifest.batch_id)
    if (decisions.isQuarantined(manifest.batch_id)) quarantined?.push(manifest)
    else if (isHeld(manifest, decisions)) held?.push(manifest)
    else if (configured === undefined) unclaimed?.push(manifest)
    else {
      const unwanted = decisions.quarantinedOf(manifest).map((id) => parquetOf(landing, manifest, id))
      const toLoad = await preparation.prepare(session, { batch, manifest, accepted, unwanted }, configured)
      batches.push({ batch, manifest, toLoad })
    }
  }
  return { batches, unclaimed: unclaimed ?? [], held: held ?? [], quarantined: quarantined ?? [] }
}

function parquetOf({ folder }: Landing, { source, entity }: Manifest, batchId: string): string {
  return join(folder, source, entity, `${batchId}.parquet`)
}

/** A batch that is loaded, as far as it can cover another. */
type Covering = Pick<Manifest, 'batch_id' | 'source' | 'entity' | 'origin'> & {
  readonly files: readonly { path: string }[]
}

/** The last loaded batch of each feed, and those that the files of today came from. */
async function loadedBatches(session: Session): Promise<Covering[]> {
  const marks = await session.rows<Omit<Covering, 'files'>>(
    'SELECT source, entity, origin, batch_id FROM meta.watermarks WHERE batch_id IS NOT NULL',
  )
  const files = await session.rows<Omit<Covering, 'files'> & { path: string }>(
    'SELECT source, entity, origin, batch_id, path FROM meta.files',
  )
  return [...marks.map((mark) => ({ ...mark, files: [] })), ...files.map((file) => ({ ...file, files: [file] }))]
}

/**
 * A batch that was refused is asked for again, from the same watermark, by the next one. Once that one is loaded the first
 * has nothing more to give – except for a file that was gone by then.
 */
export function isCovered(manifest: Manifest, loaded: readonly Covering[]): boolean {
  const { batch_id, source, entity, origin } = manifest
  // What a person corrected comes from nowhere else.
  if (manifest.correction !== undefined) return false
  const later = loaded.filter(
    (other) =>
      other.source === source && other.entity === entity && other.origin === origin && other.batch_id > batch_id,
  )
  const reread = new Set(later.flatMap(({ files }) => files.map(({ path }) => path)))
  return later.length > 0 && manifest.files.every(({ path }) => reread.has(path))
}
