import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { literal } from '../../data/quote.ts'
import type { Session, Warehouse } from '../../data/warehouse.ts'
import { contractOf, entityNames, type EntityName } from '../../entities/entities.ts'
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
      await writeDown(session)
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

const WAIT_MS = 250
const MOST_WAITS = 2_400

/** Whoever lists all tables holds every database until its transaction ends, this one too: it is waited for, up to ten minutes. */
async function writeDown(session: Session, waits = 0): Promise<void> {
  try {
    await session.run('CHECKPOINT')
  } catch (error) {
    if (waits === MOST_WAITS || !/other write transactions/.test(String(error))) throw error
    await pause(WAIT_MS)
    await writeDown(session, waits + 1)
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
    const hidden = unknowable(entity, then)
    const [raw, history] = [`${from}.raw.${entity}`, `${from}.history.${entity}`]
    await session.run(
      `CREATE VIEW raw.${entity} AS
         SELECT * ${hidden} FROM ${raw} WHERE known_from <= ${then}
         UNION ALL BY NAME
         SELECT * EXCLUDE (known_to, ended_by_batch, ended_how) ${hidden} FROM ${history}
         WHERE known_from <= ${then} AND known_to > ${then};
       CREATE VIEW history.${entity} AS
         SELECT * ${hidden} FROM ${history} WHERE known_from <= ${then} AND known_to <= ${then}`,
    )
  }
}

function unknowable(entity: EntityName, then: string): string {
  const columns = Object.keys(contractOf(entity).columns).filter((name) => knownSince(entity, name).length > 0)
  const shown = columns.map((name) => `${asKnown(entity, name, then)} AS "${name}"`)
  return shown.length === 0 ? '' : `REPLACE (${shown.join(', ')})`
}

/** The instants before which nobody can have known a column of an entity. */
export function knownSince(entity: EntityName, name: string): readonly string[] {
  return contractOf(entity).columns[name]?.knownSince ?? []
}

/**
 * A column of `raw` or `history` as it was known at an instant. A row that was read after it and counts as known before it (a
 * first reading assumes so) has the state of its reading: what its own instants say came later is left out.
 */
export function asKnown(entity: EntityName, name: string, then: string): string {
  const instants = knownSince(entity, name)
  if (instants.length === 0) return `"${name}"`
  const later = instants.map((instant) => `"${instant}" > ${then}`).join(' OR ')
  return `CASE WHEN loaded_at > ${then} AND (${later}) THEN NULL ELSE "${name}" END`
}
