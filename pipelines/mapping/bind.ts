import { identifier, literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { nearest } from '../../models/builder/nearest.ts'
import { cleanText } from './values.ts'
import type { LandedColumn } from './mapping.ts'

/** What a mapping takes from a source row: one column, or an expression over columns. */
export interface Expression {
  /** Column of the entity, or 'where' or 'version'. */
  readonly column: string
  /** As the operator wrote it. */
  readonly text: string
  /** Over the cleaned row. An expression that may fail on a row is wrapped: null where it fails, else a struct with `value`. */
  readonly sql: string
  readonly guarded: boolean
}

export interface Unbound {
  readonly column: string
  readonly text: string
  readonly reason: string
  readonly missing?: string
  readonly nearest?: string
}

export interface Bound {
  readonly expressions: readonly (Expression & { readonly type: string })[]
  readonly unbound: readonly Unbound[]
}

/**
 * Finds what each mapped text means: the name of a column (exact, else without regard to case), else an expression.
 * DuckDB binds all of them over no rows; what it refuses comes back with the reason, the name at fault and the nearest there is.
 */
export async function bindExpressions(
  session: Session,
  texts: readonly { column: string; text: string }[],
  landed: readonly LandedColumn[],
): Promise<Bound> {
  const expressions = texts.map(({ column, text }) => expressionOf(column, text, landed))
  const parsed = await Promise.all(expressions.map((expression) => parseFault(session, expression)))
  const sound = expressions.filter((_, index) => parsed[index] === undefined)
  const unbound: Unbound[] = expressions.flatMap(({ column, text }, index) => {
    const reason = parsed[index]
    return reason === undefined ? [] : [{ column, text, reason }]
  })
  const together = await typesOf(session, sound, landed)
  if (together.types !== undefined) return { expressions: typed(sound, together.types), unbound }
  const bound: (Expression & { type: string })[] = []
  for (const expression of sound) {
    const { types, error } = await typesOf(session, [expression], landed)
    if (types === undefined) unbound.push(explain(expression, error, landed))
    else bound.push(...typed([expression], types))
  }
  return { expressions: bound, unbound }
}

/** The row that expressions see: text trimmed, words that mean nothing as null, all else as it landed; beside it the row as it is, under place names. */
export function cleanedRow(relation: string, landed: readonly LandedColumn[], nulls: readonly string[]): string {
  const columns = landed.flatMap(({ name, landed: type }, index) => {
    const raw = identifier(name)
    return [`${raw} AS ${rawName(index)}`, type === 'VARCHAR' ? `${cleanText(raw, nulls)} AS ${raw}` : raw]
  })
  return `SELECT ${columns.join(', ')} FROM ${relation}`
}

export function rawName(index: number): string {
  return `"__raw ${index}"`
}

function expressionOf(column: string, text: string, landed: readonly LandedColumn[]): Expression {
  const name = columnNamed(text, landed)
  if (name !== undefined) return { column, text, sql: identifier(name), guarded: false }
  if (/^\s*('([^']|'')*'|null)\s*$/i.test(text)) return { column, text, sql: text, guarded: false }
  // Its own line, so that a comment at the end of the expression ends there.
  return { column, text, sql: `TRY(struct_pack(value := (\n${text}\n)))`, guarded: true }
}

/** The column of that name as the source spells it. */
export function columnNamed(text: string, landed: readonly { readonly name: string }[]): string | undefined {
  const name = text.trim()
  if (landed.some((column) => column.name === name)) return name
  return landed.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name
}

/** Why an expression is not exactly one expression, if so. */
async function parseFault(session: Session, { text, guarded }: Expression): Promise<string | undefined> {
  if (!guarded) return undefined
  if (text.replaceAll(/'[^']*'|"[^"]*"/g, '').includes('`'))
    return 'a backtick is no quote in SQL; a fixed word stands in single quotes, as "\'direct\'"'
  const answer = await session.one<{ tree: string }>('SELECT json_serialize_sql(CAST($1 AS VARCHAR)) AS tree', [
    `SELECT (\n${text}\n)`,
  ])
  const tree = JSON.parse(answer?.tree ?? '{}') as {
    error: boolean
    error_message?: string
    statements?: { node?: { select_list?: unknown[]; from_table?: { type?: string } } }[]
  }
  if (tree.error) return `it is no SQL expression: ${tree.error_message ?? 'it does not parse'}`
  const node = tree.statements?.length === 1 ? tree.statements[0]?.node : undefined
  const single = node?.select_list?.length === 1 && node.from_table?.type === 'EMPTY'
  return single ? undefined : 'it is more than one expression'
}

async function typesOf(
  session: Session,
  expressions: readonly Expression[],
  landed: readonly LandedColumn[],
): Promise<{ types?: readonly string[]; error?: string }> {
  if (expressions.length === 0) return { types: [] }
  const empty = landed.map(({ name, landed: type }) => `CAST(NULL AS ${type}) AS ${identifier(name)}`).join(', ')
  const values = expressions.map(({ sql, guarded }, index) => `${guarded ? `(${sql}).value` : sql} AS c${index}`)
  // A plain column beside them, so that an aggregate, which would fold all rows into one, does not bind.
  const rows = `SELECT ${values.join(', ')}, ${rawName(0)} FROM (${cleanedRow(`(SELECT ${empty})`, landed, [])})`
  try {
    const described = await session.rows<{ column_type: string }>(`DESCRIBE ${rows}`)
    return { types: described.slice(0, expressions.length).map((row) => row.column_type) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

/** DuckDB calls an untyped NULL an INTEGER; as text it can become anything. */
function typed(expressions: readonly Expression[], types: readonly string[]): (Expression & { type: string })[] {
  return expressions.map((expression, index) => ({
    ...expression,
    type: /^\s*null\s*$/i.test(expression.text) ? 'VARCHAR' : (types[index] ?? 'VARCHAR'),
  }))
}

function explain({ column, text }: Expression, error: string | undefined, landed: readonly LandedColumn[]): Unbound {
  const message = (error ?? '').split('\n')[0]?.replace(/^\w+ Error: /, '') ?? ''
  const missing = /Referenced (?:column|table) "([^"]+)" not found/.exec(message)?.[1]
  if (missing === undefined)
    return {
      column,
      text,
      reason: /GROUP BY|aggregates are not allowed/.test(message) ? 'it folds many rows into one' : message,
    }
  const near = nearest(
    missing,
    landed.map(({ name }) => name),
  )
  return {
    column,
    text,
    missing,
    reason: `there is no column ${literal(missing)}`,
    ...(near !== undefined && { nearest: near }),
  }
}
