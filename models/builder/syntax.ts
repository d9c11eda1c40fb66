import type { Session } from '../../data/warehouse.ts'

/** A node of DuckDB's own syntax tree, as json_serialize_sql gives it. */
export type SyntaxNode = { readonly [name: string]: unknown }

/** The syntax tree of one SELECT, for what the catalogue does not answer; undefined where it does not parse. */
export async function syntaxTree(session: Session, select: string): Promise<SyntaxNode | undefined> {
  const answer = await session.one<{ tree: string }>('SELECT json_serialize_sql($1::VARCHAR) AS tree', [select])
  const { statements } = JSON.parse(answer?.tree ?? '{}') as { statements?: SyntaxNode[] }
  return statements?.[0]
}

/** The text a tree holds at this place; empty where it holds none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The line, from 1, of a position in a text. DuckDB counts characters, an emoji as one. */
export function lineAt(text: string, position: number): number {
  return Array.from(text).slice(0, position).join('').split('\n').length
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
