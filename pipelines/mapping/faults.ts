import { literal } from '../../data/quote.ts'
import type { ColumnType } from '../../entities/entity.ts'
import { rowFault, type Fault } from '../../entities/faults.ts'
import type { MappedColumn, Names } from './sql.ts'
import type { FeedReading } from './values.ts'

/** What can be wrong with one column of a row. `when` and `value` are SQL; what it is called does not depend on the row. */
export interface MappedFault {
  readonly when: string
  readonly column: string
  readonly value: string
  readonly fault: Fault
  /** Another name for it where this SQL holds. */
  readonly special?: { readonly when: string; readonly fault: Fault }
}

/** At most one fault a column: the first that holds. */
export function faultOf(column: MappedColumn, names: Names, reading: FeedReading): MappedFault[] {
  const faults = [
    failed(column, names),
    unlisted(column, names),
    misread(column, names, reading),
    disallowed(column, names),
    missing(column, names),
  ]
  return faults.filter((fault) => fault !== undefined).map((fault, index, all) => exclusive(fault, all.slice(0, index)))
}

function exclusive(fault: MappedFault, earlier: readonly MappedFault[]): MappedFault {
  if (earlier.length === 0) return fault
  const none = earlier.map(({ when }) => `NOT COALESCE(${when}, false)`).join(' AND ')
  return { ...fault, when: `(${fault.when}) AND ${none}` }
}

function failed({ column, text, guarded }: MappedColumn, { tried }: Names): MappedFault | undefined {
  // A text or the joining of texts cannot fail; only what can is worth a look at every row.
  if (!guarded) return undefined
  return {
    when: `${tried} IS NULL`,
    column,
    value: NO_VALUE,
    fault: rowFault('expression_fails', { expression: text.trim() }),
  }
}

export const NO_VALUE = 'CAST(NULL AS VARCHAR)'

function unlisted({ column, words, contract }: MappedColumn, { found }: Names): MappedFault | undefined {
  if (words?.values === undefined || words.otherwise !== undefined) return undefined
  const listed = Object.keys(words.values)
  const text = `CAST(${found} AS VARCHAR)`
  const known = listed.length === 0 ? 'false' : `${text} IN (${listed.map((word) => literal(word.trim())).join(', ')})`
  return {
    when: `${found} IS NOT NULL AND NOT (${known})`,
    column,
    value: text,
    fault: rowFault('word_not_translated', { valid: contract?.values }),
  }
}

function misread({ column, to }: MappedColumn, { word, read }: Names, reading: FeedReading): MappedFault | undefined {
  const fault = misreading(to, reading)
  if (fault === undefined) return undefined
  const value = `CAST(${word} AS VARCHAR)`
  const large = tooLarge(to)
  return {
    when: `${word} IS NOT NULL AND ${read} IS NULL`,
    column,
    value,
    fault,
    ...(large && {
      special: { when: `abs(TRY_CAST(${value} AS DOUBLE)) BETWEEN ${large.limit} AND 1e308`, fault: large.fault },
    }),
  }
}

function misreading(to: ColumnType, { dates, decimal, thousands, timeZone }: FeedReading): Fault | undefined {
  const layouts = dates.map((layout) => `'${layout}'`)
  switch (to) {
    case 'integer':
      return rowFault('not_integer', { decimal, thousands })
    case 'number':
      return rowFault('not_number', { decimal, thousands })
    case 'money':
      return rowFault('not_money', { decimal, thousands })
    case 'rate':
      return rowFault('not_rate', { decimal, thousands })
    case 'boolean':
      return rowFault('not_boolean')
    case 'day':
      return rowFault('not_day', { layouts })
    case 'instant':
      return rowFault('not_instant', { layouts, zone: timeZone })
    default:
      return undefined
  }
}

function tooLarge(to: ColumnType): { limit: string; fault: Fault } | undefined {
  if (to === 'money') return { limit: '1e16', fault: rowFault('too_large_money') }
  if (to === 'rate') return { limit: '1e12', fault: rowFault('too_large_rate') }
  return to === 'integer' ? { limit: '9.2e18', fault: rowFault('too_large_integer') } : undefined
}

function disallowed({ column, contract, words }: MappedColumn, { word, read }: Names): MappedFault | undefined {
  // Words that `values` gives were checked against the contract before anything ran.
  if (contract?.values === undefined || words?.values !== undefined) return undefined
  return {
    when: `${read} NOT IN (${contract.values.map(literal).join(', ')})`,
    column,
    value: `CAST(${word} AS VARCHAR)`,
    fault: rowFault('not_allowed', { valid: contract.values, example: contract.values[0] }),
  }
}

function missing({ column, contract }: MappedColumn, { read }: Names): MappedFault | undefined {
  if (contract?.required !== true) return undefined
  return { when: `${read} IS NULL`, column, value: NO_VALUE, fault: rowFault('required') }
}
