import { QueryError } from '../errors.ts'
import { pace } from '../pace.ts'
import type { Session, Warehouse } from './warehouse.ts'

export interface ColumnDescription {
  readonly name: string
  /** As DuckDB writes it: VARCHAR, DECIMAL(18,2), TIMESTAMP … */
  readonly type: string
}

/** What DuckDB says of a statement at fault, taken apart. */
export interface SqlFault {
  readonly message: string
  /** Counted from 1 in the statement as given; undefined where DuckDB names no place. */
  readonly line: number | undefined
  /** Names DuckDB would have understood, nearest first. */
  readonly candidates: readonly string[]
}

/** What the parser says of one SELECT: the tables it reads, or why it does not parse. */
export type Parsed = { readonly tables: readonly string[] } | { readonly fault: SqlFault }

/** The tables one SELECT reads, as `schema.table`, sorted. Throws a QueryError where it does not parse; see `faultOf`. */
export async function dependencies(session: Session, sql: string): Promise<string[]> {
  const [parsed] = await parse(session, [sql])
  if (parsed && 'tables' in parsed) return [...parsed.tables]
  throw new QueryError(parsed ? written(parsed.fault, sql) : 'Parser Error: no statement', { sql })
}

/**
 * Parses many SELECTs in one question to DuckDB: a tenth of a millisecond each, six times faster than one by one.
 * Names that a WITH introduces are no tables; a name without a schema stands as it is.
 */
export async function parse(session: Session, statements: readonly string[]): Promise<Parsed[]> {
  const rows = await session.rows<{ tree: string }>(
    `SELECT json_serialize_sql(sql, skip_empty := true, skip_null := true, skip_default := true) AS tree
     FROM (SELECT unnest(from_json($1::VARCHAR, '["VARCHAR"]')) AS sql)`,
    [JSON.stringify(statements)],
  )
  const all: Parsed[] = []
  for (const [index, { tree }] of rows.entries()) {
    all.push(parsed(JSON.parse(tree) as Serialized, statements[index] ?? ''))
    await pace()
  }
  return all
}

/** The columns a SELECT answers with, without running it. Throws a QueryError where it does not bind; see `faultOf`. */
export async function describe(session: Session, sql: string): Promise<ColumnDescription[]> {
  return session.describe(sql)
}

/** A session for checking many models: it plans without optimising, which halves the time of `describe`. The caller closes it. */
export async function checkingSession(warehouse: Warehouse): Promise<Session> {
  const session = await warehouse.session()
  await session.run('PRAGMA disable_optimizer')
  return session
}

/** Takes an error of DuckDB apart. */
export function faultOf(error: unknown): SqlFault {
  const text = error instanceof Error ? error.message : String(error)
  const line = /\nLINE (\d+):/.exec(text)?.[1]
  const [beforeLine = text] = text.split(/\n+LINE \d+:/)
  const message = beforeLine.replace(/^Failed to extract statements: /, '').replace(/\n+Candidate bindings:.*/s, '')
  return { message: message.trim(), line: line === undefined ? undefined : Number(line), candidates: candidates(text) }
}

function candidates(text: string): string[] {
  const list = /Candidate bindings:(.*)/.exec(text)?.[1] ?? /Did you mean (.*)/.exec(text)?.[1] ?? ''
  return [...list.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '')
}

function written(fault: SqlFault, sql: string): string {
  if (fault.line === undefined) return fault.message
  return `${fault.message}\n\nLINE ${fault.line}: ${sql.split('\n')[fault.line - 1] ?? ''}`
}

type Serialized =
  | { readonly error: true; readonly error_type: string; readonly error_message: string; readonly position?: string }
  | { readonly error: false; readonly statements: readonly Node[] }

/** A node of DuckDB's parse tree. */
type Node = { readonly [name: string]: unknown }

function parsed(answer: Serialized, sql: string): Parsed {
  if (answer.error) return { fault: parserFault(answer, sql) }
  if (answer.statements.length !== 1) {
    return {
      fault: {
        message: `one SELECT is expected, ${answer.statements.length} statements stand here`,
        line: undefined,
        candidates: [],
      },
    }
  }
  const tables = new Set<string>()
  collect(answer.statements[0], new Set(), tables)
  return { tables: [...tables].sort() }
}

function parserFault(answer: Serialized & { error: true }, sql: string): SqlFault {
  const message = answer.error_type === 'parser' ? `Parser Error: ${answer.error_message}` : answer.error_message
  return {
    message,
    line: answer.position === undefined ? undefined : lineAt(sql, Number(answer.position)),
    candidates: [],
  }
}

/** DuckDB counts characters, an emoji as one. */
function lineAt(sql: string, position: number): number {
  return Array.from(sql).slice(0, position).join('').split('\n').length
}

/** Walks the tree. `known` holds the WITH names in sight, lower case: DuckDB compares names without regard to case. */
function collect(value: unknown, known: ReadonlySet<string>, tables: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const entry of value) collect(entry, known, tables)
    return
  }
  const node = value as Node
  if (node['type'] === 'BASE_TABLE') addTable(node, known, tables)
  const inside = withNames(node, known, tables)
  for (const [name, child] of Object.entries(node)) if (name !== 'cte_map') collect(child, inside, tables)
}

function addTable(node: Node, known: ReadonlySet<string>, tables: Set<string>): void {
  const name = String(node['table_name'])
  if (typeof node['schema_name'] === 'string') tables.add(`${node['schema_name']}.${name}`)
  else if (!known.has(name.toLowerCase())) tables.add(name)
}

/** Collects from a node's WITH and answers the names its body sees. Each entry sees those before it; a recursive one itself. */
function withNames(node: Node, known: ReadonlySet<string>, tables: Set<string>): ReadonlySet<string> {
  const map = (node['cte_map'] as { map?: readonly { key: string; value: { query: { node: Node } } }[] } | undefined)
    ?.map
  if (map === undefined) return known
  const seen = new Set(known)
  for (const { key, value } of map) {
    const name = key.toLowerCase()
    const recursive = value.query.node['type'] === 'RECURSIVE_CTE_NODE'
    collect(value, recursive ? new Set(seen).add(name) : seen, tables)
    seen.add(name)
  }
  return seen
}
