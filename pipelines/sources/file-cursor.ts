import { identifier, literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { cursorKind, growsAsText } from './cursor.ts'

/** A column of files by which is told what is new, and how its text is read. */
export interface FileCursor {
  readonly column: string
  readonly layouts: readonly string[]
  readonly nulls: readonly string[]
}

/**
 * Rows at or above the lower bound; a row without a cursor that reads is always taken, so that it is not lost. With an upper
 * bound, a window that is read again: those below it, and none without a cursor.
 */
export function sinceCursor(cursor: FileCursor, since: string | null, until?: string): string {
  const conditions = [
    ...(since === null ? [] : [bounded(cursor, since, { sign: '>=', always: until === undefined })]),
    ...(until === undefined ? [] : [bounded(cursor, until, { sign: '<', always: false })]),
  ]
  return conditions.map((condition) => `(${condition})`).join(' AND ')
}

function bounded(cursor: FileCursor, bound: string, { sign, always }: { sign: string; always: boolean }): string {
  const kind = cursorKind(bound)
  const text = `CAST(${identifier(cursor.column)} AS VARCHAR)`
  const [value, least] =
    kind === 'text'
      ? [text, literal(bound)]
      : kind === 'number'
        ? [numberOf(text), `CAST(${literal(bound)} AS DOUBLE)`]
        : [instantOf(text, cursor), `CAST(${literal(bound)} AS TIMESTAMPTZ)`]
  return `${always ? `${value} IS NULL OR ` : ''}${value} ${sign} ${least}`
}

/** The latest instant, else the highest number, else the last text that grows: what is of another kind is always read. */
export async function highestCursor(session: Session, parquet: string, cursor: FileCursor): Promise<string | null> {
  const nulls = ['', ...cursor.nulls].map(literal).join(', ')
  const instant = instantOf('value', cursor)
  const found = await session.one<
    Record<'laidOut' | 'instant' | 'number' | 'text', string | null> & { numeric: boolean }
  >(
    `SELECT CAST(max(${instant}) AS VARCHAR) AS "laidOut", max_by(value, ${instant}) AS instant,
       max_by(value, ${numberOf('value')}) AS number, max(value) AS text,
       count(*) = count(${numberOf('value')}) AS numeric
     FROM (SELECT CAST(${identifier(cursor.column)} AS VARCHAR) AS value FROM read_parquet(${literal(parquet)}))
     WHERE trim(value) NOT IN (${nulls})`,
  )
  if (found === undefined) return null
  const { instant: written, number, text, numeric, laidOut } = found
  if (written !== null && !numeric)
    return [written, laidOut].find((one) => one !== null && isOf('instant', one)) ?? null
  if (number !== null) return isOf('number', number) ? number : null
  return text !== null && growsAsText(text) ? text : null
}

function isOf(kind: ReturnType<typeof cursorKind>, text: string): boolean {
  return cursorKind(text) === kind
}

function numberOf(text: string): string {
  return `TRY_CAST(${text} AS DOUBLE)`
}

/** With its offset, where it has one: the hour that comes twice in autumn is then in order. */
function instantOf(text: string, { layouts }: FileCursor): string {
  const iso = `TRY_CAST(${text} AS TIMESTAMPTZ)`
  if (layouts.length === 0) return iso
  return `COALESCE(CAST(try_strptime(${text}, [${layouts.map(literal).join(', ')}]) AS TIMESTAMPTZ), ${iso})`
}
