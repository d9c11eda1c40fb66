import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { literal } from '../../data/quote.ts'
import type { Session, Warehouse } from '../../data/warehouse.ts'
import { entityNames } from '../../entities/entities.ts'
import { buildModels, type BuildOptions } from './build.ts'

export type PastOptions = Omit<BuildOptions, 'only'>

/** Schemas that only the build needs. What is published of the past is what stands on them. */
const SCAFFOLD = ['staging', 'raw', 'history']

/**
 * Builds every model as it would have been built at `knownAt`: from the versions of each row that were the truth then.
 * The result is a DuckDB file of its own with schemas core, marts and policy; readers of the warehouse notice nothing.
 * All of it is of one snapshot of the warehouse. Throws as `buildModels` does, and leaves no file then.
 */
export async function buildPast(warehouse: Warehouse, file: string, options: PastOptions): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const unfinished = `${file}.part`
  await remove(unfinished)
  const session = await warehouse.session()
  const past = `building_${crypto.randomUUID().replaceAll('-', '')}`
  try {
    await session.run(`ATTACH ${literal(unfinished)} AS ${past}`)
    try {
      await session.run(`USE ${past}; BEGIN TRANSACTION`)
      await showVersions(session, warehouse.database, options.knownAt)
      await buildModels(session, options)
      await session.run('COMMIT')
      for (const schema of SCAFFOLD) await session.run(`DROP SCHEMA ${schema} CASCADE`)
      await session.run('CHECKPOINT')
    } finally {
      await session.run(`ROLLBACK`).catch(() => undefined)
      await session.run(`USE ${warehouse.database}; DETACH ${past}`)
    }
    await rename(unfinished, file)
  } catch (error) {
    await remove(unfinished)
    throw error
  } finally {
    session.close()
  }
}

async function remove(file: string): Promise<void> {
  await rm(file, { force: true })
  await rm(`${file}.wal`, { force: true })
}

/** `raw` and `history` as they were: a version that ended later was the truth still. */
async function showVersions(session: Session, from: string, knownAt: string): Promise<void> {
  const then = `TIMESTAMP ${literal(knownAt.replace(/Z$/, ''))}`
  await session.run('CREATE SCHEMA raw; CREATE SCHEMA history')
  for (const entity of entityNames) {
    const [raw, history] = [`${from}.raw.${entity}`, `${from}.history.${entity}`]
    await session.run(
      `CREATE VIEW raw.${entity} AS
         SELECT * FROM ${raw} WHERE known_from <= ${then}
         UNION ALL BY NAME
         SELECT * EXCLUDE (known_to, ended_by_batch, ended_how) FROM ${history}
         WHERE known_from <= ${then} AND known_to > ${then};
       CREATE VIEW history.${entity} AS
         SELECT * FROM ${history} WHERE known_from <= ${then} AND known_to <= ${then}`,
    )
  }
}
