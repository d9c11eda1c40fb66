// Random rules, and what they allow, told a second time: over rows in memory, without a word of SQL.
import type { Access, RoleAccess, RowRule, RowValues } from '../../../config/access.ts'
import { ACTIONS } from '../../../entities/actions.ts'
import { dimensions, metrics } from '../../../models/metrics/catalogue.ts'
import type { Dimension, Metric, Viewer } from '../../../models/metrics/metric.ts'
import { oneOf, POOLS, type MartRow, type Rows, type Types, type Value } from './random-company.ts'

const LIMITS = [
  'region',
  'customer',
  'dealer',
  'sales_owner',
  'customer_kind',
  'crm_class',
  'channel',
  'department',
  'lead_signal',
]
const COLUMN: Readonly<Record<string, string>> = { customer: 'customer_id', dealer: 'dealer_id', lead_signal: 'signal' }
const ROLES = ['one', 'two']
const LISTED = [...Object.keys(metrics), ...Object.keys(dimensions)].filter((name) => name !== 'month')

export interface Ruled {
  readonly access: Access
  readonly viewer: Viewer
  readonly rules: 'all' | readonly Readonly<Record<string, readonly string[]>>[]
  /** Words that are hidden by name or by group, and metrics worked out from them. */
  readonly hidden: ReadonlySet<string>
}

export function randomRules(random: () => number): Ruled {
  const count = 1 + Number(random() < 0.25)
  const names = ROLES.slice(0, count)
  const attributes = { area: [oneOf(random, POOLS['region'] ?? [])] }
  const access = Object.fromEntries(names.map((name) => [name, randomRole(random)]))
  const roles = Object.values(access)
  const resolved = roles.map(({ rows }) =>
    rows === 'all'
      ? rows
      : Object.fromEntries(
          Object.entries(rows).map(([name, values]) => [name, 'own' in values ? attributes.area : values]),
        ),
  )
  const limited = resolved.filter((rule) => rule !== 'all')
  return {
    access,
    viewer: { id: 'x', name: 'X', roles: names, attributes },
    rules: resolved.includes('all') ? 'all' : limited,
    hidden: wordsOf(roles.flatMap(({ hides = [] }) => hides)),
  }
}

function randomRole(random: () => number): RoleAccess {
  const hides = [
    ...(random() < 0.4 ? ['people'] : []),
    ...(random() < 0.3 ? ['pay'] : []),
    ...Array.from({ length: Math.floor(random() * 4) }, () => oneOf(random, LISTED)),
  ]
  return {
    rows: random() < 0.2 ? 'all' : randomRule(random),
    hides,
    may: ACTIONS.filter(() => random() < 0.4),
  }
}

function randomRule(random: () => number): RowRule {
  const named = Array.from({ length: 1 + Number(random() < 0.2) }, () => oneOf(random, LIMITS))
  return Object.fromEntries(
    named.map((name): [string, RowValues] => {
      if (name === 'region' && random() < 0.5) return [name, { own: 'area' }]
      const pool = POOLS[COLUMN[name] ?? name] ?? []
      return [name, [...new Set([oneOf(random, pool), oneOf(random, pool)])]]
    }),
  )
}

const all: Readonly<Record<string, Metric | Dimension>> = { ...metrics, ...dimensions }

function wordsOf(hides: readonly string[]): Set<string> {
  const hidden = new Set(
    Object.keys(all).filter((name) => hides.includes(name) || hides.includes(all[name]?.tells ?? '')),
  )
  const from = (name: string): readonly string[] => {
    const metric = all[name] as Partial<{ from: readonly string[]; rankOf: string }> | undefined
    return metric?.from ?? (metric?.rankOf === undefined ? [] : [metric.rankOf])
  }
  for (let before = -1; before !== hidden.size;) {
    before = hidden.size
    for (const name of Object.keys(metrics)) if (from(name).some((each) => hidden.has(each))) hidden.add(name)
  }
  return hidden
}

/** The rows of each mart that some rule lets through. */
export function allowedRows({ rules }: Ruled, rows: Rows): Rows {
  if (rules === 'all') return rows
  const customers = new Map((rows['marts.customers'] ?? []).map((row) => [row.values['customer_id'], row.values]))
  const holds = (mart: string, row: MartRow, name: string, values: readonly string[]): boolean => {
    const { columns } = dimensions[name] as Dimension
    const own = columns[mart]
    const there = columns['marts.customers']
    const value =
      own !== undefined
        ? row.values[own]
        : there !== undefined && dimensions['customer']?.columns[mart] !== undefined
          ? customers.get(row.values['customer_id'] ?? null)?.[there]
          : undefined
    return typeof value === 'string' && values.includes(value)
  }
  return Object.fromEntries(
    Object.entries(rows).map(([mart, each]) => [
      mart,
      each.filter((row) =>
        rules.some((rule) => Object.entries(rule).every(([name, values]) => holds(mart, row, name, values))),
      ),
    ]),
  )
}

/** Customers through whom a rule tells whose rows of other marts are, although it shows none of them themselves. */
export function withLookups({ rules }: Ruled, allowed: Rows, rows: Rows): Rows {
  if (rules === 'all') return allowed
  const CUSTOMERS = 'marts.customers'
  const passes = ({ values }: MartRow, rule: Readonly<Record<string, readonly string[]>>): boolean =>
    Object.entries(rule).some(([name, each]) => {
      const column = dimensions[name]?.columns[CUSTOMERS]
      return column !== undefined && each.includes(String(values[column]))
    })
  const all = (rows[CUSTOMERS] ?? []).filter((row) => rules.some((rule) => passes(row, rule)))
  return { ...allowed, [CUSTOMERS]: all }
}

/**
 * The same rows with other contents where hidden words stand: an answer that follows them tells of them. Columns that a rule
 * compares, or that figures which are not hidden are counted from, stay as they are.
 */
export function scrambled({ access, hidden }: Ruled, rows: Rows, types: Types): Rows {
  const ruled = Object.values(access).flatMap((role) => (role.rows === 'all' ? [] : Object.keys(role.rows)))
  const kept = new Set(ruled.flatMap((name) => columnsOf(dimensions[name])))
  const counted = Object.entries(metrics).filter(([name]) => !hidden.has(name))
  const isCounted = (mart: string, column: string): boolean =>
    counted.some(([, metric]) => 'mart' in metric && metric.mart === mart && mentions(metric, column))
  const secret = new Set([...hidden].flatMap((name) => columnsOf(dimensions[name])).filter((place) => !kept.has(place)))
  return Object.fromEntries(
    Object.entries(rows).map(([mart, each]) => {
      const columns = Object.keys(types[mart] ?? {}).filter(
        (column) => secret.has(`${mart} ${column}`) && !isCounted(mart, column),
      )
      const change = ({ mark, values }: MartRow): MartRow => ({
        mark,
        values: { ...values, ...Object.fromEntries(columns.map((column) => [column, other(values[column] ?? null)])) },
      })
      return [mart, each.map(change)]
    }),
  )
}

function mentions(
  metric: Metric & { sql?: string; coverage?: { known: string; of: string } },
  column: string,
): boolean {
  const { known = '', of = '' } = metric.coverage ?? {}
  return new RegExp(`\\b${column}\\b`).test(`${metric.sql ?? ''} ${known} ${of}`)
}

function columnsOf(dimension: Dimension | undefined): string[] {
  return [dimension?.columns, dimension?.labels].flatMap((columns) =>
    Object.entries(columns ?? {}).map((each) => each.join(' ')),
  )
}

/** Another value, the same for the same one, so that groups stay as they are. */
function other(value: Value): Value {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  if (value === null) return null
  return /^\d{4}-\d\d-\d\d$/.test(value) ? value.replace(/^\d{4}/, '2024') : `${value}?`.split('').toReversed().join('')
}
