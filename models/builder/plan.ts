import type { Session } from '../../data/warehouse.ts'
import { ModelError } from '../../errors.ts'
import { complain, unknownTable } from './complain.ts'
import { describeColumns } from './describe.ts'
import type { Graph, Model, PlannedModel, Tables } from './model.ts'
import { nearest } from './nearest.ts'
import { parseSelects, type Parsed } from './parse.ts'

/** What a scratch session holds from earlier plans: the shape of each table and what it was made from. */
interface Memory {
  readonly shapes: Map<string, string>
  readonly planned: Map<string, { from: string; columnTypes: Readonly<Record<string, string>> }>
  readonly parsed: Map<string, readonly Parsed[]>
}

const memories = new WeakMap<Session, Memory>()

/**
 * Puts models in order and finds the columns and types of each, by preparing its SELECT over empty upstream tables.
 * `session` is a scratch session (in memory) with the macros installed; a second call on it prepares only what changed.
 * Throws a ModelError that names file and line.
 */
export async function planModels(session: Session, models: readonly Model[], known: Tables): Promise<Graph> {
  const memory = memories.get(session) ?? { shapes: new Map(), planned: new Map(), parsed: new Map() }
  memories.set(session, memory)
  const parsed = await parseModels(session, models, memory)
  const ordered = inOrder(models, parsed)
  const tables: Record<string, Readonly<Record<string, string>>> = { ...known }
  for (const [name, columns] of Object.entries(known)) await shape(session, memory, name, columns)
  const planned: PlannedModel[] = []
  for (const model of ordered) {
    const selects = parsed.get(model.name) ?? []
    const upstream = upstreamOf(selects)
    for (const name of upstream) if (!(name in tables)) throw missing(name, model, selects, { ...tables, ...named(models) })
    const from = `${model.hash} ${upstream.map((name) => memory.shapes.get(name)).join(' ')}`
    const before = memory.planned.get(model.name)
    const columnTypes = before?.from === from ? before.columnTypes : await typesOf(session, model, selects, tables)
    await shape(session, memory, model.name, columnTypes)
    memory.planned.set(model.name, { from, columnTypes })
    tables[model.name] = columnTypes
    checkColumns(model, columnTypes)
    planned.push({ ...model, upstream, columnTypes, abouts: {} })
  }
  return describeColumns(planned, known)
}

function selectsOf(model: Model): readonly string[] {
  return model.kind === 'sql' ? [model.sql] : Object.values(model.reads)
}

async function parseModels(session: Session, models: readonly Model[], memory: Memory): Promise<Map<string, readonly Parsed[]>> {
  const fresh = models.filter((model) => !memory.parsed.has(model.hash + model.name))
  const answers = await parseSelects(session, fresh.flatMap(selectsOf))
  let next = 0
  for (const model of fresh) {
    const own = selectsOf(model).map(() => answers[next++] as Parsed)
    for (const [index, { error }] of own.entries()) if (error) throw unparsed(model, selectsOf(model)[index] ?? '', error)
    memory.parsed.set(model.hash + model.name, own)
  }
  return new Map(models.map((model) => [model.name, memory.parsed.get(model.hash + model.name) ?? []]))
}

function unparsed(model: Model, sql: string, error: { message: string; position: number }): ModelError {
  const first = model.kind === 'sql' ? model.firstLine : 1
  const line = first + sql.slice(0, error.position).split('\n').length - 1
  const at = model.kind === 'sql' ? ` line ${line}` : ''
  return new ModelError(`${model.file}${at}: ${error.message}`, { model: model.name, line, phase: 'parse' })
}

function upstreamOf(selects: readonly Parsed[]): string[] {
  return [...new Set(selects.flatMap((select) => select.upstream))].sort()
}

/** Upstream first; among equals by name, so that the order is the same every time. Throws with the cycle named. */
function inOrder(models: readonly Model[], parsed: ReadonlyMap<string, readonly Parsed[]>): Model[] {
  const byName = new Map(models.map((model) => [model.name, model]))
  const ordered = new Map<string, Model>()
  const visit = (model: Model, path: readonly string[]): void => {
    if (ordered.has(model.name)) return
    if (path.includes(model.name)) {
      const cycle = [...path.slice(path.indexOf(model.name)), model.name].join(' → ')
      throw new ModelError(`${model.file}: models read each other in a circle: ${cycle}; let one of them read something further upstream`, {
        model: model.name,
        phase: 'bind',
      })
    }
    for (const name of upstreamOf(parsed.get(model.name) ?? [])) {
      const next = byName.get(name)
      if (next) visit(next, [...path, model.name])
    }
    ordered.set(model.name, model)
  }
  for (const model of [...models].sort((one, other) => (one.name < other.name ? -1 : 1))) visit(model, [])
  return [...ordered.values()]
}

function named(models: readonly Model[]): Tables {
  return Object.fromEntries(models.map((model) => [model.name, {}]))
}

function missing(name: string, model: Model, selects: readonly Parsed[], tables: Tables): ModelError {
  const [schema, table] = name.split('.')
  let position: number | undefined
  for (const { tree } of selects) {
    const node = new RegExp(`"query_location":(\\d+),"schema_name":"${schema}","table_name":"${table}"`).exec(JSON.stringify(tree))
    position ??= node ? Number(node[1]) : undefined
  }
  const line = model.kind === 'sql' && position !== undefined ? model.firstLine + model.sql.slice(0, position).split('\n').length - 1 : undefined
  return new ModelError(`${model.file}${line === undefined ? '' : ` line ${line}`}: ${unknownTable(name, tables)}`, {
    model: model.name,
    phase: 'bind',
    ...(line !== undefined && { line }),
  })
}

async function typesOf(session: Session, model: Model, selects: readonly Parsed[], tables: Tables): Promise<Record<string, string>> {
  for (const [index, sql] of selectsOf(model).entries()) {
    const padding = model.kind === 'sql' ? '\n'.repeat(model.firstLine - 1) : ''
    try {
      const types = await prepare(session, padding + sql)
      if (model.kind === 'sql') return uniquelyNamed(model, types)
    } catch (cause) {
      if (cause instanceof ModelError) throw cause
      throw complain(cause, { model, tree: selects[index]?.tree, tables })
    }
  }
  return model.kind === 'script' ? { ...model.types } : {}
}

async function prepare(session: Session, sql: string): Promise<[string, string][]> {
  const statement = await session.connection.prepare(sql)
  try {
    return Array.from({ length: statement.columnCount }, (_, index) => [statement.columnName(index), String(statement.columnType(index))])
  } finally {
    statement.destroySync()
  }
}

function uniquelyNamed(model: Model, types: readonly [string, string][]): Record<string, string> {
  const columns = Object.fromEntries(types)
  const twice = types.find(([name], index) => types.findIndex(([other]) => other === name) !== index)
  if (!twice) return columns
  throw new ModelError(`${model.file}: two columns are named ${twice[0]}; give one of them another name with AS`, { model: model.name, phase: 'bind' })
}

/** Keeps an empty table of these columns in the scratch database. */
async function shape(session: Session, memory: Memory, name: string, columns: Readonly<Record<string, string>>): Promise<void> {
  const list = Object.entries(columns).map(([column, type]) => `"${column}" ${type}`).join(', ')
  if (memory.shapes.get(name) === list) return
  const schema = name.split('.')[0] ?? name
  if (!memory.shapes.has(`${schema}.`)) await session.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
  await session.run(`CREATE OR REPLACE TABLE ${name} (${list})`)
  memory.shapes.set(`${schema}.`, '').set(name, list)
}

/** What the header says of columns must be true of the SELECT. */
function checkColumns(model: Model, columnTypes: Readonly<Record<string, string>>): void {
  const audited = model.audits.flatMap((audit) => {
    if (audit.kind === 'unique' || audit.kind === 'not_null') return audit.columns
    return audit.kind === 'accepted' || audit.kind === 'references' ? [audit.column] : []
  })
  const parts: [string, readonly string[]][] = [
    ['grain', model.grain],
    ['columns', Object.keys(model.columns)],
    ['audits', audited],
  ]
  for (const [part, names] of parts) {
    const absent = names.find((name) => !(name in columnTypes))
    if (absent === undefined) continue
    const like = nearest(absent, Object.keys(columnTypes))
    throw new ModelError(
      `${model.file}: the header's ${part} name ${absent}, which the model does not give; it gives ${Object.keys(columnTypes).join(', ')}${like ? `; nearest: ${like}` : ''}`,
      { model: model.name, phase: 'bind' },
    )
  }
}
