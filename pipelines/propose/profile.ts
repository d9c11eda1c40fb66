import { literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import type { SourceColumn } from '../sources/reader.ts'

/** What a sample of rows says of one column. Counts are rows. */
export interface ColumnProfile {
  readonly name: string
  readonly rows: number
  /** Rows with text other than a word for nothing. */
  readonly filled: number
  readonly distinct: number
  /** Rows that are a number with a decimal point; of groups of three between commas; with a decimal comma. A sign of money may stand at it. */
  readonly numbers: number
  readonly grouped: number
  readonly commas: number
  /** Signs of money that stand at numbers. */
  readonly signs: readonly string[]
  /** Rows that are 0/1, yes/no and the like. */
  readonly booleans: number
  /** Rows that are an ISO day or instant, and rows that each layout reads. */
  readonly isos: number
  readonly layouts: Readonly<Record<string, number>>
  readonly longest: number
  /** The most frequent words, most first, where the column has few. */
  readonly words: readonly { readonly word: string; readonly rows: number }[]
  /** Words that mean nothing was entered, as this column writes them. */
  readonly nulls: readonly string[]
}

/** Layouts of days and instants that are tried, day before month first. */
const LAYOUTS = [
  '%d.%m.%Y %H:%M:%S',
  '%d.%m.%Y %H:%M',
  '%d.%m.%Y',
  '%d/%m/%Y %H:%M:%S',
  '%d/%m/%Y %H:%M',
  '%d/%m/%Y',
  '%m/%d/%Y %H:%M:%S',
  '%m/%d/%Y %H:%M',
  '%m/%d/%Y %I:%M:%S %p',
  '%m/%d/%Y %I:%M %p',
  '%m/%d/%Y',
  '%m/%d/%y',
  '%d-%m-%Y %H:%M',
  '%d-%m-%Y',
  '%d-%b-%Y',
  '%d-%b-%y',
  '%b %d, %Y',
  '%Y年%m月%d日 %H:%M',
  '%Y年%m月%d日',
  '%Y%m%d',
] as const

const SIGNS = '$€£¥￥'
const NOTHING = ['n/a', 'N/A', '#N/A', 'NULL', 'null', 'None', '-', '--', '?', '无', '/']
/** A column of more words than these is no list of kinds. */
const FEW = 30

interface Counted extends Omit<ColumnProfile, 'rows' | 'layouts' | 'words' | 'nulls' | 'signs'> {
  readonly words: string | null
  readonly nulls: string | null
  readonly signs: string | null
  readonly layouts: string
}

/** One pass over a sample in a Parquet file, whatever its columns. */
export async function profileColumns(
  session: Session,
  parquet: string,
  columns: readonly SourceColumn[],
): Promise<ColumnProfile[]> {
  const read = `read_parquet(${literal(parquet)})`
  const total = (await session.one<{ rows: number }>(`SELECT count(*) AS rows FROM ${read}`))?.rows ?? 0
  const layouts = LAYOUTS.map((layout) => `count(*) FILTER (try_strptime(text, ${literal(layout)}) IS NOT NULL)`)
  const found = await session.rows<Counted>(
    `WITH cells AS (
       UNPIVOT (SELECT CAST(COLUMNS(c -> c NOT IN ('_file', '_line')) AS VARCHAR) FROM ${read})
       ON COLUMNS(*) INTO NAME name VALUE cell
     ),
     texts AS (
       SELECT
         name,
         trim(cell) AS text,
         trim(trim(cell), ${literal(`${SIGNS} `)}) AS bare,
         trim(cell) IN (${NOTHING.map(literal).join(', ')}) AS is_nothing
       FROM cells WHERE trim(cell) <> ''
     ),
     words AS (
       SELECT name, text, count(*) AS rows FROM texts WHERE NOT is_nothing GROUP BY ALL
     )
     SELECT
       name,
       count(*) AS filled,
       count(DISTINCT text) AS "distinct",
       count(*) FILTER (regexp_full_match(bare, '[+-]?\\d*\\.?\\d+')) AS numbers,
       count(*) FILTER (regexp_full_match(bare, '[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?')) AS grouped,
       count(*) FILTER (regexp_full_match(bare, '[+-]?\\d{1,3}(\\.\\d{3})+(,\\d+)?|[+-]?\\d+,\\d+')) AS commas,
       CAST(to_json(list(DISTINCT regexp_extract(text, ${literal(`[${SIGNS}]`)})) FILTER (bare <> text)) AS VARCHAR) AS signs,
       count(*) FILTER (lower(text) IN ('0', '1', 'y', 'n', 'yes', 'no', 'true', 'false', 't', 'f', '是', '否')) AS booleans,
       count(*) FILTER (regexp_matches(text, '^\\d{4}[-/]') AND TRY_CAST(text AS TIMESTAMP) IS NOT NULL) AS isos,
       CAST(to_json([${layouts.join(', ')}]) AS VARCHAR) AS layouts,
       max(length(text)) AS longest,
       (
         SELECT CAST(coalesce(to_json(list({word: text, rows: rows} ORDER BY rows DESC, text)), '[]') AS VARCHAR)
         FROM words WHERE words.name = texts.name HAVING count(*) <= ${FEW}
       ) AS words,
       (
         SELECT CAST(to_json(list(DISTINCT text)) AS VARCHAR)
         FROM texts AS nothing WHERE nothing.name = texts.name AND is_nothing
       ) AS nulls
     FROM texts
     WHERE NOT is_nothing
     GROUP BY name`,
  )
  const profiles = new Map(found.map((each) => [each.name, each]))
  return columns.map(({ name }) => {
    const one = profiles.get(name)
    if (one === undefined) return empty(name, total)
    return {
      ...one,
      rows: total,
      layouts: Object.fromEntries((JSON.parse(one.layouts) as number[]).map((count, at) => [LAYOUTS[at] ?? '', count])),
      words: JSON.parse(one.words ?? '[]') as ColumnProfile['words'],
      nulls: JSON.parse(one.nulls ?? '[]') as string[],
      signs: JSON.parse(one.signs ?? '[]') as string[],
    }
  })
}

function empty(name: string, rows: number): ColumnProfile {
  const none = { filled: 0, distinct: 0, numbers: 0, grouped: 0, commas: 0, booleans: 0, isos: 0, longest: 0 }
  return { name, rows, ...none, layouts: {}, words: [], nulls: [], signs: [] }
}
