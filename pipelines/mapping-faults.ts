import { literal } from '../data/quote.ts'
import type { ColumnType } from '../entities/entity.ts'
import type { MappedColumn, Names } from './mapping-sql.ts'
import type { FeedReading } from './mapping-values.ts'

/** What can be wrong with one column of a row. `when`, `value` and `reason` are SQL; the remedy does not depend on the row. */
export interface Fault {
  readonly when: string
  readonly column: string
  readonly value: string
  readonly reason: string
  readonly remedy: string
}

/** At most one fault a column: the first that holds. */
export function faultOf(column: MappedColumn, names: Names, reading: FeedReading): Fault[] {
  const faults = [
    failed(column, names),
    unlisted(column, names),
    misread(column, names, reading),
    disallowed(column, names),
    missing(column, names),
  ]
  return faults.filter((fault) => fault !== undefined).map((fault, index, all) => exclusive(fault, all.slice(0, index)))
}

function exclusive(fault: Fault, earlier: readonly Fault[]): Fault {
  if (earlier.length === 0) return fault
  const none = earlier.map(({ when }) => `NOT COALESCE(${when}, false)`).join(' AND ')
  return { ...fault, when: `(${fault.when}) AND ${none}` }
}

function failed({ column, text, guarded }: MappedColumn, { tried }: Names): Fault | undefined {
  // A text or the joining of texts cannot fail; only what can is worth a look at every row.
  if (!guarded) return undefined
  return {
    when: `${tried} IS NULL`,
    column,
    value: 'CAST(NULL AS VARCHAR)',
    reason: literal('the expression fails on this row'),
    remedy: `Mend the row in the source, or the expression: ${text.trim()}`,
  }
}

function unlisted({ column, words, contract }: MappedColumn, { found }: Names): Fault | undefined {
  if (words?.values === undefined || words.otherwise !== undefined) return undefined
  const listed = Object.keys(words.values)
  const text = `CAST(${found} AS VARCHAR)`
  const known = listed.length === 0 ? 'false' : `${text} IN (${listed.map((word) => literal(word.trim())).join(', ')})`
  const targets = contract?.values === undefined ? '' : ` as one of ${contract.values.join(', ')}`
  return {
    when: `${found} IS NOT NULL AND NOT (${known})`,
    column,
    value: text,
    reason: `${quoted(text)} || ' is not a word that \`values\` translates'`,
    remedy: `Add it to \`values\`${targets}, or say what \`otherwise\` stands for all others`,
  }
}

const KINDS: Readonly<Partial<Record<ColumnType, string>>> = {
  integer: 'a whole number',
  number: 'a number',
  money: 'an amount of money',
  rate: 'a price or rate',
  boolean: 'true or false',
  day: 'a day',
  instant: 'an instant',
}

function misread({ column, to }: MappedColumn, { word, read }: Names, reading: FeedReading): Fault | undefined {
  const kind = KINDS[to]
  if (kind === undefined) return undefined
  const text = `CAST(${word} AS VARCHAR)`
  const reason = `${quoted(text)} || ${literal(` is not ${kind}`)}`
  const limit = to === 'money' ? '1e16' : to === 'rate' ? '1e12' : to === 'integer' ? '9.2e18' : undefined
  const large =
    limit &&
    `CASE WHEN abs(TRY_CAST(${text} AS DOUBLE)) BETWEEN ${limit} AND 1e308 THEN ${quoted(text)} || ${literal(` is too large for ${kind}`)} ELSE ${reason} END`
  return {
    when: `${word} IS NOT NULL AND ${read} IS NULL`,
    column,
    value: text,
    reason: large ?? reason,
    remedy: remedyOf(to, reading),
  }
}

function remedyOf(to: ColumnType, { dates, decimal, thousands, timeZone }: FeedReading): string {
  if (to === 'boolean')
    return 'Valid are true/false, t/f, yes/no, y/n, 1/0 and 是/否; translate other words with `values`'
  if (to === 'day' || to === 'instant') {
    const layouts = ['ISO 8601 (2024-12-31 08:30:00)', ...dates.map((layout) => `'${layout}'`)].join(', ')
    const zone = to === 'instant' ? ` in ${timeZone}` : ''
    return `Valid are ${layouts}${zone}; add a layout to \`dates\`, or the word to \`nulls\` where it means nothing`
  }
  const marks = thousands === undefined ? 'no mark between thousands' : `'${thousands}' between thousands`
  return `Numbers are read with '${decimal}' before decimals and ${marks}: set \`decimal\` and \`thousands\`, or add the word to \`nulls\` where it means nothing`
}

function disallowed({ column, contract, words }: MappedColumn, { word, read }: Names): Fault | undefined {
  // Words that `values` gives were checked against the contract before anything ran.
  if (contract?.values === undefined || words?.values !== undefined) return undefined
  return {
    when: `${read} NOT IN (${contract.values.map(literal).join(', ')})`,
    column,
    value: `CAST(${word} AS VARCHAR)`,
    reason: `${quoted(`CAST(${word} AS VARCHAR)`)} || ${literal(` is not one of ${contract.values.join(', ')}`)}`,
    remedy: `Translate it with \`values\` in the mapping of ${column}, e.g. values: { '…': '${contract.values[0] ?? ''}' }`,
  }
}

function missing({ column, contract }: MappedColumn, { read }: Names): Fault | undefined {
  if (contract?.required !== true) return undefined
  return {
    when: `${read} IS NULL`,
    column,
    value: 'CAST(NULL AS VARCHAR)',
    reason: literal('nothing was entered, and it is required'),
    remedy: `Fill ${column} in the source, or map it to an expression that always has a value, e.g. coalesce(…, 'unknown')`,
  }
}

function quoted(text: string): string {
  return `'''' || ${text} || ''''`
}
