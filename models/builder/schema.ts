import { contractOf, isEntityName } from '../../entities/entities.ts'
import type { Graph, PlannedModel } from './model.ts'

const HEADER = `// Written by \`npm run generate\` from the models and the contracts of entities. Do not edit.
// Whole numbers and decimals are numbers; one too long for a number arrives as text.
// Days are 'YYYY-MM-DD', instants ISO 8601 in UTC. Null is left out where an audit or a contract forbids it.
`

/** Kysely's \`Database\`: every model, then the tables they stand on. The same text for the same models. */
export function generateSchema(graph: Graph): string {
  const models = graph.models.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const tables = [
    ...models.map((model) => block(model.name, model.columnTypes, notNullOf(model))),
    ...Object.entries(graph.known).map(([name, columns]) => block(name, columns, contractNotNull(name))),
  ]
  return `${HEADER}export interface Database {\n${tables.join('\n')}\n}\n`
}

function block(table: string, columns: Readonly<Record<string, string>>, notNull: ReadonlySet<string>): string {
  const lines = Object.entries(columns).map(
    ([column, type]) => `    ${column}: ${jsType(type)}${notNull.has(column) ? '' : ' | null'}`,
  )
  return `  '${table}': {\n${lines.join('\n')}\n  }`
}

/** What data/values.ts makes of a DuckDB type. */
function jsType(type: string): string {
  if (/^(U?(TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\((\d|1[0-8]),\d+\))$/.test(type)) return 'number'
  if (/^(U?HUGEINT|DECIMAL\(.*)$/.test(type)) return 'number | string'
  if (type === 'BOOLEAN') return 'boolean'
  if (/^(VARCHAR|DATE|TIMESTAMP.*|TIME.*|UUID|INTERVAL|ENUM.*)$/.test(type)) return 'string'
  return 'unknown'
}

/** Columns an audit of severity error keeps filled. */
function notNullOf(model: PlannedModel): ReadonlySet<string> {
  const audits = model.audits.filter((audit) => audit.severity === 'error')
  return new Set(audits.flatMap((audit) => (audit.kind === 'not_null' ? audit.columns : [])))
}

function contractNotNull(table: string): ReadonlySet<string> {
  const [schema = '', entity = ''] = table.split('.')
  if (!['raw', 'history'].includes(schema) || !isEntityName(entity)) return new Set()
  const { columns, key } = contractOf(entity)
  const required = Object.entries(columns).flatMap(([name, column]) => (column.required ? [name] : []))
  const load = ['source', 'batch_id', 'loaded_at', 'known_from']
  return new Set([
    ...key,
    ...required,
    ...load,
    ...(schema === 'history' ? ['known_to', 'ended_by_batch', 'ended_how'] : []),
  ])
}
