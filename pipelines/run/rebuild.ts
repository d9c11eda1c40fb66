import { join } from 'node:path'
import type { Session } from '../../data/warehouse.ts'
import { decideBatch, type Deciding } from '../batches.ts'
import { Decisions } from '../decisions.ts'
import { Landing } from '../landing.ts'
import { BatchPreparation } from '../load/prepare.ts'
import { createEntityTables } from '../load/tables.ts'
import { createMeta } from '../load/meta.ts'
import { tellHeld } from './accept.ts'
import { allBatches } from './pending.ts'
import { figuresFingerprint, publish } from './publish.ts'
import { markRead, rememberedReads } from './reads.ts'
import { tellUnclaimed } from './unclaimed.ts'
import {
  alone,
  asOfToday,
  keepDecided,
  UNKNOWN,
  prepareTables,
  type RunDeps,
  type RunOptions,
  type RunReport,
} from './run.ts'

/**
 * Makes the warehouse again from landing alone, without asking a source: every batch in its order, under today's mapping.
 * One transaction: readers of this warehouse keep what they have until the new one is audited. With an unchanged
 * configuration raw, history, rejects and watermarks come out row for row as they were.
 */
export async function rebuild(
  deps: Omit<RunDeps, 'open' | 'wait'>,
  options: Pick<RunOptions, 'trigger' | 'asOf' | 'by' | 'signal'> & { readonly decide?: Deciding },
): Promise<RunReport> {
  const { warehouse, config, now } = deps
  return alone(deps, options, async (journal) => {
    await prepareTables(warehouse)
    const landing = await Landing.open(join(config.folder, 'landing'))
    if (options.decide !== undefined)
      await decideBatch({ landing, now }, { ...options.decide, by: options.by ?? UNKNOWN })
    const asOf = options.asOf ?? asOfToday(config, now())
    const reads = await rememberedReads(landing)
    const preparation = new BatchPreparation(config.company)
    const decisions = await Decisions.open(landing.folder)
    const waiting = await allBatches({ warehouse, landing, config, preparation, decisions })
    const { batches, unclaimed } = waiting
    await tellUnclaimed({ journal, state: deps.state }, unclaimed, { always: true })
    await tellHeld(journal, waiting)
    return publish(
      {
        warehouse,
        journal,
        build: deps.build,
        asOf,
        knownAt: landing.noEarlier(decisions.noEarlier(now())).toISOString(),
        fingerprint: figuresFingerprint(config, { asOf, models: await deps.modelsFingerprint() }),
        everything: true,
        signal: options.signal ?? new AbortController().signal,
        before: startOver,
        after: async (session) => {
          const changed = await keepDecided(session, waiting, { decisions, config })
          await markRead(session, reads)
          return changed
        },
      },
      batches,
    )
  })
}

async function startOver(session: Session): Promise<void> {
  await session.run('DROP SCHEMA IF EXISTS raw CASCADE; DROP SCHEMA IF EXISTS history CASCADE')
  for (const table of ['batches', 'rejects', 'recoveries', 'drift', 'watermarks', 'files'])
    await session.run(`DELETE FROM meta.${table}`)
  await createMeta(session)
  await createEntityTables(session)
}
