import type { ColumnMapping, Feed, Source } from '../../config/source.ts'
import type { Session } from '../../data/warehouse.ts'
import { sourceColumns } from '../../entities/entities.ts'
import { describeFault, fault, type Fault } from '../../entities/faults.ts'
import { nearest } from '../../models/builder/nearest.ts'
import { bindExpressions, columnNamed, type Unbound } from './bind.ts'
import { dayMarks } from './day-marks.ts'
import { mappedRows, type Mapped, type MappedColumn, type MappedRows } from './sql.ts'
import { readAs, type FeedReading } from './values.ts'

/** A column of the landed Parquet: its name and DuckDB type. `landedColumns` asks a relation for them. */
export interface LandedColumn {
  readonly name: string
  /** DuckDB's word: VARCHAR, BIGINT, DECIMAL(18,2), TIMESTAMP … */
  readonly landed: string
}

/** What a mapping is compiled from. `columns` are those of the landed rows, with or without `_file` and `_line`. */
export interface MappingInput {
  readonly source: Source
  readonly feed: Feed
  readonly columns: readonly LandedColumn[]
  readonly company: { readonly timeZone: string }
}

/** Why a mapping cannot be used as it is. `message` says what, names what exists, and what to do. */
export interface MappingProblem {
  readonly source: string
  /** The feed's `from`. */
  readonly feed: string
  readonly entity: string
  /** Column of the entity, or 'where', 'version', 'cursor'. */
  readonly column: string
  /** The column of the source that is not there, and the nearest name that is. */
  readonly missing?: string
  readonly nearest?: string
  readonly message: string
  readonly fault: Fault
}

export interface CompiledMapping {
  /** Empty: the mapping fits. `rows` throws otherwise. */
  readonly problems: readonly MappingProblem[]
  /**
   * One SELECT over `relation`, a table or table function with the landed columns: `read_parquet('…')`.
   * Yields, in this order: the entity's columns and the record columns in contract order and type,
   * `version_at` TIMESTAMP, `_file` VARCHAR, `_line` BIGINT,
   * `_faults` STRUCT(place INTEGER, value VARCHAR)[], place in `faults` – null where the row is fine –
   * and `_original` JSON text of the source row – null where the row is fine.
   * Rows that `where` leaves out are not among them.
   */
  readonly rows: (relation: string) => MappedRows
  /** How days stand in the text of `relation`, where some column is read as one from text. */
  readonly dayMarks: (relation: string) => string | undefined
  readonly reading: FeedReading
}

/** The columns of landed rows, to compile a mapping from: `landedColumns(session, "read_parquet('…')")`. */
export async function landedColumns(session: Session, relation: string): Promise<LandedColumn[]> {
  const rows = await session.rows<{ column_name: string; column_type: string }>(`DESCRIBE SELECT * FROM ${relation}`)
  return rows.map((row) => ({ name: row.column_name, landed: row.column_type }))
}

/**
 * Turns a feed's mapping into SQL over its landed rows, after every expression in it was bound over no rows.
 * Expressions see text trimmed and the feed's null words as NULL.
 */
export async function compileMapping(session: Session, input: MappingInput): Promise<CompiledMapping> {
  const { source, feed, columns: landed } = input
  const known = sourceColumns(feed.entity)
  const mapped = Object.entries(feed.columns as Record<string, ColumnMapping>).filter(([name]) => name in known)
  const texts = mapped.map(([column, mapping]) => ({ column, text: textOf(mapping) }))
  if (feed.version !== undefined) texts.push({ column: 'version', text: feed.version })
  if (feed.where !== undefined) texts.push({ column: 'where', text: feed.where })
  const { expressions, unbound } = await bindExpressions(session, texts, landed)

  const reading = readingOf(input)
  const columns: MappedColumn[] = []
  const refused: Unbound[] = [...unbound]
  for (const expression of expressions.filter(({ column }) => column !== 'where')) {
    const contract = known[expression.column]
    const mapping = mapped.find(([name]) => name === expression.column)?.[1]
    const words = typeof mapping === 'object' ? mapping : undefined
    const to = contract?.type ?? 'instant'
    const from = words?.values === undefined ? expression.type : 'VARCHAR'
    if (readAs(to, { value: 'x', prepared: 'x', from }, reading) === undefined) refused.push(unreadable(expression, to))
    else columns.push({ ...expression, to, contract, words })
  }
  const problems = [
    ...contractProblems(input),
    ...refused.filter((fault) => !isLeftOut(input, fault)).map((fault) => expressionProblem(input, fault)),
    ...cursorProblems(input),
  ]
  const where = expressions.find(({ column }) => column === 'where')
  const over = (relation: string): Mapped => {
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'))
    const inFiles = source.kind === 'files'
    return { relation, entity: feed.entity, landed, columns, where, reading, inFiles }
  }
  return {
    problems,
    reading,
    rows: (relation) => mappedRows(over(relation)),
    dayMarks: (relation) => dayMarks(over(relation)),
  }
}

/** An optional column of a feed that takes what is there. */
function isLeftOut({ feed }: MappingInput, { column, missing }: Unbound): boolean {
  const contract = sourceColumns(feed.entity)[column]
  return feed.ifPresent === true && missing !== undefined && contract !== undefined && contract.required !== true
}

function readingOf({ source, feed, company }: MappingInput): FeedReading {
  return {
    nulls: feed.nulls ?? source.nulls ?? [],
    dates: feed.dates ?? source.dates ?? [],
    decimal: feed.decimal ?? source.decimal ?? '.',
    thousands: feed.thousands ?? source.thousands,
    timeZone: feed.timeZone ?? source.timeZone ?? company.timeZone,
    units: feed.units ?? source.units ?? {},
    signs: feed.signs ?? source.signs ?? [],
    accounting: feed.accounting ?? source.accounting ?? false,
    percent: feed.percent ?? source.percent ?? false,
    fullWidth: feed.fullWidth ?? source.fullWidth ?? false,
    wholeIds: feed.wholeIds ?? source.wholeIds ?? false,
    excelDays: feed.excelDays ?? source.excelDays ?? false,
    epoch: feed.epoch ?? source.epoch,
  }
}

function textOf(mapping: ColumnMapping): string {
  return typeof mapping === 'string' ? mapping : mapping.from
}

function unreadable({ column, text, type }: { column: string; text: string; type: string }, to: string): Unbound {
  const instead =
    to === 'instant' ? 'to_timestamp(seconds) or epoch_ms(milliseconds) makes an instant of a number' : 'Cast it'
  return { column, text, reason: `it gives ${type}, and ${column} is read as ${to}. ${instead}` }
}

/** Columns the entity does not have, required ones that nothing fills, words translated into none of the contract's. */
function contractProblems(input: MappingInput): MappingProblem[] {
  const { entity, columns } = input.feed
  const known = sourceColumns(entity)
  const mapping = columns as Record<string, ColumnMapping | undefined>
  const unknown = Object.keys(mapping).filter((name) => !(name in known))
  const unfilled = Object.entries(known).filter(
    ([name, column]) => column.required === true && mapping[name] === undefined,
  )
  return [
    ...unknown.map((name) => {
      const near = nearest(name, Object.keys(known))
      const place = placeOf(input, name)
      return problem(
        input,
        name,
        fault('mapping_column_unknown', { place, entity, column: name, near, columns: Object.keys(known) }),
      )
    }),
    ...unfilled.map(([name]) =>
      problem(input, name, fault('mapping_unfilled', { place: placeOf(input, name), column: name })),
    ),
    ...Object.entries(mapping).flatMap(([name, column]) => wordProblems(input, name, column)),
  ]
}

function wordProblems(input: MappingInput, name: string, mapping: ColumnMapping | undefined): MappingProblem[] {
  const allowed = sourceColumns(input.feed.entity)[name]?.values
  if (typeof mapping !== 'object' || allowed === undefined) return []
  const targets = [...Object.values(mapping.values ?? {}), mapping.otherwise]
  const wrong = targets.filter((word) => typeof word === 'string' && !allowed.includes(word))
  return [...new Set(wrong)].map((word) =>
    problem(input, name, fault('mapping_word', { place: placeOf(input, name), column: name, word, valid: allowed })),
  )
}

function cursorProblems(input: MappingInput): MappingProblem[] {
  const cursor = input.feed.cursor?.column
  if (cursor === undefined || input.feed.ifPresent || columnNamed(cursor, input.columns) !== undefined) return []
  return [expressionProblem(input, missingColumn('cursor', cursor, input.columns))]
}

function missingColumn(column: string, text: string, landed: readonly LandedColumn[]): Unbound {
  const near = nearest(
    text,
    landed.map(({ name }) => name),
  )
  return {
    column,
    text,
    missing: text,
    reason: `there is no column '${text}'`,
    ...(near !== undefined && { nearest: near }),
  }
}

function expressionProblem(
  input: MappingInput,
  { column, text, reason, missing, nearest: near }: Unbound,
): MappingProblem {
  const place = placeOf(input, column)
  const expression = text === missing ? undefined : text.trim()
  const names = input.columns.map(({ name }) => name).filter((name) => !name.startsWith('_'))
  const columns = names.length > 40 ? [...names.slice(0, 40), '…'] : names
  const found =
    missing === undefined
      ? fault('mapping_expression', { place, message: reason, expression })
      : names.length === 0
        ? fault('mapping_empty', { place, missing })
        : fault('mapping_missing', { place, missing, expression, near, columns })
  return {
    ...problem(input, column, found),
    ...(missing !== undefined && { missing }),
    ...(near !== undefined && { nearest: near }),
  }
}

function problem({ source, feed }: MappingInput, column: string, found: Fault): MappingProblem {
  const message = describeFault(found, 'en') ?? found.code
  return { source: source.name, feed: feed.from, entity: feed.entity, column, message, fault: found }
}

function placeOf({ source, feed }: MappingInput, column: string): string {
  return `${source.name}: ${feed.from} → ${feed.entity}.${column}`
}
