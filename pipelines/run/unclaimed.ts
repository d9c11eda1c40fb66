import type { State } from '../../data/state.ts'
import type { Manifest } from '../landing.ts'
import type { RunJournal } from './journal.ts'

/**
 * Says which batches wait in landing for a feed that is configured no more. That is the operator's will and no failure,
 * so it is a note, and said once for each feed until more of it comes to light. `always` for a rebuild, which leaves their rows out.
 */
export async function tellUnclaimed(
  { journal, state }: { journal: RunJournal; state: State },
  unclaimed: readonly Manifest[],
  { always = false } = {},
): Promise<void> {
  const nameOf = ({ source, entity, origin }: Manifest): string => JSON.stringify([source, entity, origin])
  for (const batches of Map.groupBy(unclaimed, nameOf).values()) {
    const newest = batches.at(-1)
    if (newest === undefined || (!always && (await wasSaid(state, newest)))) continue
    const { source, entity, origin } = newest
    const what = batches.length === 1 ? '1 batch waits' : `${batches.length} batches wait`
    const note = `${entity}: ${what} in landing, since ${origin} of ${source} is configured no more. Put the feed back to load what waits; rows loaded before stay until a rebuild.`
    await journal.record({ step: 'load', source, entity, origin, note, milliseconds: 0 })
  }
}

/** A step of this feed that ended well after the batch came: the note, since the batch itself was not loaded. */
async function wasSaid({ tables }: State, { source, entity, origin, extracted_at }: Manifest): Promise<boolean> {
  const said = await tables
    .selectFrom('run_steps')
    .select('run_id')
    .where('step', '=', 'load')
    .where('status', '=', 'succeeded')
    .where('source', '=', source)
    .where('entity', '=', entity)
    .where('origin', '=', origin)
    .where('started_at', '>=', extracted_at)
    .executeTakeFirst()
  return said !== undefined
}
