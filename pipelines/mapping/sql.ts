import type { ColumnMapping } from '../../config/source.ts'
import { identifier, literal } from '../../data/quote.ts'
import { sourceColumns, type EntityName } from '../../entities/entities.ts'
import { sqlType, type Column, type ColumnType } from '../../entities/entity.ts'
import { cleanedRow, rawName, type Expression } from './bind.ts'
import { rowFault, type Fault } from '../../entities/faults.ts'
import { faultOf, NO_VALUE, type MappedFault } from './faults.ts'
import { cleanText, prepareAs, readAs, type FeedReading } from './values.ts'
import type { LandedColumn } from './mapping.ts'

/** A column of the entity (or 'version') with what fills it. */
export interface MappedColumn extends Expression {
  readonly type: string
  readonly to: ColumnType
  readonly contract: Column | undefined
  readonly words: Exclude<ColumnMapping, string> | undefined
}

export interface Mapped {
  readonly relation: string
  readonly entity: EntityName
  readonly landed: readonly LandedColumn[]
  readonly columns: readonly MappedColumn[]
  readonly where: Expression | undefined
  readonly reading: FeedReading
  readonly inFiles: boolean
}

/** The names of one column on its way: as tried, as found, translated, prepared, read. */
export interface Names {
  readonly tried: string
  readonly found: string
  readonly word: string
  readonly prepared: string
  readonly read: string
}

/** The mapped rows, and what `place` in their `_faults` stands for. */
export interface MappedRows {
  readonly sql: string
  readonly faults: readonly ColumnFault[]
}

export interface ColumnFault extends Fault {
  readonly column: string
}

/**
 * Six steps, one inside the other: the cleaned row, what the expressions give of it, words translated, values prepared and read,
 * faults. Each is vectorised; what only faulty rows need is computed for them alone.
 */
export function mappedRows(mapped: Mapped): MappedRows {
  const { columns, where, reading } = mapped
  const named = namedColumns(columns)

  const prepares = named.flatMap(({ column, names }) => {
    const sql = prepareAs(column.to, { value: names.word, from: wordType(column) }, reading)
    return sql === undefined ? [] : [`${sql} AS ${names.prepared}`]
  })
  const prepared = `SELECT ${['*', ...prepares].join(', ')} FROM (${wordRows(mapped)})`

  const reads = named.map(({ column, names }) => `${readSql(column, names, reading)} AS ${names.read}`)
  const read = `SELECT *, ${reads.join(', ')} FROM (${prepared})`

  const faults: MappedFault[] = named.flatMap(({ column, names }) => faultOf(column, names, reading))
  if (where?.guarded === true) faults.push(whereFault(where.text))
  if (mapped.inFiles) faults.push(...headerFault(mapped))
  const faulty =
    faults.length === 0
      ? 'false'
      : `COALESCE(${faults.map(({ when }) => `COALESCE(${when}, false)`).join(' OR ')}, false)`
  const list = new FaultList(faults)
  return {
    sql: `SELECT ${output(mapped, named, list.sql).join(', ')} FROM (SELECT *, ${faulty} AS "__faulty" FROM (${read}))`,
    faults: list.faults,
  }
}

/** The rows that `where` leaves, with the words of each column, translated and not yet read. */
export function wordRows({ relation, columns, where, landed, reading }: Mapped): string {
  const named = namedColumns(columns)
  const raw = landed.map((_, index) => rawName(index))

  const tried = named.map(({ column, names }) => `${column.sql} AS ${names.tried}`)
  const condition =
    where === undefined ? [] : [`${where.guarded ? where.sql : `struct_pack(value := ${where.sql})`} AS "__where"`]
  const expressed = `SELECT ${[...raw, ...tried, ...condition].join(', ')} FROM (${cleanedRow(relation, landed, reading.nulls)})`

  const found = named.map(({ column, names }) => `${foundSql(column, names, reading)} AS ${names.found}`)
  // A row on which the condition itself fails is kept, and is at fault: it must not vanish.
  const kept = where === undefined ? '' : ' WHERE "__where" IS NULL OR CAST("__where".value AS BOOLEAN)'
  const filtered = `SELECT *, ${found.join(', ')} FROM (${expressed})${kept}`

  const words = named.map(({ column, names }) => `${wordSql(column, names.found)} AS ${names.word}`)
  return `SELECT *, ${words.join(', ')} FROM (${filtered})`
}

export function namedColumns(columns: readonly MappedColumn[]): { column: MappedColumn; names: Names }[] {
  return columns.map((column, index) => ({ column, names: namesOf(index) }))
}

function namesOf(index: number): Names {
  return {
    tried: `"__tried ${index}"`,
    found: `"__found ${index}"`,
    word: `"__word ${index}"`,
    prepared: `"__prepared ${index}"`,
    read: `"__read ${index}"`,
  }
}

/** What an expression gave. Text made by one may need cleaning again; a column was cleaned before. */
function foundSql({ guarded, type }: MappedColumn, { tried }: Names, { nulls }: FeedReading): string {
  const value = guarded ? `${tried}.value` : tried
  return guarded && type === 'VARCHAR' ? cleanText(value, nulls) : value
}

/** The source's word as the contract's, where `values` translates. */
function wordSql({ words, type }: MappedColumn, found: string): string {
  if (words?.values === undefined) return found
  const pairs = Object.entries(words.values).map(
    ([word, value]) => `WHEN ${literal(word.trim())} THEN ${nullable(value)}`,
  )
  const text = type === 'VARCHAR' ? found : `CAST(${found} AS VARCHAR)`
  const otherwise = `CASE WHEN ${found} IS NOT NULL THEN ${nullable(words.otherwise ?? null)} END`
  return pairs.length === 0 ? otherwise : `CASE ${text} ${pairs.join(' ')} ELSE ${otherwise} END`
}

function nullable(value: string | null): string {
  return value === null ? 'CAST(NULL AS VARCHAR)' : literal(value)
}

function readSql(column: MappedColumn, { word, prepared }: Names, reading: FeedReading): string {
  const sql = readAs(column.to, { value: word, prepared, from: wordType(column) }, reading)
  return `CAST(${sql ?? 'NULL'} AS ${sqlType(column.to)})`
}

export function wordType({ type, words }: MappedColumn): string {
  return words?.values === undefined ? type : 'VARCHAR'
}

function whereFault(text: string): MappedFault {
  return {
    when: '"__where" IS NULL',
    column: 'where',
    value: NO_VALUE,
    fault: rowFault('condition_fails', { expression: text.trim() }),
  }
}

/** The names of a text file's columns once more among its rows. In columns of text only such a row would pass for one. */
function headerFault({ landed, columns }: Mapped): MappedFault[] {
  const names = landed.flatMap(({ name, landed: type }, index) => {
    if (name === '_file' || name === '_line') return []
    // A name that came twice was numbered: 'id_2'.
    const spelt = [...new Set([name, name.replace(/_\d+$/, '')])].map(literal).join(', ')
    const value = rawName(index)
    const same = `nullif(trim(${value}), '') IN (${spelt})`
    return type === 'VARCHAR' ? [{ value, same, begins: literal(name) }] : []
  })
  const [first] = names
  const [column] = columns
  if (first === undefined || column === undefined) return []
  const all = names.map(({ same }) => `COALESCE(${same}, true)`).join(' AND ')
  const count = names.map(({ same }) => `CAST(COALESCE(${same}, false) AS INTEGER)`).join(' + ')
  return [
    {
      // Looked at only where the first begins with its own name or a blank, or is empty: names may be padded, or missing.
      when: `CASE WHEN ${first.value} IS NULL OR ${first.value} < '!' OR prefix(${first.value}, ${first.begins}) THEN ${count} > 1 AND ${all} ELSE false END`,
      column: column.column,
      value: first.value,
      fault: rowFault('header_again'),
    },
  ]
}

/** SQL yields places in a list of faults and no sentences: those are the same for all rows. */
class FaultList {
  readonly faults: ColumnFault[] = []
  readonly sql: string

  constructor(mapped: readonly MappedFault[]) {
    const entries = mapped.map(({ when, column, value, fault, special }) => {
      const usual = this.#place(column, fault)
      const place = special
        ? `CASE WHEN ${special.when} THEN ${this.#place(column, special.fault)} ELSE ${usual} END`
        : usual
      return `CASE WHEN ${when} THEN struct_pack(place := CAST(${place} AS INTEGER), value := ${value}) END`
    })
    const none = 'CAST(NULL AS STRUCT(place INTEGER, value VARCHAR)[])'
    this.sql =
      entries.length === 0
        ? none
        : `CASE WHEN "__faulty" THEN list_filter([${entries.join(', ')}], lambda fault: fault IS NOT NULL) END`
  }

  #place(column: string, fault: Fault): number {
    return this.faults.push({ column, ...fault }) - 1
  }
}

function output(
  { entity, landed, inFiles }: Mapped,
  named: readonly { column: MappedColumn; names: Names }[],
  faults: string,
): string[] {
  const readOf = (column: string): string | undefined =>
    named.find((entry) => entry.column.column === column)?.names.read
  const columns = Object.entries(sourceColumns(entity)).map(
    ([name, { type }]) => `${readOf(name) ?? `CAST(NULL AS ${sqlType(type)})`} AS ${identifier(name)}`,
  )
  const place = (name: string, type: string): string => {
    const index = inFiles ? landed.findIndex((column) => column.name === name) : -1
    return `CAST(${index < 0 ? 'NULL' : rawName(index)} AS ${type}) AS ${name}`
  }
  const original = landed.flatMap(({ name }, index) =>
    inFiles && (name === '_file' || name === '_line') ? [] : [`${identifier(name)} := ${rawName(index)}`],
  )
  return [
    ...columns,
    `${readOf('version') ?? 'CAST(NULL AS TIMESTAMP)'} AS version_at`,
    place('_file', 'VARCHAR'),
    place('_line', 'BIGINT'),
    `${faults} AS _faults`,
    `CASE WHEN "__faulty" THEN CAST(to_json(struct_pack(${original.join(', ')})) AS VARCHAR) END AS _original`,
  ]
}
