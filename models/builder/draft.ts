import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Policy } from '../../config/policy.ts'
import { identifier, literal } from '../../data/quote.ts'
import type { Session, Warehouse } from '../../data/warehouse.ts'
import { changedTables } from '../rule-tables.ts'
import { buildModels, type BuildOptions } from './build.ts'

export interface DraftOptions extends Omit<BuildOptions, 'only'> {
  /** The policy that the published figures stand on. */
  readonly published: Policy
}

/** Where what is published stands, and where what would be: databases with the same schemas. */
export interface Drafted {
  readonly was: string
  readonly would: string
}

/**
 * Builds under another policy the models that depend on what differs, and audits them, in a file of its own that is gone when `work`
 * has looked at it; everything else is read where it is published. All of it is of one snapshot: `work` compares like with like, and
 * readers of the warehouse notice nothing. Throws as `buildModels` does.
 */
export async function withDraft<Found>(
  warehouse: Warehouse,
  file: string,
  options: DraftOptions,
  work: (session: Session, drafted: Drafted) => Promise<Found>,
): Promise<Found> {
  await mkdir(dirname(file), { recursive: true })
  const session = await warehouse.session()
  const would = `draft_${crypto.randomUUID().replaceAll('-', '')}`
  try {
    await session.run(`ATTACH ${literal(file)} AS ${would}`)
    try {
      const shown = await publishedTables(session)
      await session.run(`USE ${would}; BEGIN TRANSACTION`)
      await showPublished(session, warehouse.database, shown)
      await buildModels(session, { ...options, only: changedTables(options.published, options.policy) })
      return await work(session, { was: warehouse.database, would })
    } finally {
      await session.run('ROLLBACK').catch(() => undefined)
      await session.run(`USE ${warehouse.database}; DETACH ${would}`)
    }
  } finally {
    session.close()
    await rm(file, { force: true })
    await rm(`${file}.wal`, { force: true })
  }
}

interface Named {
  readonly schema_name: string
  readonly name: string
}

/** Tables and views of the database that is in use, but for what a build writes itself. */
async function publishedTables(session: Session): Promise<Named[]> {
  return session.rows<Named>(
    `SELECT schema_name, table_name AS name FROM duckdb_tables()
       WHERE database_name = current_database() AND schema_name NOT IN ('meta', 'policy')
     UNION ALL
     SELECT schema_name, view_name FROM duckdb_views()
       WHERE database_name = current_database() AND NOT internal AND schema_name NOT IN ('meta', 'policy')`,
  )
}

/** What is not built again is read where it is published. */
async function showPublished(session: Session, from: string, shown: readonly Named[]): Promise<void> {
  for (const schema of new Set(shown.map(({ schema_name }) => schema_name)))
    await session.run(`CREATE SCHEMA IF NOT EXISTS ${identifier(schema)}`)
  for (const { schema_name, name } of shown) {
    const place = `${identifier(schema_name)}.${identifier(name)}`
    await session.run(`CREATE VIEW ${place} AS SELECT * FROM ${from}.${place}`)
  }
}
