import { ModelError } from '../../errors.ts'
import type { Model, Tables } from './model.ts'
import { nearest } from './nearest.ts'
import type { SyntaxNode } from './parse.ts'
import { relationsAround, type Relation } from './scope.ts'

interface Failed {
  readonly model: Model
  readonly tree: SyntaxNode | undefined
  /** Everything that exists at this point. */
  readonly tables: Tables
  readonly phase?: 'run'
}

/** Turns DuckDB's refusal of a model into a sentence with file, line, what exists and the nearest name. */
export function complain(cause: unknown, failed: Failed): ModelError {
  const message = cause instanceof Error ? cause.message : String(cause)
  const line = Number(/^LINE (\d+):/m.exec(message)?.[1] ?? Number.NaN)
  const what = missingColumn(message, failed) ?? missingTable(message, failed) ?? plain(message)
  const at = Number.isNaN(line) ? '' : ` line ${line}`
  return new ModelError(`${failed.model.file}${at}: ${what}`, {
    model: failed.model.name,
    phase: failed.phase ?? (/Parser Error/.test(message) ? 'parse' : 'bind'),
    ...(!Number.isNaN(line) && { line }),
    cause,
  })
}

function missingColumn(message: string, failed: Failed): string | undefined {
  const bare = /Referenced column "([^"]+)" not found/.exec(message)
  const qualified = /(?:Values list|Table|Alias) "([^"]+)" does not have a column named "([^"]+)"/.exec(message)
  const name = bare?.[1] ?? qualified?.[2]
  if (name === undefined) return undefined
  const of = qualified?.[1]
  const column = of === undefined ? { name } : { name, of }
  const relations = failed.tree ? relationsAround(failed.tree, column, failed.tables) : []
  return `column ${name} does not exist in ${relations.map((relation) => relation.name).join(' or ') || 'what is read here'}${advice(name, relations)}`
}

function advice(name: string, relations: readonly Relation[]): string {
  const listed = relations.filter((relation) => relation.columns.length > 0)
  const alone = listed.length === 1
  const has = listed.map((relation) => `${alone ? 'it' : relation.name} has ${relation.columns.join(', ')}`)
  const like = nearest(name, new Set(listed.flatMap((relation) => relation.columns)))
  return [...has, ...(like ? [`nearest: ${like}`] : [])].map((part) => `; ${part}`).join('')
}

function missingTable(message: string, { tree, tables }: Failed): string | undefined {
  const alias = /Referenced table "([^"]+)" not found/.exec(message)?.[1]
  if (alias !== undefined) {
    const candidates = /Candidate tables: (.*)/.exec(message)?.[1]?.replaceAll('"', '')
    return `${alias} is not among the tables read here${candidates ? `; they are ${candidates}` : ''}`
  }
  const bare = /Table with name (\S+) does not exist/.exec(message)?.[1]
  if (bare === undefined) return undefined
  const named = JSON.stringify(tree ?? '').match(new RegExp(`"schema_name":"(\\w+)","table_name":"${bare}"`))
  return unknownTable(named ? `${named[1]}.${bare}` : bare, tables)
}

/** 'table core.reqests does not exist …': says what schema to write, what there is, what is nearest. */
export function unknownTable(name: string, tables: Tables): string {
  const all = Object.keys(tables)
  const schema = name.includes('.') ? name.slice(0, name.indexOf('.')) : undefined
  const siblings = all.filter((table) => table.startsWith(`${schema}.`))
  const like = nearest(name, siblings) ?? nearest(name, all) ?? nearest(name.split('.').at(-1) ?? name, all.map((table) => table.split('.')[1] ?? table))
  const exists = siblings.length > 0 && siblings.length <= 40 ? `; ${schema} has ${siblings.map((table) => table.split('.')[1]).join(', ')}` : ''
  const hint = schema === undefined ? '; write the schema before the name of a table' : ''
  return `table ${name} does not exist${hint}${exists}${like ? `; nearest: ${like}` : ''}`
}

function plain(message: string): string {
  const [first = message] = message.split(/\n\s*\n?LINE |\n\tCandidate|\nLINE /)
  return first.replace(/^Failed to extract statements: /, '').replace(/^\w+ Error: /, '').replaceAll('\n', ' ').trim()
}
