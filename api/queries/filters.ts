import { sql, type RawBuilder } from 'kysely'
import type { Details, FaultCode } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import type { Dimension, Filter, Operator } from '../../models/metrics/metric.ts'

type Condition = RawBuilder<boolean>
const SIGNS: Partial<Record<Operator, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' }

/** A filter on the rows of a mart. `contains` looks into the words shown as well as into the id. */
export function dimensionCondition(filter: Filter, dimension: Dimension, mart: string): Condition {
  const own = sql.ref(`mart.${dimension.columns[mart]}`)
  // A flag may be shown as words; compared with any other word it is none of them, not a fault.
  const column = dimension.kind === 'text' ? sql`CAST(${own} AS VARCHAR)` : own
  if (filter.operator !== 'contains')
    return condition(filter, column, (text) => dimensionValue(filter, dimension, text))
  if (dimension.kind !== 'text') throw refusal(filter, 'where_contains', { field: filter.field, kind: dimension.kind })
  const label = dimension.labels?.[mart]
  const columns = label === undefined ? [column] : [column, sql.ref(`mart.${label}`)]
  const part = sql`LOWER(${valueOf(filter)})`
  return sql<boolean>`(${sql.join(
    columns.map((each) => sql`STRPOS(LOWER(CAST(${each} AS VARCHAR)), ${part}) > 0`),
    sql` OR `,
  )})`
}

/** A filter on the rows of the answer. */
export function metricCondition(filter: Filter): Condition {
  if (filter.operator === 'contains') throw refusal(filter, 'where_contains', { field: filter.field, kind: 'figure' })
  return condition(filter, sql.ref(filter.field), (text) => {
    // JavaScript also reads 0x10, which SQL does not.
    if (!/^\s*[+-]?(\d|\.\d)[\d.e+-]*\s*$/i.test(text) || !Number.isFinite(Number(text)))
      throw refusal(filter, 'where_not_number', { text })
    return sql`CAST(${text.trim()} AS DOUBLE)`
  })
}

/** An empty value means: not known. */
function condition(
  filter: Filter,
  column: RawBuilder<unknown>,
  read: (text: string) => RawBuilder<unknown>,
): Condition {
  const { operator } = filter
  const sign = SIGNS[operator]
  if (operator === 'in') return anyOf(filter, column, read)
  const value = valueOf(filter)
  if (sign !== undefined && value === '') throw refusal(filter, 'where_no_value', { operator })
  if (sign !== undefined) return sql<boolean>`${column} ${sql.raw(sign)} ${read(value)}`
  const same = operator === 'eq' ? sql.raw('IS NOT DISTINCT FROM') : sql.raw('IS DISTINCT FROM')
  return value === '' ? sql<boolean>`${column} ${same} NULL` : sql<boolean>`${column} ${same} ${read(value)}`
}

function anyOf(filter: Filter, column: RawBuilder<unknown>, read: (text: string) => RawBuilder<unknown>): Condition {
  if (filter.values.length === 0) throw refusal(filter, 'where_no_values')
  const known = filter.values.filter((value) => value !== '')
  const each = [
    ...(known.length > 0 ? [sql`${column} IN (${sql.join(known.map(read))})`] : []),
    ...(known.length < filter.values.length ? [sql`${column} IS NULL`] : []),
  ]
  return sql<boolean>`(${sql.join(each, sql` OR `)})`
}

function valueOf(filter: Filter): string {
  const [value] = filter.values
  if (filter.values.length !== 1 || value === undefined)
    throw refusal(filter, 'where_one_value', { operator: filter.operator })
  return value
}

function dimensionValue(filter: Filter, { kind }: Dimension, text: string): RawBuilder<unknown> {
  if (kind === 'text') return sql`CAST(${text} AS VARCHAR)`
  if (kind === 'flag') {
    if (text !== 'true' && text !== 'false') throw refusal(filter, 'where_not_flag', { text })
    return sql`CAST(${text} AS BOOLEAN)`
  }
  const day = kind === 'month' && /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text
  if (!isDay(day))
    throw refusal(filter, 'where_not_day', { text, kind, example: kind === 'month' ? '2025-03' : '2025-03-31' })
  return sql`CAST(${day} AS DATE)`
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

function refusal(filter: Filter, code: FaultCode & `where_${string}`, details: Details = {}): RequestError {
  const text = `${filter.field}:${filter.operator}:${filter.values.join(',')}`
  return new RequestError({ code, details: { ...details, filter: text } }, { field: 'where' })
}
