import { literal } from '../../data/quote.ts'
import type { ColumnType } from '../../entities/entity.ts'
import { zoneOffset } from './zone.ts'

/** How one feed's text is read: the feed's own reading over its source's over the company's. */
export interface FeedReading {
  readonly nulls: readonly string[]
  readonly dates: readonly string[]
  readonly decimal: '.' | ','
  readonly thousands: string | undefined
  readonly timeZone: string
  readonly units: Readonly<Record<string, number>>
  readonly signs: readonly string[]
  readonly accounting: boolean
  readonly percent: boolean
  readonly fullWidth: boolean
  readonly wholeIds: boolean
  readonly excelDays: boolean
  readonly epoch: 'seconds' | 'milliseconds' | undefined
}

const WHITE = [' ', '\t', '\n', '\r', '\u00a0', '\u3000']
const WHITE_SQL = WHITE.map((character) => `chr(${character.codePointAt(0)})`)

/** Text without white space around it; nothing where none is left or the word means nothing. Trims only what needs it: that is four times as fast. */
export function cleanText(sql: string, nulls: readonly string[]): string {
  const wide = WHITE_SQL.slice(4).map((character) => `prefix(${sql}, ${character})`)
  const ends = WHITE_SQL.map((character) => `suffix(${sql}, ${character})`)
  const trimmed = `CASE WHEN ${sql} < '!' OR ${[...wide, ...ends].join(' OR ')} THEN trim(${sql}, ${WHITE_SQL.join(' || ')}) ELSE ${sql} END`
  const words = [...new Set(['', ...nulls.map((word) => word.trim())])]
  return words.reduce((text, word) => `nullif(${text}, ${literal(word)})`, trimmed)
}

/** A value on its way into a column: `value` is SQL of DuckDB type `from`; `prepared` is what `prepareAs` made of it. */
export interface Readable {
  readonly value: string
  readonly prepared: string
  readonly from: string
}

/**
 * What `readAs` needs more than once, so that it is computed once: DuckDB finds no common parts inside a CASE.
 * Undefined where nothing does.
 */
export function prepareAs(
  to: ColumnType,
  { value, from }: Omit<Readable, 'prepared'>,
  reading: FeedReading,
): string | undefined {
  if (kindOf(from) !== 'text') return undefined
  if (to === 'boolean') return `lower(${value})`
  if (to === 'integer') return plainNumber(value, reading)
  if (to === 'number') return `TRY_CAST(${plainNumber(value, reading)} AS DOUBLE)`
  return to === 'day' || to === 'instant' ? localTime(timeText(value, reading), reading) : undefined
}

/** SQL that reads a value as a column of type `to`; null where it cannot be. Undefined: there is no such reading. */
export function readAs(to: ColumnType, readable: Readable, reading: FeedReading): string | undefined {
  const { value, from } = readable
  const kind = kindOf(from)
  if (to === 'id' || to === 'text') {
    if (kind === 'text') return to === 'id' && reading.wholeIds ? wholeId(value) : value
    return kind === 'nested' ? `CAST(to_json(${value}) AS VARCHAR)` : `CAST(${value} AS VARCHAR)`
  }
  if (kind === 'text') return fromText(to, readable, reading)
  if (kind === 'number') return counted(to, value, reading) ?? fromNumber(to, value)
  if (kind === 'boolean') return to === 'boolean' ? value : fromNumber(to, `CAST(${value} AS INTEGER)`)
  return kind === 'time' ? fromTime(to, readable, reading.timeZone) : undefined
}

type Kind = 'text' | 'number' | 'boolean' | 'time' | 'nested' | 'other'

export function kindOf(type: string): Kind {
  if (type.endsWith(']') || /^(STRUCT|MAP|UNION)/.test(type)) return 'nested'
  if (/^(VARCHAR|JSON|UUID|ENUM)/.test(type)) return 'text'
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL)/.test(type)) return 'number'
  if (type === 'BOOLEAN') return 'boolean'
  return type === 'DATE' || type.startsWith('TIMESTAMP') ? 'time' : 'other'
}

function fromText(to: ColumnType, { value, prepared }: Readable, reading: FeedReading): string | undefined {
  if (to === 'boolean') return booleanOf(prepared)
  if (to === 'day') return dayOf(timeText(value, reading), prepared, reading)
  if (to === 'instant') return instantOf(timeText(value, reading), prepared, reading)
  if (to === 'number') return `CASE WHEN isfinite(${prepared}) THEN ${prepared} END`
  return fromNumber(to, to === 'integer' ? prepared : plainNumber(value, reading))
}

function fromNumber(to: ColumnType, number: string): string | undefined {
  if (to === 'money') return `TRY_CAST(${number} AS DECIMAL(18,2))`
  if (to === 'rate') return `TRY_CAST(${number} AS DECIMAL(18,6))`
  // A cast to BIGINT rounds 6.7 to 7: only what is whole is a whole number.
  if (to === 'integer')
    return `CASE WHEN TRY_CAST(${number} AS DOUBLE) = TRY_CAST(${number} AS BIGINT) THEN TRY_CAST(${number} AS BIGINT) END`
  if (to === 'number') return `CASE WHEN isfinite(CAST(${number} AS DOUBLE)) THEN CAST(${number} AS DOUBLE) END`
  if (to === 'boolean') return `CASE ${number} WHEN 1 THEN true WHEN 0 THEN false END`
  return undefined
}

/** An id without the decimals that a spreadsheet put behind it. */
function wholeId(text: string): string {
  return `CASE WHEN regexp_full_match(${text}, '\\d+\\.0+') THEN split_part(${text}, '.', 1) ELSE ${text} END`
}

const WIDE = ['０１２３４５６７８９．，：／－＋（）％￥＄　', '0123456789.,:/-+()%¥$ '] as const

/** Full-width digits and marks as narrow ones, where that is declared. */
function narrow(text: string, { fullWidth }: FeedReading): string {
  return fullWidth ? `trim(translate(${text}, ${literal(WIDE[0])}, ${literal(WIDE[1])}))` : text
}

/** A number as people write it as the number that DuckDB reads: what is not declared costs nothing. */
function plainNumber(written: string, reading: FeedReading): string {
  const { accounting, signs, units, percent } = reading
  let text = narrow(written, reading)
  if (accounting) {
    text = `CASE WHEN regexp_full_match(${text}, '\\(.*\\)') THEN '-' || trim(${text}, '()')
      WHEN length(${text}) > 1 AND suffix(${text}, '-') THEN '-' || trim(substring(${text}, 1, length(${text}) - 1)) ELSE ${text} END`
  }
  if (signs.length > 0) {
    const any = signs.map(escapeRegExp).join('|')
    const before = `regexp_replace(${text}, ${literal(`^([+-]?)\\s*(${any})\\s*([+-]?)`)}, '\\1\\3')`
    text = `regexp_replace(${before}, ${literal(`\\s*(${any})$`)}, '')`
  }
  const multiplied = [...Object.entries(units), ...(percent ? ([['%', 0.01]] as const) : [])]
  const plain = digits(text, reading)
  if (multiplied.length === 0) return plain
  const cases = multiplied.map(([unit, factor]) => {
    const number = digits(`rtrim(substring(${text}, 1, length(${text}) - length(${literal(unit)})))`, reading)
    return `WHEN suffix(${text}, ${literal(unit)}) THEN CAST(TRY_CAST(${number} AS DECIMAL(30,8)) * CAST(${factor} AS DECIMAL(18,6)) AS VARCHAR)`
  })
  return `CASE ${cases.join(' ')} ELSE ${plain} END`
}

/** The number as DuckDB writes it. Marks between thousands count only where they part groups of three, so '1,5' is never fifteen. */
function digits(text: string, { decimal, thousands }: FeedReading): string {
  const refuse = (mark: string, sql: string): string =>
    `CASE WHEN NOT contains(${text}, ${literal(mark)}) THEN ${sql} END`
  const grouped = (sql: string): string => {
    if (thousands === undefined) return sql
    const mark = escapeRegExp(thousands)
    const layout = `[+-]?\\d{1,3}(${mark}\\d{2,3})*${mark}\\d{3}(${escapeRegExp(decimal)}\\d*)?`
    const joined = `CASE WHEN regexp_full_match(${text}, ${literal(layout)}) THEN replace(${text}, ${literal(thousands)}, '') END`
    return `CASE WHEN contains(${text}, ${literal(thousands)}) THEN ${joined} ELSE ${text} END`
  }
  // DuckDB would read '1_000' as a thousand.
  if (decimal === '.') return refuse('_', grouped(text))
  const point = `replace(${grouped(text)}, ',', '.')`
  return thousands === '.' ? refuse('_', point) : `CASE WHEN NOT contains(${text}, '.') THEN ${refuse('_', point)} END`
}

function escapeRegExp(text: string): string {
  // RE2 refuses to have other characters escaped.
  return text.replaceAll(/[!-/:-@[-`{-~ ]/g, '\\$&')
}

function booleanOf(lower: string): string {
  const truths = ['true', 't', 'yes', 'y', '1', '是']
  const untruths = ['false', 'f', 'no', 'n', '0', '否']
  const list = (words: readonly string[]): string => words.map(literal).join(', ')
  return `CASE WHEN ${lower} IN (${list(truths)}) THEN true WHEN ${lower} IN (${list(untruths)}) THEN false END`
}

/** The day and hour as written, whatever the zone. ISO begins with a year of four digits; all else is tried by the layouts in turn. */
function localTime(text: string, { dates, excelDays }: FeedReading): string {
  const layouts = dates.filter((layout) => !isAbsolute(layout))
  // DuckDB also reads 'now', 'today' and 'epoch' as instants: what is one begins with a digit.
  const written =
    layouts.length === 0
      ? `CASE WHEN ${text} < ':' THEN TRY_CAST(${text} AS TIMESTAMP) END`
      : `CASE WHEN ${isIso(text)} THEN TRY_CAST(${text} AS TIMESTAMP) ELSE ${byLayouts(text, layouts)} END`
  if (!excelDays) return written
  return `CASE WHEN regexp_full_match(${text}, '\\d{1,6}(\\.\\d+)?') THEN ${excelDay(text)} ELSE ${written} END`
}

/** Days since the day zero of spreadsheets, which count a 29 February 1900 that never was. */
function excelDay(number: string): string {
  return `TIMESTAMP '1899-12-30' + to_microseconds(CAST(round(CAST(${number} AS DOUBLE) * 86400000) AS BIGINT) * 1000)`
}

/** Text of a day or instant in the marks that layouts are written in: narrow ones, and AM and PM. */
export function timeText(text: string, reading: FeedReading): string {
  const narrowed = narrow(text, reading)
  if (!reading.dates.some((layout) => layout.includes('%p'))) return narrowed
  return `replace(replace(${narrowed}, '上午', 'AM'), '下午', 'PM')`
}

/** A number that counts time, where that is declared. */
function counted(to: ColumnType, number: string, { excelDays, epoch, timeZone }: FeedReading): string | undefined {
  if (to !== 'day' && to !== 'instant') return undefined
  if (epoch !== undefined) {
    const instant = sinceEpoch(number, epoch)
    return to === 'instant' ? utcOf(instant) : `CAST(timezone(${literal(timeZone)}, ${instant}) AS DATE)`
  }
  if (!excelDays) return undefined
  const local = excelDay(number)
  return to === 'day' ? `CAST(${local} AS DATE)` : `CASE ${toUtc(local, timeZone)} END`
}

function sinceEpoch(number: string, epoch: 'seconds' | 'milliseconds'): string {
  return `to_timestamp(CAST(${number} AS DOUBLE) / ${epoch === 'seconds' ? 1 : 1000})`
}

function instantOf(text: string, local: string, reading: FeedReading): string {
  return whenZoned(text, reading, { zoned: utcOf, local: toUtc(local, reading.timeZone) })
}

function dayOf(text: string, local: string, reading: FeedReading): string {
  const zoned = (instant: string): string => `CAST(timezone(${literal(reading.timeZone)}, ${instant}) AS DATE)`
  return whenZoned(text, reading, { zoned, local: `WHEN ${local} >= ${YEAR_1000} THEN CAST(${local} AS DATE)` })
}

/** Text that carries its own offset goes one way; else `local`, the WHEN … THEN … of local time. */
function whenZoned(
  text: string,
  { dates, epoch }: FeedReading,
  ways: { zoned: (instant: string) => string; local: string },
): string {
  const absolute = dates.filter(isAbsolute)
  // DuckDB drops an offset when it casts to TIMESTAMP, and says nothing.
  const offset = `CASE WHEN strlen(${text}) > 19 THEN contains(${text}, '+') OR suffix(${text}, 'Z') OR contains(substring(${text}, 12), '-') ELSE suffix(${text}, 'Z') END`
  const carries = dates.length === 0 ? offset : `${isIso(text)} AND ${offset}`
  const otherwise = absolute.length === 0 ? '' : `ELSE ${ways.zoned(byLayouts(text, absolute))}`
  const count =
    epoch === undefined
      ? ''
      : `WHEN regexp_full_match(${text}, '\\d{8,16}(\\.\\d+)?') THEN ${ways.zoned(sinceEpoch(text, epoch))}`
  return `CASE ${count} WHEN ${carries} THEN ${ways.zoned(`TRY_CAST(${text} AS TIMESTAMPTZ)`)} ${ways.local} ${otherwise} END`
}

/** DuckDB would read 01/02/03 as a day of the year 1. */
const YEAR_1000 = `TIMESTAMP '1000-01-01'`

function isIso(text: string): string {
  return `(strpos(${text}, '-') = 5 OR strpos(${text}, '/') = 5)`
}

function isAbsolute(layout: string): boolean {
  return /%[zZ]/.test(layout)
}

function byLayouts(text: string, layouts: readonly string[]): string {
  return `try_strptime(${text}, [${layouts.map(literal).join(', ')}])`
}

function fromTime(to: ColumnType, { value, from }: Readable, timeZone: string): string | undefined {
  const zoned = from === 'TIMESTAMP WITH TIME ZONE'
  if (to === 'day') {
    return `CASE WHEN isfinite(${value}) THEN CAST(${zoned ? `timezone(${literal(timeZone)}, ${value})` : value} AS DATE) END`
  }
  if (to !== 'instant') return undefined
  if (zoned) return `CASE WHEN isfinite(${value}) THEN ${utcOf(value)} END`
  const local = from === 'TIMESTAMP' ? value : `CAST(${value} AS TIMESTAMP)`
  return `CASE ${toUtc(local, timeZone)} END`
}

/** A TIMESTAMPTZ as TIMESTAMP in UTC, whatever the session's time zone. */
function utcOf(instant: string): string {
  return `make_timestamp(epoch_us(${instant}))`
}

/** The WHEN … THEN … that make UTC of a local TIMESTAMP. Where the zone has kept one offset this is a subtraction, many times as fast as the calendar. */
function toUtc(local: string, timeZone: string): string {
  const offset = zoneOffset(timeZone)
  if (offset.always === 0) return `WHEN ${local} BETWEEN ${YEAR_1000} AND ${YEAR_9999} THEN ${local}`
  const calendar = `WHEN ${local} BETWEEN ${YEAR_1000} AND ${YEAR_9999} THEN ${utcOf(`timezone(${literal(timeZone)}, ${local})`)}`
  if (offset.since === undefined) return calendar
  const steady = `${local} BETWEEN TIMESTAMP '${offset.since}' AND TIMESTAMP '${offset.until}'`
  return `WHEN ${steady} THEN ${local} - INTERVAL '${offset.minutes} minutes' ${calendar}`
}

/** Infinity is no instant, and what lies beyond is a slip of the keyboard. */
const YEAR_9999 = `TIMESTAMP '9999-12-31 23:59:59.999999'`
