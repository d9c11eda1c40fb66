import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import { COMPARISONS, GRAINS, type Filter, type MetricQuery, type Operator } from './metric.ts'
import { nearest } from '../builder/nearest.ts'

export const OPERATORS = ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'contains'] as const satisfies readonly Operator[]

/** Parameters of a query string that ask for figures. */
export type QueryParameter =
  | 'metrics'
  | 'by'
  | 'where'
  | 'period'
  | 'grain'
  | 'compare'
  | 'top'
  | 'totals'
  | 'order'
  | 'limit'
  | 'offset'
  | 'as_of'
  | 'known_at'

/**
 * Reads `metrics=revenue,profit_rank&by=customer&where=region:eq:华东&period=trailing_12&order=-rank_drop&limit=50&offset=0`,
 * and `grain=quarter`, `compare=last_year`, `top=10`, `totals=true`.
 * `where` may stand several times; all must hold. Its form is field:operator:value. Operator `in` takes values between
 * commas; a comma within a value is written `\,` and a backslash `\\`. An empty value means: not known.
 * `period=x` is short for `where=period:eq:x`. Other parameters are left alone. Throws RequestError.
 */
export function parseMetricQuery(parameters: URLSearchParams): MetricQuery {
  const period = single(parameters, 'period')
  const limit = count(parameters, 'limit')
  const offset = count(parameters, 'offset')
  const grain = oneOf(parameters, 'grain', GRAINS)
  const compare = oneOf(parameters, 'compare', COMPARISONS)
  const top = count(parameters, 'top')
  const totals = oneOf(parameters, 'totals', ['true', 'false'])
  const asOf = moment(parameters, 'as_of', DAY)
  const knownAt = moment(parameters, 'known_at', INSTANT)
  return {
    metrics: names(parameters, 'metrics'),
    by: names(parameters, 'by'),
    where: [
      ...parameters.getAll('where').map(parseFilter),
      ...(period ? [{ field: 'period', operator: 'eq' as const, values: [period] }] : []),
    ],
    order: names(parameters, 'order'),
    ...(limit === undefined ? {} : { limit }),
    ...(offset === undefined ? {} : { offset }),
    ...(grain === undefined ? {} : { grain }),
    ...(compare === undefined ? {} : { compare }),
    ...(top === undefined ? {} : { top }),
    ...(totals === 'true' ? { totals: true } : {}),
    ...(asOf === undefined ? {} : { asOf }),
    ...(knownAt === undefined ? {} : { knownAt }),
  }
}

/** The query string that `parseMetricQuery` reads back as the same query, without '?'. */
export function formatMetricQuery(query: MetricQuery): string {
  return [
    ...list('metrics', query.metrics),
    ...list('by', query.by),
    ...query.where.map((filter) =>
      isPeriod(filter) ? `period=${encode(filter.values[0] ?? '')}` : `where=${encode(formatFilter(filter))}`,
    ),
    ...(query.grain === undefined ? [] : [`grain=${query.grain}`]),
    ...(query.compare === undefined ? [] : [`compare=${query.compare}`]),
    ...(query.top === undefined ? [] : [`top=${query.top}`]),
    ...(query.totals === true ? ['totals=true'] : []),
    ...list('order', query.order),
    ...(query.limit === undefined ? [] : [`limit=${query.limit}`]),
    ...(query.offset === undefined ? [] : [`offset=${query.offset}`]),
    ...(query.asOf === undefined ? [] : [`as_of=${encode(query.asOf)}`]),
    ...(query.knownAt === undefined ? [] : [`known_at=${encode(query.knownAt)}`]),
  ].join('&')
}

/** Reads one filter: 'region:eq:华东', 'crm_class:in:VIP,key'. */
export function parseFilter(text: string): Filter {
  const [, field, operator, value] = /^([^:]*):([^:]*):(.*)$/s.exec(text) ?? []
  if (!field || operator === undefined || value === undefined) {
    throw new RequestError(fault('where_unreadable', { text }), {
      field: 'where',
    })
  }
  if (!isOperator(operator)) throw unknownOperator(text, operator)
  return { field, operator, values: operator === 'in' ? splitValues(value) : [value] }
}

/** One filter as `parseFilter` reads it. */
export function formatFilter({ field, operator, values }: Filter): string {
  const value =
    operator === 'in' ? values.map((each) => each.replaceAll(/[\\,]/g, '\\$&')).join(',') : (values[0] ?? '')
  return `${field}:${operator}:${value}`
}

function splitValues(text: string): string[] {
  const values = ['']
  for (const [part] of text.matchAll(/\\.|[^\\]|\\$/gsu)) {
    if (part === ',') values.push('')
    else values.push(values.pop() + (part.length > 1 && part.startsWith('\\') ? part.slice(1) : part))
  }
  return values
}

function isOperator(word: string): word is Operator {
  return (OPERATORS as readonly string[]).includes(word)
}

/** Only a plain `period=x` is short; a period with other operators or values stays a filter, to be refused by name. */
function isPeriod({ field, operator, values }: Filter): boolean {
  return field === 'period' && operator === 'eq' && values.length === 1 && values[0] !== ''
}

function unknownOperator(text: string, operator: string): RequestError {
  const meant = nearest(operator, OPERATORS)
  return new RequestError(fault('where_operator', { text, operator, near: meant, valid: OPERATORS }), {
    field: 'where',
  })
}

/** Names between commas, from all parameters of that name, each once. */
function names(parameters: URLSearchParams, name: QueryParameter): string[] {
  const words = parameters.getAll(name).flatMap((value) => value.split(','))
  return [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))]
}

function single(parameters: URLSearchParams, name: QueryParameter): string | undefined {
  const values = parameters.getAll(name)
  if (values.length > 1)
    throw new RequestError(fault('given_twice', { field: name, count: values.length }), { field: name })
  return values[0] || undefined
}

function oneOf<Word extends string>(
  parameters: URLSearchParams,
  name: QueryParameter,
  valid: readonly Word[],
): Word | undefined {
  const text = single(parameters, name)
  const word = valid.find((each) => each === text)
  if (text === undefined || word !== undefined) return word
  const near = nearest(text, valid)
  throw new RequestError(fault('unknown_word', { what: name, word: text, near, valid }), { field: name })
}

function count(parameters: URLSearchParams, name: QueryParameter): number | undefined {
  const text = single(parameters, name)
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text)) {
    throw new RequestError(fault('not_whole_number', { name, text }), { field: name })
  }
  return Number(text)
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?$/

/** A day or an instant of the calendar, as it was written. Throws RequestError. */
function moment(parameters: URLSearchParams, name: 'as_of' | 'known_at', form: RegExp): string | undefined {
  const text = single(parameters, name)
  if (text === undefined) return undefined
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10))
  if (form.test(text) && isDay && !Number.isNaN(Date.parse(text))) return text
  const example = form === DAY ? '2026-03-31' : '2026-03-31 / 2026-03-31T16:00:00Z'
  throw new RequestError(fault('moment_unreadable', { field: name, text, example }), { field: name })
}

function list(name: string, words: readonly string[]): string[] {
  return words.length === 0 ? [] : [`${name}=${words.map(encode).join(',')}`]
}

/** Percent-encoded, but for the marks of this grammar that may stand in a query string as they are. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%3A', ':').replaceAll('%2C', ',')
}
