// Marts of the real catalogue with random rows: every text of a row carries the row's own mark, so that it is found wherever it gets to.
import { resolve } from 'node:path'
import { installMacros } from '../../../data/macros.ts'
import { Warehouse } from '../../../data/warehouse.ts'
import { defaultPolicy } from '../../../config/policy.ts'
import { planModels } from '../../../models/builder/plan.ts'
import { readModels } from '../../../models/builder/read.ts'
import { withScratch } from '../../../models/builder/scratch.ts'
import { dimensions } from '../../../models/metrics/catalogue.ts'
import { writePolicy } from '../../../models/policy.ts'
import { createMeta, writeVersion } from '../../../pipelines/load/meta.ts'
import { createEntityTables } from '../../../pipelines/load/tables.ts'

export type Value = string | number | boolean | null
export interface MartRow {
  /** Its mark: 'r17q'. */
  readonly mark: string
  readonly values: Readonly<Record<string, Value>>
}
/** By mart. */
export type Rows = Readonly<Record<string, readonly MartRow[]>>
/** Type of each column, by mart. */
export type Types = Readonly<Record<string, Readonly<Record<string, string>>>>

const AS_OF = '2026-06-30'

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const oneOf = <T>(random: () => number, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T

/** Columns whose values several rows share, so that rules, groups and filters have something to find. */
export const POOLS: Readonly<Record<string, readonly string[]>> = {
  customer_id: ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'],
  region: ['East', 'West', 'North', 'unknown'],
  customer_kind: ['direct', 'indirect'],
  crm_class: ['VIP', 'key', 'regular'],
  industry: ['Food', 'Paper'],
  sales_owner: ['Li Wei', 'Anna Holm', 'unknown'],
  service_owner: ['Wang Fang', 'Tom Berg'],
  engineer: ['Zhao Lei', 'Ida Lund'],
  dealer_id: ['D1', 'D2', 'none'],
  channel: ['phone', 'email'],
  department: ['service', 'sales'],
  signal: ['gone_quiet', 'often_repaired'],
  component: ['revenue', 'cost_of_goods', 'labour_cost', 'indirect_cost', 'activity'],
  measure: ['pieces', 'driver requests'],
  item: ['P1', 'P2'],
  pool_kind: ['none', 'travel service'],
  driver: ['none', 'requests'],
}

/** The columns of all marts, as the models make them. */
export async function martTypes(): Promise<Types> {
  return withScratch(async (scratch) => {
    await planModels(scratch.session, await readModels(resolve(import.meta.dirname, '../../../models')), scratch.known)
    const columns = await scratch.session.rows<{ mart: string; name: string; type: string }>(
      `SELECT 'marts.' || table_name AS mart, column_name AS name, data_type AS type
       FROM duckdb_columns() WHERE schema_name = 'marts' ORDER BY ALL`,
    )
    return Object.fromEntries(
      [...Map.groupBy(columns, ({ mart }) => mart)].map(([mart, each]) => [
        mart,
        Object.fromEntries(each.map(({ name, type }) => [name, type])),
      ]),
    )
  })
}

/** One row for each customer in `marts.customers`, some in every other mart. */
export function randomRows(types: Types, random: () => number): Rows {
  let count = 0
  return Object.fromEntries(
    Object.entries(types).map(([mart, columns]) => {
      const isCustomers = mart === 'marts.customers'
      const rows = Array.from({ length: isCustomers ? (POOLS['customer_id']?.length ?? 0) : 9 }, (_, at): MartRow => {
        const mark = `r${(count += 1)}q`
        const values = Object.entries(columns).map(([name, type]): [string, Value] => [
          name,
          isCustomers && name === 'customer_id' ? `C${at + 1}` : valueOf({ mart, name, type, mark }, random),
        ])
        return { mark, values: Object.fromEntries(values) }
      })
      return [mart, rows]
    }),
  )
}

interface Cell {
  readonly mart: string
  readonly name: string
  readonly type: string
  readonly mark: string
}

function valueOf({ mart, name, type, mark }: Cell, random: () => number): Value {
  if (type === 'VARCHAR') {
    const pool = POOLS[name] ?? closedList(mart, name)
    if (name !== 'customer_id' && random() < 0.05) return null
    return pool.length > 0 && random() < 0.9 ? oneOf(random, pool) : `${name} ${mark}`
  }
  if (type === 'BOOLEAN') return random() < 0.5
  if (type === 'DATE')
    return name === 'month' ? `${month(random)}-01` : `${month(random)}-${10 + Math.floor(random() * 18)}`
  if (type.startsWith('TIMESTAMP')) return `${month(random)}-12 08:00:00`
  if (random() < 0.1) return null
  return /^(DECIMAL|DOUBLE)/.test(type) ? Math.round(random() * 100_000 - 20_000) / 100 : Math.floor(random() * 20)
}

function month(random: () => number): string {
  return `${random() < 0.5 ? 2025 : 2026}-${String(1 + Math.floor(random() * 6)).padStart(2, '0')}`
}

/** What a dimension over the column has words for. */
function closedList(mart: string, column: string): readonly string[] {
  const dimension = Object.values(dimensions).find(({ columns }) => columns[mart] === column)
  return Object.keys(dimension?.values ?? {})
}

/** A published company with empty marts. */
export async function openMarts(types: Types): Promise<Warehouse> {
  const warehouse = await Warehouse.open(':memory:', { settings: { threads: '1' } })
  await warehouse.write(async (session) => {
    await createMeta(session)
    await createEntityTables(session)
    const company = { currency: 'CNY', timeZone: 'Asia/Shanghai' }
    await installMacros(session, company)
    const knownAt = `${AS_OF}T22:00:00.000Z`
    await writePolicy(session, { policy: defaultPolicy, company, asOf: AS_OF, knownAt })
    await session.run(`CREATE SCHEMA marts; CREATE SCHEMA core;
      CREATE TABLE core.cost_pools AS SELECT DATE '2025-03-01' AS month, 'travel' AS category, 'service' AS department, 'requests' AS driver, 'none' AS campaign_id`)
    for (const [mart, columns] of Object.entries(types))
      await session.run(
        `CREATE TABLE ${mart} (${Object.entries(columns)
          .map((each) => each.join(' '))
          .join(', ')})`,
      )
    const published_at = knownAt
    await writeVersion(session, {
      version: 1,
      run_id: 'r',
      published_at,
      as_of: AS_OF,
      known_at: knownAt,
      fingerprint: '',
    })
  })
  return warehouse
}

/** Takes the place of all rows that were there. */
export async function fillMarts(warehouse: Warehouse, rows: Rows): Promise<void> {
  await warehouse.write(async (session) => {
    for (const [mart, each] of Object.entries(rows)) {
      await session.run(`DELETE FROM ${mart}`)
      const [first] = each
      if (first === undefined) continue
      const names = Object.keys(first.values)
      const lines = each.map(({ values }) => `(${names.map((name) => literal(values[name] ?? null)).join(', ')})`)
      await session.run(`INSERT INTO ${mart} (${names.join(', ')}) VALUES ${lines.join(', ')}`)
    }
  })
}

function literal(value: Value): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}
