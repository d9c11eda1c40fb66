import type { Session } from '../../data/warehouse.ts'

/** A node of DuckDB's own syntax tree, as json_serialize_sql gives it. */
export type SyntaxNode = { readonly [name: string]: unknown }

export interface Parsed {
  readonly tree?: SyntaxNode
  /** Tables named with their schema: 'core.requests'. CTEs have none and are left out. */
  readonly upstream: readonly string[]
  /** Names of functions called, in small letters. */
  readonly functions: readonly string[]
  readonly error?: { readonly message: string; readonly position: number }
}

interface Serialised {
  readonly error: boolean
  readonly error_message?: string
  readonly position?: string
  readonly statements?: readonly SyntaxNode[]
}

/** Asks DuckDB's parser for the syntax tree of each SELECT and the tables it reads. One round trip for all. */
export async function parseSelects(session: Session, selects: readonly string[]): Promise<Parsed[]> {
  if (selects.length === 0) return []
  const rows = await session.rows<{ tree: string }>(
    `SELECT json_serialize_sql(text) AS tree
     FROM (SELECT unnest(from_json($1, '["VARCHAR"]')) AS text, unnest(range($2)) AS place) ORDER BY place`,
    [JSON.stringify(selects), selects.length],
  )
  return rows.map((row) => digest(JSON.parse(row.tree)))
}

function digest(answer: Serialised): Parsed {
  const nothing = { upstream: [], functions: [] }
  if (answer.error) {
    return { ...nothing, error: { message: answer.error_message ?? 'does not parse', position: Number(answer.position ?? 0) } }
  }
  const [tree, second] = answer.statements ?? []
  if (!tree || second) return { ...nothing, error: { message: 'one SELECT is wanted, not several statements', position: 0 } }
  const upstream = new Set<string>()
  const functions = new Set<string>()
  walk(tree, (node) => {
    if (node['type'] === 'BASE_TABLE' && node['schema_name']) upstream.add(`${node['schema_name']}.${node['table_name']}`)
    if (typeof node['function_name'] === 'string') functions.add(node['function_name'].toLowerCase())
  })
  return { tree, upstream: [...upstream].sort(), functions: [...functions].sort() }
}

/** Visits every node of a syntax tree, parents first. */
export function walk(value: unknown, visit: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit)
  } else if (value !== null && typeof value === 'object') {
    visit(value as SyntaxNode)
    for (const item of Object.values(value)) if (typeof item === 'object') walk(item, visit)
  }
}
