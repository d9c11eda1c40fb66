import { textOf, type SyntaxNode } from './syntax.ts'
import type { Tables } from './model.ts'

/** A table, CTE or subquery that a SELECT reads, by the name it has there, and its columns where they can be told. */
export interface Relation {
  readonly name: string
  readonly columns: readonly string[]
}

type Ctes = ReadonlyMap<string, SyntaxNode>

/** The relations within reach of the first mention of column `name` (of relation `of`, where the SQL says so). */
export function relationsAround(tree: SyntaxNode, column: { name: string; of?: string }, tables: Tables): Relation[] {
  const found = find(tree['node'], column, new Map(), tables)
  const named = found?.filter(
    (relation) => relation.name.split('.').at(-1) === column.of || relation.name === column.of,
  )
  return named?.length ? named : (found ?? [])
}

function find(
  value: unknown,
  column: { name: string; of?: string },
  ctes: Ctes,
  tables: Tables,
  around?: SyntaxNode,
): Relation[] | undefined {
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = find(item, column, ctes, tables, around)
      if (found) return found
    }
    return undefined
  }
  if (value === null || typeof value !== 'object') return undefined
  const node = value as SyntaxNode
  const inner = node['cte_map'] ? withCtes(node, ctes) : ctes
  const select = node['type'] === 'SELECT_NODE' ? node : around
  if (node['class'] === 'COLUMN_REF' && mentions(node['column_names'], column)) {
    return select ? relationsOf(select['from_table'], ctes, tables) : []
  }
  for (const item of Object.values(node)) {
    const found = find(item, column, inner, tables, select)
    if (found) return found
  }
  return undefined
}

function mentions(names: unknown, column: { name: string; of?: string }): boolean {
  if (!Array.isArray(names) || names.at(-1) !== column.name) return false
  return column.of === undefined || names.at(-2) === column.of
}

function withCtes(node: SyntaxNode, outer: Ctes): Ctes {
  const map = new Map(outer)
  const entries = (node['cte_map'] as { map: { key: string; value: { query: { node: SyntaxNode } } }[] }).map
  for (const { key, value } of entries) map.set(key, value.query.node)
  return map
}

function relationsOf(from: unknown, ctes: Ctes, tables: Tables): Relation[] {
  const node = from as SyntaxNode | null
  if (!node) return []
  if (node['type'] === 'JOIN')
    return [...relationsOf(node['left'], ctes, tables), ...relationsOf(node['right'], ctes, tables)]
  const alias = textOf(node['alias']) || undefined
  const table = textOf(node['table_name'])
  if (node['type'] === 'SUBQUERY') {
    const inner = (node['subquery'] as { node: SyntaxNode }).node
    return [{ name: alias ?? 'the subquery', columns: outputOf(inner, ctes, tables) }]
  }
  if (node['type'] !== 'BASE_TABLE') return []
  if (node['schema_name']) {
    const name = `${textOf(node['schema_name'])}.${table}`
    return [{ name: alias ?? name, columns: Object.keys(tables[name] ?? {}) }]
  }
  const cte = ctes.get(table)
  const rest = new Map(ctes)
  rest.delete(table)
  return [{ name: alias ?? table, columns: cte ? outputOf(cte, rest, tables) : [] }]
}

/** Names of the columns a SELECT gives. */
function outputOf(node: SyntaxNode, outer: Ctes, tables: Tables): string[] {
  const ctes = node['cte_map'] ? withCtes(node, outer) : outer
  if (node['left']) return outputOf(node['left'] as SyntaxNode, ctes, tables)
  const list = (node['select_list'] ?? []) as SyntaxNode[]
  return list.flatMap((item) => {
    if (item['type'] === 'STAR')
      return relationsOf(node['from_table'], ctes, tables).flatMap((relation) => relation.columns)
    if (item['alias']) return [textOf(item['alias'])]
    return Array.isArray(item['column_names']) ? [String(item['column_names'].at(-1))] : []
  })
}
