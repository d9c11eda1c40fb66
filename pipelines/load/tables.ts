import { identifier } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { contractOf, entityNames, sourceColumns, type EntityName } from '../../entities/entities.ts'
import { sqlType } from '../../entities/entity.ts'

const LOAD_COLUMNS = {
  source: 'VARCHAR',
  batch_id: 'VARCHAR',
  loaded_at: 'TIMESTAMP',
  known_from: 'TIMESTAMP',
  // Place among the versions of its row that became known at one instant, from 1.
  version_place: 'INTEGER',
}
const END_COLUMNS = { known_to: 'TIMESTAMP', ended_by_batch: 'VARCHAR', ended_how: 'VARCHAR' }

/**
 * Makes `raw.<entity>` and `history.<entity>` of every entity, fed or not, so that every model binds.
 * A column that a contract gained since is added, empty; `rebuild` fills it from landing.
 */
export async function createEntityTables(session: Session): Promise<void> {
  await session.run('CREATE SCHEMA IF NOT EXISTS raw; CREATE SCHEMA IF NOT EXISTS history')
  const existing = await existingColumns(session)
  for (const entity of entityNames) {
    const columns = { ...contractTypes(entity), ...LOAD_COLUMNS }
    await createOrGrow(session, existing, { table: `raw.${entity}`, columns })
    await createOrGrow(session, existing, { table: `history.${entity}`, columns: { ...columns, ...END_COLUMNS } })
  }
}

/** Names of the columns that a source fills, quoted, in contract order. */
export function contentColumns(entity: EntityName): string[] {
  return Object.keys(sourceColumns(entity)).map(identifier)
}

/** Names of the columns that identify a row, quoted. */
export function keyColumns(entity: EntityName): string[] {
  return contractOf(entity).key.map(identifier)
}

type Types = Readonly<Record<string, string>>

function contractTypes(entity: EntityName): Types {
  return Object.fromEntries(Object.entries(sourceColumns(entity)).map(([name, { type }]) => [name, sqlType(type)]))
}

async function existingColumns(session: Session): Promise<Map<string, Set<string>>> {
  const rows = await session.rows<{ table_name: string; column_name: string }>(
    `SELECT schema_name || '.' || table_name AS table_name, column_name FROM duckdb_columns()
     WHERE schema_name IN ('raw', 'history') AND database_name = current_database()`,
  )
  const tables = new Map<string, Set<string>>()
  for (const { table_name, column_name } of rows) {
    tables.set(table_name, (tables.get(table_name) ?? new Set()).add(column_name))
  }
  return tables
}

async function createOrGrow(
  session: Session,
  existing: ReadonlyMap<string, ReadonlySet<string>>,
  { table, columns }: { table: string; columns: Types },
): Promise<void> {
  const present = existing.get(table)
  const definitions = Object.entries(columns).map(([name, type]) => ({ name, sql: `${identifier(name)} ${type}` }))
  if (!present) {
    await session.run(`CREATE TABLE IF NOT EXISTS ${table} (${definitions.map(({ sql }) => sql).join(', ')})`)
    return
  }
  for (const { name, sql } of definitions) {
    if (!present.has(name)) await session.run(`ALTER TABLE ${table} ADD COLUMN ${sql}`)
  }
}
