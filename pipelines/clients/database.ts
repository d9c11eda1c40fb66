import { fault, type FaultCode } from '../../entities/faults.ts'
import { SourceError } from '../../errors.ts'

/** A column as its database has it: `type` in its own words, `landed` the DuckDB type that holds every value of it. */
export interface DatabaseColumn {
  readonly name: string
  readonly type: string
  readonly landed: string
}

export interface DatabaseTable {
  /** As SQL of that database: "public"."orders". */
  readonly sql: string
  readonly columns: readonly DatabaseColumn[]
}

/** Rows of a table: those at or above `since` and below `until`; those without a cursor too, unless `until` is given. */
export interface TableQuery {
  readonly table: DatabaseTable
  readonly cursor: DatabaseColumn | undefined
  readonly since: string | null
  readonly until: string | null
  readonly limit: number | undefined
}

/**
 * One connection in one read-only transaction: everything asked of it is one snapshot. Errors are SourceErrors, say
 * whether to try again, and never hold the URL or the password.
 */
export interface DatabaseSnapshot {
  /** Undefined: there is no such table, or the user may not see it. */
  table(name: string): Promise<DatabaseTable | undefined>
  /** Tables and views of the user, with their schema. */
  tables(): Promise<string[]>
  /** Rows in the text layout of PostgreSQL's COPY (see copy-text.ts). Blocks end anywhere. */
  rows(query: TableQuery): AsyncIterable<Uint8Array>
  /** The highest text of the cursor among those rows, in the order of the database. */
  highest(query: TableQuery & { readonly cursor: DatabaseColumn }): Promise<string | null>
  close(): Promise<void>
}

export type OpenDatabase = (url: string, source: string, entity?: string) => Promise<DatabaseSnapshot>

/** What may be wrong with a database, by the codes of its own errors. */
export interface DatabaseFaults {
  /** 'PostgreSQL', 'MySQL'. */
  readonly system: string
  /** How a URL looks. */
  readonly example: string
  readonly codes: Readonly<Record<string, FaultCode & `database_${string}`>>
  /** Whether an error of this code and message passes by itself. */
  readonly passes: (code: string, message: string) => boolean
}

/** An error of a database as a SourceError, in words without secrets. */
export function databaseError(
  error: unknown,
  { system, example, codes, passes }: DatabaseFaults,
  { url, source, entity }: { url: string; source: string; entity: string | undefined },
): SourceError {
  if (error instanceof SourceError) return error
  // Several addresses were tried: an AggregateError has no message of its own.
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error
  const message = first instanceof Error ? first.message : String(first)
  const code = first instanceof Error && 'code' in first ? String(first.code) : ''
  const retry = passes(code, message)
  const known = codes[code] ?? (retry ? 'database_lost' : 'database_failed')
  return new SourceError(fault(known, { source, system, message: withoutUrl(message, url), example }), {
    source,
    ...(entity !== undefined && { entity }),
    retry,
  })
}

function withoutUrl(message: string, url: string): string {
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

/** 'schema.table' in parts; a part in double quotes may hold a dot. */
export function nameParts(name: string): string[] {
  return [...name.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)].map(
    (match) => match[1]?.replaceAll('""', '"') ?? match[2]?.trim() ?? '',
  )
}
