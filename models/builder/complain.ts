import { faultOf } from '../../data/catalog.ts'
import type { Session } from '../../data/warehouse.ts'
import { ModelError } from '../../errors.ts'
import type { Model, Tables } from './model.ts'
import { nearest } from './nearest.ts'
import { relationsAround, type Relation } from './scope.ts'
import { lineAt, syntaxTree, walk } from './syntax.ts'

type Phase = ModelError['phase']

/** A ModelError that begins with file and line: 'models/core/requests.sql line 12: …'. */
export function modelError(
  model: Model,
  what: string,
  { line, phase, cause }: { line?: number | undefined; phase: Phase; cause?: unknown },
): ModelError {
  const at = line === undefined ? '' : ` line ${line}`
  return new ModelError(`${model.file}${at}: ${what}`, {
    model: model.name,
    phase,
    cause,
    ...(line !== undefined && { line }),
  })
}

/** What DuckDB refused: a SELECT of a model, with all tables that exist for it. */
export interface Refused {
  readonly model: Model
  readonly select: string
  readonly tables: Tables
}

/** Turns DuckDB's refusal to bind a SELECT into a sentence with file, line, what exists and the nearest name. */
export async function refusal(session: Session, cause: unknown, refused: Refused): Promise<ModelError> {
  const { message, line } = faultOf(cause)
  const what = (await missingColumn(session, message, refused)) ?? missingAlias(cause, message) ?? plain(message)
  return modelError(refused.model, what, { line: fileLine(refused.model, line), phase: 'bind', cause })
}

/** The same for a model that binds but fails while it runs: a cast, an overflow. */
export function failure(cause: unknown, model: Model): ModelError {
  if (cause instanceof ModelError) return cause
  const { message, line } = faultOf(cause)
  return modelError(model, plain(message), { line: fileLine(model, line), phase: 'run', cause })
}

/** A line of the SELECT as a line of its file. The reads of a `.ts` model have none. */
export function fileLine(model: Model, line: number | undefined): number | undefined {
  return line === undefined || model.kind === 'script' ? undefined : model.firstLine + line - 1
}

async function missingColumn(
  session: Session,
  message: string,
  { select, tables }: Refused,
): Promise<string | undefined> {
  const bare = /Referenced column "([^"]+)" not found/.exec(message)
  const qualified = /(?:Values list|Table|Alias) "([^"]+)" does not have a column named "([^"]+)"/.exec(message)
  const name = bare?.[1] ?? qualified?.[2]
  if (name === undefined) return undefined
  const of = qualified?.[1]
  const tree = await syntaxTree(session, select)
  const relations = tree ? relationsAround(tree, of === undefined ? { name } : { name, of }, tables) : []
  const read = relations.map((relation) => relation.name).join(' or ') || 'what is read here'
  return `column ${name} does not exist in ${read}${advice(name, relations)}`
}

function advice(name: string, relations: readonly Relation[]): string {
  const listed = relations.filter((relation) => relation.columns.length > 0)
  const has = listed.map(
    (relation) => `${listed.length === 1 ? 'it' : relation.name} has ${relation.columns.join(', ')}`,
  )
  const like = nearest(name, new Set(listed.flatMap((relation) => relation.columns)))
  return [...has, ...(like ? [`nearest: ${like}`] : [])].map((part) => `; ${part}`).join('')
}

function missingAlias(cause: unknown, message: string): string | undefined {
  const alias = /Referenced table "([^"]+)" not found/.exec(message)?.[1]
  if (alias === undefined) return undefined
  const candidates = /Candidate tables: (.*)/
    .exec(cause instanceof Error ? cause.message : '')?.[1]
    ?.replaceAll('"', '')
  return `${alias} is not among the tables read here${candidates ? `; they are ${candidates}` : ''}`
}

/** A model reads a table that is not there: says on which line, what there is, what is nearest. */
export async function missingTable(
  session: Session,
  name: string,
  { model, select, tables }: Refused,
): Promise<ModelError> {
  const [table = name, schema = ''] = name.split('.').reverse()
  let position: number | undefined
  walk(await syntaxTree(session, select), (node) => {
    if (node['table_name'] === table && node['schema_name'] === schema) position ??= Number(node['query_location'])
  })
  const line = position === undefined ? undefined : lineAt(select, position)
  return modelError(model, unknownTable(name, tables), { line: fileLine(model, line), phase: 'bind' })
}

function unknownTable(name: string, tables: Tables): string {
  const all = Object.keys(tables)
  if (!name.includes('.')) {
    const same = all.filter((table) => table.endsWith(`.${name}`))
    return `table ${name} has no schema; write ${(same.length > 0 ? same : ['core.', 'staging.']).join(' or ')}`
  }
  const schema = name.slice(0, name.indexOf('.') + 1)
  const siblings = all.filter((table) => table.startsWith(schema))
  const like = nearest(name, siblings) ?? nearest(name, all)
  const exists =
    siblings.length > 0
      ? `; ${schema.slice(0, -1)} has ${siblings.map((table) => table.slice(schema.length)).join(', ')}`
      : ''
  return `table ${name} does not exist${exists}${like ? `; nearest: ${like}` : ''}`
}

function plain(message: string): string {
  return (message.split('\n\tCandidate')[0] ?? message)
    .replace(/^\w+ Error: /, '')
    .replaceAll('\n', ' ')
    .trim()
}
