// Random requests: mostly such as can be answered, some about anything, some misspelt.
import { changeMetrics } from '../../../models/metrics/change.ts'
import { dimensions, metrics } from '../../../models/metrics/catalogue.ts'
import type { Dimension, Filter, MetricQuery, Operator } from '../../../models/metrics/metric.ts'
import { formatFilter, formatMetricQuery } from '../../../models/metrics/query-string.ts'
import { oneOf, POOLS } from './random-company.ts'

const MARTS = [...new Set(Object.values(metrics).flatMap((metric) => ('mart' in metric ? [metric.mart] : [])))]
const PERIODS = ['trailing_12', 'all_time', 'year_to_date', '2025', '2026-03', '2025-02..2026-04', '2025-13']
const OPERATORS: readonly Operator[] = ['eq', 'ne', 'in', 'gt', 'lte', 'contains']
const FORMATS = [...Array<string>(6).fill('json'), 'csv', 'csv', 'arrow', 'arrow', 'parquet', 'parquet', 'xlsx']
const VALUES = [...Object.values(POOLS).flat(), '', 'r1', '2025-03-01', '2026', 'true', '0', '100', "'; --"]

const some = <T>(random: () => number, all: readonly T[], most: number): T[] =>
  all.length === 0 ? [] : Array.from({ length: Math.floor(random() * (most + 1)) }, () => oneOf(random, all))

/** A word with a letter changed. */
function misspelt(random: () => number, word: string): string {
  const at = Math.floor(random() * word.length)
  return `${word.slice(0, at)}${oneOf(random, ['x', 'e', '_', ''])}${word.slice(at + 1)}`
}

/** The marts that a metric is counted from. */
function martsOf(name: string): string[] {
  const metric = metrics[name]
  if (metric === undefined) return []
  if ('mart' in metric) return [metric.mart]
  return ('rankOf' in metric ? [metric.rankOf] : metric.from).flatMap(martsOf)
}

/** Metrics that are counted from one mart alone, and dimensions it carries, by mart. */
const CARRIED = new Map(
  MARTS.map((mart) => [
    mart,
    {
      figures: Object.keys(metrics).filter((name) => martsOf(name).every((each) => each === mart)),
      splits: Object.keys(dimensions).filter((name) => dimensions[name]?.columns[mart] !== undefined),
    },
  ]),
)
const ANY = { figures: Object.keys(metrics), splits: Object.keys(dimensions) }

function randomQuery(random: () => number, sees: (name: string) => boolean): MetricQuery {
  const open = random() < 0.8 ? sees : () => true
  const shown = MARTS.filter((mart) => CARRIED.get(mart)?.figures.some(open))
  const mart = oneOf(random, shown.length === 0 ? MARTS : shown)
  const carried = random() < 0.1 ? ANY : (CARRIED.get(mart) ?? ANY)
  const [figures, splits] = [carried.figures.filter(open), carried.splits.filter(open)]
  const asked = [...new Set([oneOf(random, figures) ?? 'revenue', ...some(random, figures, 2)])]
  const by = [...new Set(some(random, splits, 3))]
  const spoil = (words: string[]): string[] => words.map((word) => (random() < 0.02 ? misspelt(random, word) : word))
  const order = some(random, [...asked, ...by, ...figures], 1)
  return {
    metrics: spoil(asked),
    by: spoil(by),
    where: some(random, [...splits, ...asked], 2).map((field) => randomFilter(random, field)),
    order: order.map((name) => (random() < 0.5 ? `-${name}` : name)),
    ...(random() < 0.3 && { limit: Math.floor(random() * 5) }),
    ...(random() < 0.1 && { offset: Math.floor(random() * 3) }),
  }
}

function randomFilter(random: () => number, field: string): Filter {
  const dimension = dimensions[field]
  const isText = dimension?.kind === 'text'
  const fits = random() < 0.9
  const operator = oneOf(random, fits && !isText ? OPERATORS.slice(0, 5) : OPERATORS)
  const [column = ''] = Object.values(dimension?.columns ?? {})
  const pool = fits ? poolOf(dimension?.kind, column) : VALUES
  const values = [oneOf(random, pool), ...(operator === 'in' ? some(random, pool, 2) : [])]
  return { field: random() < 0.03 ? misspelt(random, field) : field, operator, values }
}

function poolOf(kind: Dimension['kind'] | undefined, column: string): readonly string[] {
  if (kind === 'text') return POOLS[column] ?? ['', 'r1', 'q', 'unknown', 'none']
  if (kind === 'flag') return ['true', 'false']
  return kind === undefined ? ['0', '10', '100', '-5.5'] : ['2025-03-01', '2026-02-01']
}

/** An address of the API. */
export function randomAddress(random: () => number, sees: (name: string) => boolean): string {
  const kind = random()
  if (kind < 0.03) return `/api/changes?${changes(random)}`
  if (kind < 0.05) {
    const metric = oneOf(random, Object.keys(metrics))
    const where = some(random, Object.keys(dimensions), 1).map((field) => randomFilter(random, field))
    return `/api/restatements?metric=${metric}&known_at=2026-05-31${filters(where)}`
  }
  if (kind < 0.06)
    return oneOf(random, [
      '/api/catalog',
      '/api/pipelines',
      '/api/batches',
      '/api/restatements/rows?metric=orders&known_at=2026-05-31&month=2026-03',
      '/healthz',
    ])
  const query = formatMetricQuery(randomQuery(random, sees))
  const period = random() < 0.5 ? `&period=${oneOf(random, PERIODS)}` : ''
  const lang = random() < 0.2 ? '&lang=zh' : ''
  return `/api/query?${query}${period}&format=${oneOf(random, FORMATS)}${lang}`
}

function changes(random: () => number): string {
  const metric = oneOf(random, [...Object.keys(changeMetrics), 'service_hours'])
  const by = oneOf(random, ['', '&by=customer', '&by=product_family', '&by=sales_owner', '&by=region', '&by=channel'])
  const where = some(random, ['customer', 'region', 'sales_owner', 'crm_class'], 1).map((field) =>
    randomFilter(random, field),
  )
  return `metric=${metric}&from=2025-01..2025-06&to=2026-01..2026-06${by}${filters(where)}`
}

function filters(where: readonly Filter[]): string {
  return where.map((filter) => `&where=${encodeURIComponent(formatFilter(filter))}`).join('')
}

const PAGES = [
  '/customers',
  '/customer',
  '/classes',
  '/customers/whale',
  '/sales',
  '/sales/pipeline',
  '/sales/orders',
  '/sales/campaigns',
  '/sales/lists',
  '/receivables',
  '/costs',
  '/costs/paths',
  '/costs/lines',
  '/leads',
  '/leads/evidence',
  '/records',
  '/records/people',
  '/records/owed',
  '/dealers',
  '/pipelines',
  '/changes',
  '/restatements',
  '/policy',
  '/customer/pack',
  '/',
  '/nowhere',
]

/** An address of a page, with some of what its address may say. */
export function randomPage(random: () => number): string {
  const search = new URLSearchParams()
  const maybe = (name: string, values: readonly string[], chance = 0.3): void => {
    if (random() < chance) search.set(name, oneOf(random, values))
  }
  const path = oneOf(random, PAGES)
  maybe('customer', POOLS['customer_id'] ?? [], path.startsWith('/customer') ? 0.9 : 0.3)
  maybe('region', POOLS['region'] ?? [])
  maybe('owner', POOLS['sales_owner'] ?? [])
  maybe('period', PERIODS.slice(0, 5))
  maybe('by', Object.keys(dimensions))
  maybe(
    'sort',
    Object.keys(metrics).map((name) => `-${name}`),
  )
  maybe('month', ['2026-03'])
  maybe('lang', ['zh', 'en'])
  return `${path}?${search}`
}
