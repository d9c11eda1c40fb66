import { describe, faultOf, parse, type Parsed } from '../../data/catalog.ts'
import type { Session } from '../../data/warehouse.ts'
import { boundAudits } from './audits.ts'
import { fileLine, missingTable, modelError, refusal } from './complain.ts'
import { describeColumns } from './describe.ts'
import type { Graph, Model, PlannedModel, Tables } from './model.ts'
import { nearest } from './nearest.ts'
import { companionsOf } from './scratch.ts'
import { inOrder, wavesOf } from './order.ts'

type ColumnTypes = Readonly<Record<string, string>>

/** What a scratch session holds from earlier plans: the shape of each table, and what each model was planned from. */
interface Memory {
  readonly shapes: Map<string, string>
  readonly planned: Map<string, { readonly from: string; readonly columnTypes: ColumnTypes }>
  readonly audited: Map<string, string>
  readonly upstream: Map<string, readonly string[]>
}

const memories = new WeakMap<Session, Memory>()

/**
 * Puts models in order and finds the columns and types of each, by preparing its SELECT over empty upstream tables.
 * `session` is a scratch session (see openScratch); a second call on it prepares only what an edit can have changed.
 * Throws a ModelError that names file and line.
 */
export async function planModels(session: Session, models: readonly Model[], known: Tables): Promise<Graph> {
  const memory = memories.get(session) ?? {
    shapes: new Map(),
    planned: new Map(),
    audited: new Map(),
    upstream: new Map(),
  }
  memories.set(session, memory)
  const upstream = await upstreamOf(session, models, memory)
  const all: Record<string, ColumnTypes> = { ...known, ...Object.fromEntries(models.map(({ name }) => [name, {}])) }
  await refuseMissing(session, models, upstream, all)
  await shapeAll(session, memory, known)
  const planned: PlannedModel[] = []
  for (const wave of wavesOf(inOrder(models, upstream), upstream)) {
    const plans = await sideBySide(companionsOf(session), wave, (own, model) =>
      planOne(own, model, { memory, reads: upstream.get(model.name) ?? [], tables: all }),
    )
    for (const plan of plans) all[plan.name] = plan.columnTypes
    await shapeAll(session, memory, Object.fromEntries(plans.map(({ name, columnTypes }) => [name, columnTypes])))
    planned.push(...plans)
  }
  await checkAudits(session, planned, memory)
  return describeColumns(planned, known)
}

/** Shares the items out to the sessions. All are tried; the error thrown is that of the first item that has one. */
async function sideBySide<Item, Answer>(
  sessions: readonly Session[],
  items: readonly Item[],
  work: (session: Session, item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const results: PromiseSettledResult<Answer>[] = []
  let next = 0
  const worker = async (session: Session): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const [result] = await Promise.allSettled([work(session, items[index] as Item)])
      results[index] = result
    }
  }
  await Promise.all(sessions.map(worker))
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
}

function selectsOf(model: Model): readonly string[] {
  return model.kind === 'sql' ? [model.sql] : Object.values(model.reads)
}

/** The tables each model reads. One question to DuckDB for all models that changed. */
async function upstreamOf(
  session: Session,
  models: readonly Model[],
  memory: Memory,
): Promise<Map<string, readonly string[]>> {
  const fresh = models.filter((model) => !memory.upstream.has(keyOf(model)))
  const answers = fresh.length === 0 ? [] : await parse(session, fresh.flatMap(selectsOf))
  let next = 0
  for (const model of fresh) {
    const own = selectsOf(model).flatMap(() => tablesOf(model, answers[next++]))
    memory.upstream.set(keyOf(model), [...new Set(own)].sort())
  }
  return new Map(models.map((model) => [model.name, memory.upstream.get(keyOf(model)) ?? []]))
}

function keyOf(model: Model): string {
  return `${model.name} ${model.hash}`
}

function tablesOf(model: Model, parsed: Parsed | undefined): readonly string[] {
  if (parsed === undefined) return []
  if ('tables' in parsed) return parsed.tables
  const { message, line } = parsed.fault
  throw modelError(model, message.replace(/^Parser Error: /, ''), { line: fileLine(model, line), phase: 'parse' })
}

async function refuseMissing(
  session: Session,
  models: readonly Model[],
  upstream: ReadonlyMap<string, readonly string[]>,
  tables: Tables,
): Promise<void> {
  for (const model of models) {
    const absent = upstream.get(model.name)?.find((name) => !(name in tables))
    if (absent === undefined) continue
    const [, bare = absent] = absent.split('.')
    const select = selectsOf(model).find((sql) => sql.includes(bare)) ?? ''
    throw await missingTable(session, absent, { model, select, tables })
  }
}

/** Columns of one model, from memory where neither it nor the shape of anything it reads has changed. */
async function planOne(
  session: Session,
  model: Model,
  { memory, reads, tables }: { memory: Memory; reads: readonly string[]; tables: Tables },
): Promise<PlannedModel> {
  const from = `${model.hash} ${reads.map((name) => memory.shapes.get(name)).join(' ')}`
  const before = memory.planned.get(model.name)
  const columnTypes = before?.from === from ? before.columnTypes : await columnTypesOf(session, model, tables)
  if (before?.from !== from) checkColumns(model, columnTypes)
  memory.planned.set(model.name, { from, columnTypes })
  return { ...model, upstream: reads, columnTypes, abouts: {} }
}

async function columnTypesOf(session: Session, model: Model, tables: Tables): Promise<ColumnTypes> {
  for (const select of selectsOf(model)) {
    const columns = await describe(session, select).catch(async (cause: unknown) => {
      throw await refusal(session, cause, { model, select, tables })
    })
    if (model.kind === 'script') continue
    const twice = columns.find(({ name }, index) => columns.findIndex((other) => other.name === name) !== index)
    if (twice)
      throw modelError(model, `two columns are named ${twice.name}; give one of them another name with AS`, {
        phase: 'bind',
      })
    return Object.fromEntries(columns.map(({ name, type }) => [name, type]))
  }
  return model.kind === 'script' ? { ...model.types } : {}
}

/** Keeps an empty table for each of these in the scratch database. One round trip, and none where nothing changed. */
async function shapeAll(session: Session, memory: Memory, tables: Tables): Promise<void> {
  const statements: string[] = []
  for (const [name, columns] of Object.entries(tables)) {
    const list = Object.entries(columns)
      .map(([column, type]) => `"${column}" ${type}`)
      .join(', ')
    if (memory.shapes.get(name) === list) continue
    const schema = name.split('.')[0] ?? name
    if (!memory.shapes.has(schema)) statements.push(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
    statements.push(`CREATE OR REPLACE TABLE ${name} (${list})`)
    memory.shapes.set(schema, '').set(name, list)
  }
  if (statements.length > 0) await session.run(['BEGIN', ...statements, 'COMMIT'].join(';\n'))
}

/** What the header says of columns must be true of the SELECT. */
function checkColumns(model: Model, columnTypes: ColumnTypes): void {
  const audited = model.audits.flatMap((audit) => {
    if (audit.kind === 'unique' || audit.kind === 'not_null') return audit.columns
    return audit.kind === 'accepted' || audit.kind === 'references' ? [audit.column] : []
  })
  const given = Object.keys(columnTypes)
  for (const [part, names] of [
    ['grain', model.grain],
    ['columns', Object.keys(model.columns)],
    ['audits', audited],
  ] as const) {
    const absent = names.find((name) => !given.includes(name))
    if (absent === undefined) continue
    const like = nearest(absent, given)
    const hint = like ? `; nearest: ${like}` : ''
    throw modelError(
      model,
      `${part} in the header: ${absent} is not a column of the model; it has ${given.join(', ')}${hint}`,
      { phase: 'bind' },
    )
  }
}

/** Audits bind before anything runs: each may look at any model, so all of them are there by now. Many are asked at once. */
async function checkAudits(session: Session, models: readonly PlannedModel[], memory: Memory): Promise<void> {
  const fresh = models.flatMap((model) => {
    const sql = boundAudits(model)
    const looksAt = model.audits.map((audit) => (audit.kind === 'references' ? memory.shapes.get(audit.table) : ''))
    const from = `${memory.shapes.get(model.name)} ${sql} ${looksAt.join(' ')}`
    return sql === undefined || memory.audited.get(model.name) === from ? [] : [{ model, sql, from }]
  })
  for (let start = 0; start < fresh.length; start += 50) {
    const some = fresh.slice(start, start + 50)
    const bound = await describe(session, some.map(({ sql }) => sql).join(' UNION ALL ')).catch(() => undefined)
    if (bound === undefined) for (const { model, sql } of some) await bindAudits(session, model, sql)
    for (const { model, from } of some) memory.audited.set(model.name, from)
  }
}

async function bindAudits(session: Session, model: PlannedModel, sql: string): Promise<void> {
  await describe(session, sql).catch((cause: unknown) => {
    throw modelError(model, `audits in the header: ${faultOf(cause).message.replaceAll('\n', ' ')}`, {
      phase: 'bind',
      cause,
    })
  })
}
