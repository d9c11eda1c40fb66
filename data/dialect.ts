import {
  DialectAdapterBase,
  Kysely,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type DatabaseMetadata,
  type Dialect,
  type Driver,
  type QueryResult,
  type SchemaMetadata,
  type TableMetadata,
} from 'kysely'
import { QueryError } from '../errors.ts'
import type { Parameter, Session, Warehouse } from './warehouse.ts'

/**
 * Kysely for reading the warehouse. Each query borrows a connection for its own time only, so many run side by side.
 * Writing goes through `Warehouse.write`, where there is one writer: transactions here are refused.
 */
export function openKysely<Tables>(warehouse: Warehouse): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new DuckDbDialect(warehouse) })
}

class DuckDbDialect implements Dialect {
  readonly #warehouse: Warehouse

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse
  }

  createDriver(): Driver {
    return new DuckDbDriver(this.#warehouse)
  }

  /** DuckDB reads what is written for PostgreSQL: "names" in double quotes, parameters as $1, $2 … */
  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler()
  }

  createAdapter(): DuckDbAdapter {
    return new DuckDbAdapter()
  }

  createIntrospector(): DatabaseIntrospector {
    return new DuckDbIntrospector(this.#warehouse)
  }
}

class DuckDbAdapter extends DialectAdapterBase {
  override get supportsReturning(): boolean {
    return true
  }

  override async acquireMigrationLock(): Promise<void> {
    throw readOnly()
  }

  override async releaseMigrationLock(): Promise<void> {}
}

/** The warehouse keeps the connections: there is nothing to open, hold or close here. */
class DuckDbDriver implements Driver {
  readonly #connection: DuckDbReader

  constructor(warehouse: Warehouse) {
    this.#connection = new DuckDbReader(warehouse)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  async beginTransaction(): Promise<void> {
    throw readOnly()
  }

  async commitTransaction(): Promise<void> {
    throw readOnly()
  }

  async rollbackTransaction(): Promise<void> {}

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

function readOnly(): QueryError {
  return new QueryError('the warehouse is read-only through Kysely; write through Warehouse.write', { sql: 'BEGIN' })
}

class DuckDbReader implements DatabaseConnection {
  readonly #warehouse: Warehouse

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const rows = await this.#warehouse.read((session) => session.rows(query.sql, parametersOf(query)))
    return { rows: rows as Row[] }
  }

  /** A vector of up to 2,048 rows at a time, whatever size was asked for: DuckDB's own measure. */
  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    const session: Session = await this.#warehouse.session()
    try {
      for await (const rows of session.batches(query.sql, parametersOf(query))) yield { rows: rows as Row[] }
    } finally {
      session.close()
    }
  }
}

function parametersOf(query: CompiledQuery): Parameter[] {
  return query.parameters.map((value, index) => {
    if (value instanceof Date) return value.toISOString()
    if (value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value)) return value as Parameter
    throw new QueryError(
      `parameter $${index + 1} is ${typeof value}; text, numbers, booleans, Date and null can be bound`,
      query,
    )
  })
}

class DuckDbIntrospector implements DatabaseIntrospector {
  readonly #warehouse: Warehouse

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse
  }

  async getSchemas(): Promise<SchemaMetadata[]> {
    return this.#warehouse.read((session) =>
      session.rows<SchemaMetadata>(`SELECT schema_name AS name FROM duckdb_schemas() WHERE NOT internal ORDER BY 1`),
    )
  }

  async getTables(): Promise<TableMetadata[]> {
    const rows = await this.#warehouse.read((session) => session.rows<IntrospectedColumn>(COLUMNS))
    const tables = new Map<string, TableMetadata>()
    for (const { schema, table, isView, name, dataType, isNullable, hasDefaultValue } of rows) {
      const found = tables.get(`${schema}.${table}`) ?? { schema, name: table, isView, columns: [] }
      found.columns.push({ name, dataType, isNullable, hasDefaultValue, isAutoIncrementing: false })
      tables.set(`${schema}.${table}`, found)
    }
    return [...tables.values()]
  }

  async getMetadata(): Promise<DatabaseMetadata> {
    return { tables: await this.getTables() }
  }
}

interface IntrospectedColumn {
  schema: string
  table: string
  isView: boolean
  name: string
  dataType: string
  isNullable: boolean
  hasDefaultValue: boolean
}

const COLUMNS = `
  SELECT schema_name AS schema, table_name AS table, column_name AS name, data_type AS "dataType",
    (schema_name, table_name) IN (SELECT (schema_name, view_name) FROM duckdb_views()) AS "isView",
    is_nullable AS "isNullable", column_default IS NOT NULL AS "hasDefaultValue"
  FROM duckdb_columns() WHERE NOT internal ORDER BY schema_name, table_name, column_index`
