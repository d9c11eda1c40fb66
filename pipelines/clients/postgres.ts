import { Client, escapeIdentifier, escapeLiteral } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { SourceError } from '../../errors.ts'
import { fieldsOf } from '../sources/copy-text.ts'
import {
  databaseError,
  nameParts,
  type DatabaseFaults,
  type DatabaseSnapshot,
  type DatabaseTable,
  type TableQuery,
} from './database.ts'

const FAULTS: DatabaseFaults = {
  system: 'PostgreSQL',
  example: 'postgres://user:password@host:5432/database',
  codes: {
    '28P01': 'database_password',
    '28000': 'database_refuses_user',
    '3D000': 'database_missing',
    '42501': 'database_no_permission',
    '53300': 'database_full',
    ENOTFOUND: 'database_no_host',
    ECONNREFUSED: 'database_no_answer',
  },
  // Connection, resources, operator intervention, rollback.
  passes: (code, message) =>
    code.startsWith('E') || /terminat|timeout|ECONNRESET|closed/i.test(message) || /^(08|53|57|40)/.test(code),
}

/** Each window is one COPY on a connection of its own. */
export async function openPostgres(url: string, source: string, entity?: string): Promise<DatabaseSnapshot> {
  const fail = (error: unknown): SourceError => databaseError(error, FAULTS, { url, source, entity })
  const client = newClient(url, fail)
  // The error reaches whoever waits for an answer; without a listener it would end the process.
  client.on('error', () => undefined)
  const guard = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw fail(error)
    }
  }
  try {
    await client.connect()
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query(
      `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL bytea_output = 'hex'; SET LOCAL client_encoding = 'UTF8'; SET LOCAL statement_timeout = 0; SET LOCAL synchronize_seqscans = off`,
    )
  } catch (error) {
    cut(client)
    throw fail(error)
  }
  return {
    table: (name) => guard(describeTable(client, name)),
    tables: () => guard(listTables(client)),
    rows: async function* (query) {
      await guard(keepBounds(client, query))
      const fields = fieldsOf(
        query.table.columns.map(({ name }) => escapeIdentifier(name)),
        'NULL',
      )
      const end = query.limit === undefined ? '' : ` LIMIT ${query.limit}`
      const select = `SELECT ${fields.join(', ')} FROM ${fromSql(query)}${end}`
      try {
        yield* client.query(copyTo(`COPY (${select}) TO STDOUT`, { highWaterMark: 1 << 20 })) as AsyncIterable<Buffer>
      } catch (error) {
        throw fail(error)
      }
    },
    highest: async (query) => {
      const select = `SELECT CAST(max(${escapeIdentifier(query.cursor.name)}) AS text) FROM ${fromSql(query)}`
      const { rows } = await guard(client.query<(string | null)[]>({ text: select, rowMode: 'array' }))
      return rows[0]?.[0] ?? null
    },
    close: async () => cut(client),
  }
}

function newClient(url: string, fail: (error: unknown) => SourceError): Client {
  // Its own reader takes any text for a host or a database.
  if (!/^(postgres|postgresql):\/\/|^socket:/.test(url)) throw fail(new Error('the connection URL is not valid'))
  try {
    return new Client({
      connectionString: url,
      connectionTimeoutMillis: 15_000,
      application_name: 'trueworth',
      keepAlive: true,
    })
  } catch {
    throw fail(new Error('the connection URL is not valid'))
  }
}

/** Ends the connection at once, even in the middle of an answer; there is nothing to commit. */
function cut(client: Client): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } }
  connection.stream.destroy()
}

async function describeTable(client: Client, name: string): Promise<DatabaseTable | undefined> {
  const sql = tableName(name)
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [sql],
  )
  if (rows.length === 0) return undefined
  return { sql, columns: rows.map(({ name, type }) => ({ name, type, landed: landedType(type) })) }
}

async function listTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1 LIMIT 1000`,
  )
  return rows.map(({ name }) => name)
}

function tableName(name: string): string {
  return nameParts(name).map(escapeIdentifier).join('.')
}

/** COPY takes no parameters, so the bounds stand in settings of the transaction. */
async function keepBounds(client: Client, { since, until }: TableQuery): Promise<void> {
  await client.query('SELECT set_config($1, $2, true), set_config($3, $4, true)', [
    'trueworth.since',
    since ?? '',
    'trueworth.until',
    until ?? '',
  ])
}

function fromSql({ table, cursor, since, until }: TableQuery): string {
  if (cursor === undefined || (since === null && until === null)) return table.sql
  const column = escapeIdentifier(cursor.name)
  const bound = (name: string): string =>
    `CAST(current_setting(${escapeLiteral(`trueworth.${name}`)}) AS ${cursor.type})`
  const conditions = [
    ...(since === null ? [] : [`(${until === null ? `${column} IS NULL OR ` : ''}${column} >= ${bound('since')})`]),
    ...(until === null ? [] : [`${column} < ${bound('until')}`]),
  ]
  return `${table.sql} WHERE ${conditions.join(' AND ')}`
}

/** The DuckDB type that holds every value of a PostgreSQL type; text where none does. */
function landedType(type: string): string {
  if (/^(smallint|integer|bigint)$/.test(type)) return 'BIGINT'
  if (/^(real|double precision)$/.test(type)) return 'DOUBLE'
  if (type === 'boolean') return 'BOOLEAN'
  if (type === 'date') return 'DATE'
  if (/^timestamp(\(\d\))? without time zone$/.test(type)) return 'TIMESTAMP'
  if (/^timestamp(\(\d\))? with time zone$/.test(type)) return 'TIMESTAMP WITH TIME ZONE'
  const numeric = /^numeric\((\d+),(\d+)\)$/.exec(type)
  const [precision, scale] = [Number(numeric?.[1]), Number(numeric?.[2])]
  return numeric !== null && precision <= 38 && scale <= precision ? `DECIMAL(${precision},${scale})` : 'VARCHAR'
}
