import type { Session } from '../../data/warehouse.ts'

/** A node of DuckDB's own syntax tree, as json_serialize_sql gives it. */
export type SyntaxNode = { readonly [name: string]: unknown }

/** The syntax tree of one SELECT, for what the catalogue does not answer; undefined where it does not parse. */
export async function syntaxTree(session: Session, select: string): Promise<SyntaxNode | undefined> {
  const answer = await session.one<{ tree: string }>('SELECT json_serialize_sql($1::VARCHAR) AS tree', [select])
  const { statements } = JSON.parse(answer?.tree ?? '{}') as { statements?: SyntaxNode[] }
  return statements?.[0]
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
