import { literal } from '../data/quote.ts'
import type { ColumnType } from '../entities/entity.ts'
import { zoneOffset } from './zone.ts'

/** How one feed's text is read: the feed's own reading over its source's over the company's. */
export interface FeedReading {
  readonly nulls: readonly string[]
  readonly dates: readonly string[]
  readonly decimal: '.' | ','
  readonly thousands: string | undefined
  readonly timeZone: string
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

/** SQL that reads `value`, of DuckDB type `from`, as a column of type `to`; null where it cannot be. Undefined: no such reading. */
export function readAs(to: ColumnType, { value, from }: { value: string; from: string }, reading: FeedReading): string | undefined {
  const kind = kindOf(from)
  if (to === 'id' || to === 'text') return kind === 'text' ? value : kind === 'nested' ? `CAST(to_json(${value}) AS VARCHAR)` : `CAST(${value} AS VARCHAR)`
  if (kind === 'text') return fromText(to, value, reading)
  if (kind === 'number') return fromNumber(to, value)
  if (kind === 'boolean') return to === 'boolean' ? value : to === 'day' || to === 'instant' ? undefined : fromNumber(to, `CAST(${value} AS INTEGER)`)
  if (kind === 'time') return fromTime(to, { value, from }, reading.timeZone)
  return undefined
}

type Kind = 'text' | 'number' | 'boolean' | 'time' | 'nested' | 'other'

function kindOf(type: string): Kind {
  if (type.endsWith(']') || /^(STRUCT|MAP|UNION)/.test(type)) return 'nested'
  if (/^(VARCHAR|JSON|UUID|ENUM)/.test(type)) return 'text'
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL)/.test(type)) return 'number'
  if (type === 'BOOLEAN') return 'boolean'
  return type === 'DATE' || type.startsWith('TIMESTAMP') ? 'time' : 'other'
}

function fromText(to: ColumnType, text: string, reading: FeedReading): string {
  if (to === 'boolean') return booleanOf(text)
  if (to === 'day') return dayOf(text, reading)
  if (to === 'instant') return instantOf(text, reading)
  return fromNumber(to, plainNumber(text, reading)) ?? text
}

function fromNumber(to: ColumnType, number: string): string | undefined {
  if (to === 'money') return `TRY_CAST(${number} AS DECIMAL(18,2))`
  if (to === 'rate') return `TRY_CAST(${number} AS DECIMAL(18,6))`
  // A cast to BIGINT rounds 6.7 to 7: only what is whole is a whole number.
  if (to === 'integer') return `CASE WHEN TRY_CAST(${number} AS DOUBLE) = TRY_CAST(${number} AS BIGINT) THEN TRY_CAST(${number} AS BIGINT) END`
  if (to === 'number') return `CASE WHEN isfinite(TRY_CAST(${number} AS DOUBLE)) THEN TRY_CAST(${number} AS DOUBLE) END`
  if (to === 'boolean') return `CASE ${number} WHEN 1 THEN true WHEN 0 THEN false END`
  return undefined
}

/** The number as DuckDB writes it. Marks between thousands count only where they part groups of three, so '1,5' is never fifteen. */
function plainNumber(text: string, { decimal, thousands }: FeedReading): string {
  const refuse = (mark: string, sql: string): string => `CASE WHEN NOT contains(${text}, ${literal(mark)}) THEN ${sql} END`
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
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&')
}

function booleanOf(text: string): string {
  const truths = ['true', 't', 'yes', 'y', '1', '是']
  const untruths = ['false', 'f', 'no', 'n', '0', '否']
  const list = (words: readonly string[]): string => words.map(literal).join(', ')
  return `CASE WHEN lower(${text}) IN (${list(truths)}) THEN true WHEN lower(${text}) IN (${list(untruths)}) THEN false END`
}

/** Only text that begins with a year of four digits is ISO: DuckDB would read 01/02/03 as the year 1. */
function isIso(text: string): string {
  return `(${text} LIKE '____-%' OR ${text} LIKE '____/%')`
}

/** DuckDB drops an offset when it casts to TIMESTAMP without a word, so text with one goes another way. */
function hasOffset(text: string): string {
  return `(strlen(${text}) > 16 AND (suffix(${text}, 'Z') OR contains(${text}, '+') OR contains(substring(${text}, 12), '-')))`
}

function instantOf(text: string, { dates, timeZone }: FeedReading): string {
  const absolute = utcOf(`TRY_CAST(${text} AS TIMESTAMPTZ)`)
  const local = toUtc(`TRY_CAST(${text} AS TIMESTAMP)`, timeZone)
  const iso = `CASE WHEN ${hasOffset(text)} THEN ${absolute} ELSE ${local} END`
  const layouts = layoutsOf(text, dates)
  const others = [layouts.local && toUtc(layouts.local, timeZone), layouts.absolute && utcOf(layouts.absolute)].filter(Boolean)
  return others.length === 0
    ? `CASE WHEN ${isIso(text)} THEN ${iso} END`
    : `CASE WHEN ${isIso(text)} THEN ${iso} ELSE COALESCE(${others.join(', ')}) END`
}

function dayOf(text: string, { dates, timeZone }: FeedReading): string {
  const zoned = (instant: string): string => `CAST(timezone(${literal(timeZone)}, ${instant}) AS DATE)`
  const long = `CASE WHEN ${hasOffset(text)} THEN ${zoned(`TRY_CAST(${text} AS TIMESTAMPTZ)`)} ELSE CAST(TRY_CAST(${text} AS TIMESTAMP) AS DATE) END`
  // A cast to DATE takes what follows the day for granted; beyond ten characters the whole text must be an instant.
  const iso = `CASE WHEN strlen(${text}) <= 10 THEN TRY_CAST(${text} AS DATE) ELSE ${long} END`
  const layouts = layoutsOf(text, dates)
  const others = [layouts.local && `CAST(${layouts.local} AS DATE)`, layouts.absolute && zoned(layouts.absolute)].filter(Boolean)
  return others.length === 0 ? `CASE WHEN ${isIso(text)} THEN ${iso} END` : `CASE WHEN ${isIso(text)} THEN ${iso} ELSE COALESCE(${others.join(', ')}) END`
}

/** ISO-looking text that a layout is meant for ('%Y-%m-%d %H.%M') is tried as ISO only; all else by the layouts in turn. */
function layoutsOf(text: string, dates: readonly string[]): { local?: string; absolute?: string } {
  const parse = (layouts: readonly string[]): string => `try_strptime(${text}, [${layouts.map(literal).join(', ')}])`
  const local = dates.filter((layout) => !/%[zZ]/.test(layout))
  const absolute = dates.filter((layout) => /%[zZ]/.test(layout))
  return { ...(local.length > 0 && { local: parse(local) }), ...(absolute.length > 0 && { absolute: parse(absolute) }) }
}

function fromTime(to: ColumnType, { value, from }: { value: string; from: string }, timeZone: string): string | undefined {
  const finite = (sql: string): string => `CASE WHEN isfinite(${value}) THEN ${sql} END`
  const zoned = from === 'TIMESTAMP WITH TIME ZONE'
  if (to === 'day') return finite(`CAST(${zoned ? `timezone(${literal(timeZone)}, ${value})` : value} AS DATE)`)
  if (to === 'instant') return finite(zoned ? utcOf(value) : toUtc(`CAST(${value} AS TIMESTAMP)`, timeZone))
  return undefined
}

/** A TIMESTAMPTZ as TIMESTAMP in UTC, whatever the session's time zone. */
function utcOf(instant: string): string {
  return `make_timestamp(epoch_us(${instant}))`
}

/** A local TIMESTAMP as UTC. Where the zone has kept one offset this is a subtraction, ten times as fast as the calendar. */
function toUtc(local: string, timeZone: string): string {
  const offset = zoneOffset(timeZone)
  if (offset.always === 0) return local
  const calendar = utcOf(`timezone(${literal(timeZone)}, ${local})`)
  if (offset.since === undefined) return calendar
  return `CASE WHEN ${local} >= TIMESTAMP '${offset.since}' AND ${local} < TIMESTAMP '${offset.until}' THEN ${local} - INTERVAL '${offset.minutes}' MINUTE ELSE ${calendar} END`
}
