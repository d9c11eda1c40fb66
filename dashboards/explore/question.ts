import { RequestError } from '../../errors.ts'
import { formatExploration, parseExploration, type ExploredQuery } from '../../models/metrics/exploration.ts'
import type { Filter, MetricQuery } from '../../models/metrics/metric.ts'
import { formatFilter, OPERATORS } from '../../models/metrics/query-string.ts'
import { refusalWords } from '../render/fault-words.ts'
import type { Language } from '../../entities/language.ts'

/** What the address of the page asks for. */
export interface Asked extends ExploredQuery {
  /** The field of a filter that is being made. */
  readonly field: string | undefined
  /** The saved exploration that is open. */
  readonly saved: string | undefined
  /** Language and theme, where the address names them. */
  readonly manner: readonly (readonly [string, string])[]
}

/** What the form says beside a query: a span of months and a filter that is being made. */
const FORM = ['from', 'to', 'field', 'operator'] as const

/** What the form had before it was changed: the times that the grain cut, and the instant behind the day that it shows. */
export const FORMER = { times: 'former_time', instant: 'former_instant' } as const

/** Reads the address, the fields of the form too. Throws RequestError. */
export function readAsked(parameters: URLSearchParams): Asked {
  const words = new URLSearchParams(parameters)
  const [from = '', to = '', field = '', operator = ''] = FORM.map((name) => parameters.get(name)?.trim() ?? '')
  if (from !== '' || to !== '') words.set('period', `${from || to}..${to || from}`)
  const added = filtersOf(field, operator, parameters.getAll('value'))
  for (const filter of added) words.append('where', formatFilter(filter))
  const instant = parameters.get(FORMER.instant) ?? ''
  if (instant !== '' && parameters.get('known_at') === instant.slice(0, DAY)) words.set('known_at', instant)
  const { query, show } = parseExploration(words)
  return {
    query: stillSpanned(query, parameters.getAll(FORMER.times)),
    show,
    field: field === '' || added.length > 0 ? undefined : field,
    saved: parameters.get('exploration') || undefined,
    manner: ['lang', 'theme'].flatMap((name) => parameters.getAll(name).map((value) => [name, value] as const)),
  }
}

/** Characters of a day that an instant begins with. */
const DAY = 10

/** Who takes the time out of the splits takes its spans out with it. */
function stillSpanned(query: MetricQuery, former: readonly string[]): MetricQuery {
  const { grain: _grain, ...plain } = query
  return former.length === 0 || former.some((time) => query.by.includes(time)) ? query : plain
}

/** What can be read where the whole cannot: figures and splits, and why, in words. */
export function readRest(parameters: URLSearchParams, error: unknown, language: Language): Asked & { refused: string } {
  if (!(error instanceof RequestError)) throw error
  const rest = ['metrics', 'by', 'exploration', 'lang', 'theme'].flatMap((name) =>
    parameters.getAll(name).map((value): [string, string] => [name, value]),
  )
  return { ...readAsked(new URLSearchParams(rest)), refused: refusalWords(error, language) }
}

/** The address that asks for this and nothing else. */
export function addressOf({ field, saved, manner, ...explored }: Asked): string {
  const more = new URLSearchParams([
    ...(field === undefined ? [] : [['field', field]]),
    ...(saved === undefined ? [] : [['exploration', saved]]),
    ...manner.map((pair) => [...pair]),
  ]).toString()
  const query = [formatExploration(explored), more].filter((part) => part !== '').join('&')
  return query === '' ? '/explore' : `/explore?${query}`
}

/** The same question with some of it changed, from its first row. */
export function addressWith(asked: Asked, changes: Partial<MetricQuery>): string {
  const { offset: _offset, ...query } = asked.query
  return addressOf({ ...asked, query: { ...query, ...changes } })
}

/** 'known' and 'unknown' stand in the form for what the language of queries writes as an empty value. */
export const FORM_OPERATORS = [...OPERATORS, 'unknown', 'known'] as const

function filtersOf(field: string, operator: string, given: readonly string[]): Filter[] {
  const values = given.filter((value) => value.trim() !== '')
  if (field === '') return []
  if (operator === 'unknown' || operator === 'known')
    return [{ field, operator: operator === 'known' ? 'ne' : 'eq', values: [''] }]
  const known = OPERATORS.find((name) => name === operator) ?? 'eq'
  if (values.length > 1 && (known === 'eq' || known === 'in')) return [{ field, operator: 'in', values }]
  return values.map((value) => ({ field, operator: known, values: [value] }))
}
