import { join } from 'node:path'
import type { Session } from '../data/warehouse.ts'
import { Landing, readManifest } from './landing.ts'
import { BatchPreparation, feedOf } from './load-prepare.ts'
import { createEntityTables } from './load-tables.ts'
import { createMeta } from './meta.ts'
import type { Prepared } from './run-pending.ts'
import { figuresFingerprint, publish } from './run-publish.ts'
import { markRead, rememberedReads } from './run-reads.ts'
import { alone, asOfToday, prepareTables, type RunDeps, type RunOptions, type RunReport } from './run.ts'

/**
 * Makes the warehouse again from landing alone, without asking a source: every batch in its order, under today's mapping.
 * One transaction: readers of this warehouse keep what they have until the new one is audited. With an unchanged
 * configuration raw, history, rejects and watermarks come out row for row as they were.
 */
export async function rebuild(
  deps: Omit<RunDeps, 'open' | 'wait'>,
  options: Pick<RunOptions, 'trigger' | 'asOf' | 'signal'>,
): Promise<RunReport> {
  const { warehouse, config, now } = deps
  return alone(deps, options, async (journal) => {
    await prepareTables(warehouse)
    const landing = await Landing.open(join(config.folder, 'landing'))
    const asOf = options.asOf ?? asOfToday(config, now())
    const reads = await rememberedReads(landing)
    return publish(
      {
        warehouse,
        journal,
        build: deps.build,
        asOf,
        knownAt: landing.noEarlier(now()).toISOString(),
        fingerprint: figuresFingerprint(config, { asOf, models: await deps.modelsFingerprint() }),
        everything: true,
        signal: options.signal ?? new AbortController().signal,
        before: startOver,
        after: (session) => markRead(session, reads),
      },
      await allBatches(deps, landing),
    )
  })
}

async function allBatches(
  { warehouse, config }: Pick<RunDeps, 'warehouse' | 'config'>,
  landing: Landing,
): Promise<Prepared[]> {
  const preparation = new BatchPreparation(config.company)
  return warehouse.read(async (session) => {
    const batches: Prepared[] = []
    for (const batch of landing.batches) {
      const manifest = await readManifest(batch)
      const configured = feedOf(config, manifest)
      const toLoad = configured && (await preparation.prepare(session, batch, manifest, configured))
      batches.push({ batch, manifest, toLoad })
    }
    return batches
  })
}

async function startOver(session: Session): Promise<void> {
  await session.run('DROP SCHEMA IF EXISTS raw CASCADE; DROP SCHEMA IF EXISTS history CASCADE')
  for (const table of ['batches', 'rejects', 'watermarks', 'files']) await session.run(`DELETE FROM meta.${table}`)
  await createMeta(session)
  await createEntityTables(session)
}
