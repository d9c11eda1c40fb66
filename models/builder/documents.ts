import { contractOf, entityNames, type EntityName } from '../../entities/entities.ts'
import { recordColumns, sqlType, type Column } from '../../entities/entity.ts'
import type { Metric } from '../metrics/metric.ts'
import { lineageText } from './lineage.ts'
import type { Graph, PlannedModel } from './model.ts'

const NOTE = 'Written by `npm run generate`; `npm run check` proves it fresh.'

/** docs/entities.md: the contract of every entity. */
export function entitiesDocument(): string {
  const parts = entityNames.map(entityPart)
  const record = tableOf(
    ['column', 'type', 'must', 'words', 'meaning'],
    Object.entries(recordColumns).map(([name, column]) => columnCells(name, column, [])),
  )
  return `# Entities

What a source may give, and what each row is held to. A row that lacks a required column, or holds a value that is not
listed, goes to the rejects with the reason. Everything else is optional: what is missing costs only the figures that
stand on it. ${NOTE}

Besides its own columns every entity may fill:

${record}

${parts.join('\n\n')}
`
}

function entityPart(name: EntityName): string {
  const { words, about, key, happened, columns } = contractOf(name)
  const rows = Object.entries(columns).map(([column, contract]) => columnCells(column, contract, key))
  const clock = happened === undefined ? '' : ` Happened: \`${happened}\`.`
  return `## ${name} ${words.zh}

${words.en}. ${about}${clock}

${tableOf(['column', 'type', 'must', 'words', 'meaning'], rows)}`
}

function columnCells(name: string, column: Column, key: readonly string[]): string[] {
  const must = key.includes(name) ? 'key' : column.required ? 'required' : ''
  const meaning = [
    column.about,
    column.references && `Names a row of ${column.references}.`,
    column.values && `One of ${column.values.map((value) => `\`${value}\``).join(', ')}.`,
  ]
  return [
    `\`${name}\``,
    `${column.type} (${sqlType(column.type)})`,
    must,
    `${column.words.en} · ${column.words.zh}`,
    meaning.filter(Boolean).join(' '),
  ]
}

/** What is written about one model: description, grain, columns, audits and what it reads. */
export function modelDocument(graph: Graph, name: string): string {
  return graph.models
    .filter((model) => model.name === name)
    .map((model) => modelPart(model, graph))
    .join('\n')
}

/** docs/models.md: what each model is, its columns and where they come from. */
export function modelsDocument(graph: Graph): string {
  const schemas = [...new Set(graph.models.map((model) => model.schema))].toSorted(
    (one, other) => depth(other) - depth(one),
  )
  const parts = schemas.map((schema) => {
    const models = graph.models
      .filter((model) => model.schema === schema)
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    return `## ${schema}\n\n${models.map((model) => modelPart(model, graph)).join('\n\n')}`
  })
  return `# Models

Every model, answers first. How they hang together as a picture: \`npm run trueworth -- models --picture models.svg\`. ${NOTE}

${parts.join('\n\n')}

## Lineage

A branch that was shown before ends in …

\`\`\`
${lineageText(graph).trimEnd()}
\`\`\`
`
}

function depth(schema: string): number {
  return ['staging', 'core', 'rules', 'marts'].indexOf(schema)
}

function modelPart(model: PlannedModel, graph: Graph): string {
  const rows = Object.entries(model.columnTypes).map(([column, type]) => [
    `\`${column}\``,
    type,
    model.abouts[column] ?? '',
  ])
  const audits = model.audits.map((audit) => `- ${audit.name}${audit.severity === 'warn' ? ' (warns only)' : ''}`)
  const readers = graph.models.filter((other) => other.upstream.includes(model.name)).map((other) => other.name)
  return `### ${model.name}

${model.description}

- One row per ${model.grain.map((column) => `\`${column}\``).join(', ')}; ${model.materialised}; \`${model.file}\`
- Reads ${model.upstream.join(', ') || 'nothing'}
- Read by ${readers.join(', ') || 'metrics and pages only'}

${tableOf(['column', 'type', 'meaning'], rows)}
${audits.length > 0 ? `\nAudits\n\n${audits.join('\n')}` : ''}`
}

/** docs/metrics.md: every figure, what it means, how it is computed and what it stands on. */
export function metricsDocument(metrics: Readonly<Record<string, Metric>>): string {
  const parts = Object.entries(metrics).map(([name, metric]) => {
    const coverage =
      'coverage' in metric && metric.coverage
        ? [
            `- Coverage: ${metric.coverage.known} of ${metric.coverage.of}: ${metric.coverage.words.en} · ${metric.coverage.words.zh}`,
          ]
        : []
    const lines = [
      `- Unit: ${metric.unit}; good: ${metric.direction}`,
      `- ${computation(metric)}`,
      `- Stands on: ${metric.standsOn.map((field) => `\`${field}\``).join(', ') || 'nothing that a source could lack'}`,
      ...coverage,
    ]
    return `## ${name}\n\n**${metric.words.en} · ${metric.words.zh}**\n\n${metric.about.en}\n\n${metric.about.zh}\n\n${lines.join('\n')}`
  })
  return `# Metrics

Every figure that pages, reports, exports and \`/api/query\` can ask for by name. ${NOTE}

${parts.join('\n\n')}
`
}

function computation(metric: Metric): string {
  if ('rankOf' in metric) return `Place among the rows of the answer by \`${metric.rankOf}\`, largest first`
  if ('mart' in metric) return `\`${metric.sql}\` over \`${metric.mart}\``
  return `\`${metric.sql}\`, from ${metric.from.map((name) => `\`${name}\``).join(', ')}`
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
