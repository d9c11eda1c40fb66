import { literal } from '../../data/quote.ts'
import { kindOf, prepareAs, readAs, timeText, type FeedReading } from './values.ts'
import { namedColumns, wordRows, wordType, type Mapped } from './sql.ts'

/** What one column holds of texts as 03/04/2025, whose parts stand between the same mark. */
export interface DayMarks {
  /** Of the entity, or 'version'. */
  readonly column: string
  /** What fills it, in SQL. */
  readonly from: string
  readonly mark: string
  readonly rows: number
  /** Rows in which either part may be the day. 05/05/2025 is none: it is the same day both ways. */
  readonly ambiguous: number
  /** Of those, the rows for which the layouts allow both orders, or neither. */
  readonly open: number
  /** Rows that can only have the day first, or only the month. */
  readonly day_first: number
  readonly month_first: number
  /** Of those, the rows for which the layouts allow the other order alone. */
  readonly against: number
  /** Up to three ambiguous ones, with the day they are read as now; null: not at all. */
  readonly examples: readonly { readonly text: string; readonly day: string | null }[]
  readonly a_day_first: string | null
  readonly a_month_first: string | null
  /** What the texts look like, with 9 for each digit: '99/99/9999 99:99'. */
  readonly shapes: readonly string[]
}

/** One SELECT of `DayMarks`, a row for each column and mark. Undefined: no column is read as a day or instant from text. */
export function dayMarks(mapped: Mapped): string | undefined {
  const { columns, reading } = mapped
  const texts = namedColumns(columns).flatMap(({ column, names }) => {
    if ((column.to !== 'day' && column.to !== 'instant') || kindOf(wordType(column)) !== 'text') return []
    const from = column.guarded ? column.text.trim() : column.sql
    const text = timeText(names.word, reading)
    return [`struct_pack("column" := ${literal(column.column)}, "from" := ${literal(from)}, text := ${text})`]
  })
  if (texts.length === 0) return undefined
  const parts = `regexp_extract(text, ${literal(DAY_AND_MONTH)}, ['first', 'mark', 'second', 'again', 'year'])`
  return `
    WITH texts AS (SELECT unnest([${texts.join(', ')}], recursive := true) FROM (${wordRows(mapped)})),
    parted AS (SELECT *, ${parts} AS part FROM texts WHERE regexp_full_match(text, ${literal(DAY_AND_MONTH)})),
    numbered AS (
      SELECT *, part.mark AS mark, CAST(part.first AS INTEGER) AS first, CAST(part.second AS INTEGER) AS second,
        -- In 25/03/04 the year may come first.
        strlen(part.year) = 4 OR CAST(part.year AS INTEGER) > 31 AS year_last
      FROM parted WHERE part.mark = part.again
    ),
    judged AS (
      SELECT "column", "from", mark, text, ${dayOf('text', reading)} AS day,
        first BETWEEN 1 AND 12 AND second BETWEEN 1 AND 12 AND first <> second AS is_ambiguous,
        first BETWEEN 13 AND 31 AND second BETWEEN 1 AND 12 AND year_last AS is_day_first,
        first BETWEEN 1 AND 12 AND second BETWEEN 13 AND 31 AS is_month_first,
        ${dayOf(withParts('13', '12'), reading)} IS NOT NULL AS takes_day_first,
        ${dayOf(withParts('12', '13'), reading)} IS NOT NULL AS takes_month_first
      FROM numbered
    )
    SELECT "column", "from", mark, count(*) AS rows,
      count(*) FILTER (is_ambiguous) AS ambiguous,
      count(*) FILTER (is_ambiguous AND takes_day_first = takes_month_first) AS open,
      count(*) FILTER (is_day_first) AS day_first,
      count(*) FILTER (is_month_first) AS month_first,
      count(*) FILTER (takes_day_first <> takes_month_first
        AND (is_day_first AND takes_month_first OR is_month_first AND takes_day_first)) AS against,
      COALESCE(list_slice(list_sort(list(DISTINCT struct_pack(text := text, day := CAST(day AS VARCHAR)))
        FILTER (is_ambiguous)), 1, 3), []) AS examples,
      min(text) FILTER (is_day_first) AS a_day_first,
      min(text) FILTER (is_month_first) AS a_month_first,
      list_sort(list(DISTINCT regexp_replace(text, '\\d', '9', 'g'))) AS shapes
    FROM judged GROUP BY ALL ORDER BY "column", mark`
}

const DAY_AND_MONTH = String.raw`(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4}|\d{2})(\D.*)?`

/** The same text with another day and month: whether the layouts allow an order is asked of the reading itself. */
function withParts(first: string, second: string): string {
  return `regexp_replace(text, '^\\d+(\\D)\\d+', '${first}\\1${second}')`
}

/** An instant is read where its day is, and the day is what the order of the parts decides. */
function dayOf(value: string, reading: FeedReading): string {
  const prepared = prepareAs('day', { value, from: 'VARCHAR' }, reading) ?? 'NULL'
  return readAs('day', { value, prepared, from: 'VARCHAR' }, reading) ?? 'NULL'
}
