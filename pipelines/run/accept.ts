import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import type { Decisions } from '../decisions.ts'
import type { Manifest } from '../landing.ts'
import { RefusedBatch } from './faults.ts'
import type { RunJournal } from './journal.ts'
import { movesOn } from '../load/record.ts'
import { isCovered, type Waiting } from './pending.ts'

/** Batches that a person may accept: held ones, and those whose optional columns are gone. */
function acceptable({ held, batches }: Waiting): Manifest[] {
  const unfit = batches.filter(({ toLoad }) => 'refused' in toLoad.rows && toLoad.rows.fault.code === 'mapping_unfit')
  return [...held, ...unfit.map(({ manifest }) => manifest)]
}

/**
 * Accepts what waits of each name: a source, a feed as 'crm.requests', or a batch. Throws RequestError where nothing does.
 */
export async function acceptWaiting(
  waiting: Waiting,
  names: readonly string[],
  { decisions, by, now }: { decisions: Decisions; by: string; now: () => Date },
): Promise<void> {
  const all = acceptable(waiting)
  const feedOf = ({ source, entity }: Manifest): string => `${source}.${entity}`
  const chosen = names.map((name) => {
    const found = all.filter((one) => [one.source, feedOf(one), one.batch_id].includes(name))
    if (found.length > 0) return found
    const held = [...new Set(all.map(feedOf))]
    throw new RequestError(fault('nothing_to_accept', { name, held }), { field: 'accept' })
  })
  for (const { batch_id, source, entity, origin } of new Set(chosen.flat()))
    await decisions.add({ kind: 'accept', by, batch_id, source, entity, origin }, now())
}

/** Says of each batch that waits for a person what it would change: a failed step, since the figures go without it. */
export async function tellHeld(journal: RunJournal, { held, batches }: Waiting): Promise<void> {
  // A later batch of the feed has what this one had: it waits for nobody.
  const later = batches.map(({ manifest }) => manifest).filter(movesOn)
  for (const { source, entity, origin, drift = [] } of held.filter((manifest) => !isCovered(manifest, later))) {
    const why = drift.find(({ severity }) => severity === 'held')
    const found = fault('batch_held', {
      entity,
      source,
      from: why?.column ?? origin,
      before: why?.before,
      after: why?.after,
      accept: `${source}.${entity}`,
    })
    const failure = new RefusedBatch(found, source)
    await journal.record({ step: 'load', source, entity, origin, note: failure.message, failure, milliseconds: 0 })
  }
}
