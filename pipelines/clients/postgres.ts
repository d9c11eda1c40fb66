import { Client, escapeIdentifier, escapeLiteral } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { fault, type FaultCode } from '../../entities/faults.ts'
import { SourceError } from '../../errors.ts'

export interface PostgresTable {
  /** As SQL: "public"."orders". */
  readonly sql: string
  /** `type` as PostgreSQL writes it: 'numeric(10,2)', 'timestamp with time zone'. */
  readonly columns: readonly { readonly name: string; readonly type: string }[]
}

/** One connection in one read-only transaction: everything asked of it is one snapshot. Errors never hold the URL or the password. */
export interface PostgresSnapshot {
  table(name: string): Promise<PostgresTable | undefined>
  tables(): Promise<string[]>
  /** The first column of the first row, as text. Parameters stand as $1, $2 … */
  value(sql: string, parameters: readonly string[]): Promise<string | null>
  /** Keeps a text that SQL reads back with `kept(name)`: COPY takes no parameters. */
  keep(name: string, value: string): Promise<void>
  /** Rows of a SELECT in COPY's text layout. Blocks end anywhere. */
  copy(select: string): AsyncIterable<Buffer>
  close(): Promise<void>
}

/** SQL for a text that `keep` keeps. */
export function kept(name: string): string {
  return `current_setting(${escapeLiteral(`trueworth.${name}`)})`
}

export async function openPostgres(url: string, source: string, entity?: string): Promise<PostgresSnapshot> {
  const fail = (error: unknown): SourceError => postgresError(error, { url, source, entity })
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
    value: async (sql, parameters) => {
      const { rows } = await guard(
        client.query<(string | null)[]>({ text: sql, values: [...parameters], rowMode: 'array' }),
      )
      return rows[0]?.[0] ?? null
    },
    keep: async (name, value) =>
      void (await guard(client.query('SELECT set_config($1, $2, true)', [`trueworth.${name}`, value]))),
    copy: async function* (select) {
      try {
        yield* client.query(copyTo(`COPY (${select}) TO STDOUT`, { highWaterMark: 1 << 20 })) as AsyncIterable<Buffer>
      } catch (error) {
        throw fail(error)
      }
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

async function describeTable(client: Client, name: string): Promise<PostgresTable | undefined> {
  const sql = tableName(name)
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [sql],
  )
  return rows.length === 0 ? undefined : { sql, columns: rows }
}

async function listTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1 LIMIT 1000`,
  )
  return rows.map(({ name }) => name)
}

/** 'schema.table' as identifiers; a part in double quotes may hold a dot. */
function tableName(name: string): string {
  const parts = [...name.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)].map(
    (match) => match[1]?.replaceAll('""', '"') ?? match[2]?.trim() ?? '',
  )
  return parts.map((part) => escapeIdentifier(part)).join('.')
}

const FAULTS: Readonly<Record<string, FaultCode & `postgres_${string}`>> = {
  '28P01': 'postgres_password',
  '28000': 'postgres_refuses_user',
  '3D000': 'postgres_no_database',
  '42501': 'postgres_no_permission',
  '53300': 'postgres_full',
  ENOTFOUND: 'postgres_no_host',
  ECONNREFUSED: 'postgres_no_answer',
}
/** Classes of errors that pass: connection, resources, operator intervention, rollback. */
const PASSING = /^(08|53|57|40)/

function postgresError(
  error: unknown,
  { url, source, entity }: { url: string; source: string; entity: string | undefined },
): SourceError {
  if (error instanceof SourceError) return error
  // Several addresses were tried: an AggregateError has no message of its own.
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error
  const message = first instanceof Error ? first.message : String(first)
  const code = first instanceof Error && 'code' in first ? String(first.code) : ''
  const lost = code.startsWith('E') || /terminat|timeout|ECONNRESET|closed/i.test(message)
  const retry = lost || PASSING.test(code)
  const known = FAULTS[code] ?? (retry ? 'postgres_lost' : 'postgres_failed')
  return new SourceError(fault(known, { source, message: withoutSecrets(message, url) }), {
    source,
    ...(entity !== undefined && { entity }),
    retry,
  })
}

function withoutSecrets(message: string, url: string): string {
  const password = /:\/\/[^:@/]*:([^@]*)@/.exec(url)?.[1] ?? ''
  const secrets = [url, password, safelyDecoded(password)].filter((secret) => secret !== '')
  return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message)
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
