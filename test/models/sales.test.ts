// Laws of sales over random companies: one origin each, funnels that sum, and access that never widens. Held against a count by hand.
import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { localAccess, type Access } from '../../api/access.ts'
import { Queries } from '../../api/queries/queries.ts'
import type { Warehouse } from '../../data/warehouse.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import type { MeasuredMetric, Viewer } from '../../models/metrics/metric.ts'
import { createMeta, writeVersion } from '../../pipelines/load/meta.ts'
import { build, warehouseWith } from './builder/project.ts'

const AS_OF = '2025-06-30'
const REGIONS = ['east', 'north', 'west']

interface Deal {
  readonly opportunity_id: string
  readonly customer_id: string
  readonly lead_source: string | null
  readonly opened_on: string
  readonly closed_on: string | null
  readonly outcome: string | null
}
interface Contact {
  readonly customer_id: string
  readonly on: string
}

/** Numbers from 0 to 1, the same for a seed. */
function drawing(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function randomCompany(seed: number) {
  const draw = drawing(seed)
  const whole = (below: number): number => Math.floor(draw() * below)
  const pick = <T>(values: readonly T[]): T => values[whole(values.length)] as T
  const day = (): string => new Date(Date.UTC(2024, 6, 1) + whole(365) * 86_400_000).toISOString().slice(0, 10)
  const later = (from: string, days: number): string =>
    new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10)
  const customers = Array.from({ length: 12 }, (_, at) => ({ customer_id: `c${at}`, region: pick([...REGIONS, null]) }))
  const customer = (): string => pick(customers).customer_id
  const deals: Deal[] = Array.from({ length: 150 }, (_, at) => {
    const opened_on = day()
    const outcome = pick(['won', 'lost', null])
    return {
      opportunity_id: `o${at}`,
      customer_id: customer(),
      lead_source: pick(['service', 'sales', 'dealer', null]),
      opened_on,
      closed_on: outcome === null ? null : later(opened_on, whole(120)),
      outcome,
    }
  })
  const contacts: Contact[] = Array.from({ length: 25 }, () => ({ customer_id: customer(), on: day() }))
  const visits: Contact[] = Array.from({ length: 10 }, () => ({ customer_id: customer(), on: day() }))
  return { customers, deals, contacts, visits, pick, whole }
}

const text = (value: string | number | null): string => (value === null ? 'NULL' : `'${value}'`)
const noon = (on: string | null): string => (on === null ? 'NULL' : `'${on} 04:00'`)

function insert(table: string, columns: string, rows: readonly string[]): string {
  return `INSERT INTO raw.${table} (${columns}, source, batch_id, loaded_at, known_from) VALUES ${rows
    .map((row) => `(${row}, 's', 'b', '2024-07-01', '2024-07-01')`)
    .join(', ')};`
}

async function open(seed: number): Promise<{ warehouse: Warehouse; company: ReturnType<typeof randomCompany> }> {
  const company = randomCompany(seed)
  const { customers, deals, contacts, visits, pick, whole } = company
  const stages = ['lead', 'qualified', 'quoted', 'Phase 7', null]
  const warehouse = await warehouseWith(
    [
      insert(
        'customers',
        'customer_id, name, kind, region',
        customers.map((one) => `'${one.customer_id}', 'n', 'direct', ${text(one.region)}`),
      ),
      insert(
        'opportunities',
        'opportunity_id, customer_id, lead_source, amount, stage, owner_id, product_id, opened_at, closed_at, outcome',
        deals.map((deal) =>
          [
            `'${deal.opportunity_id}', '${deal.customer_id}', ${text(deal.lead_source)}, ${pick([String(whole(1e6) / 100), 'NULL'])}`,
            `${text(deal.outcome ?? pick(stages))}, ${text(pick(['e1', 'e2', null]))}, ${text(pick(['p1', 'p2', null]))}`,
            `${noon(deal.opened_on)}, ${noon(deal.closed_on)}, ${text(deal.outcome)}`,
          ].join(', '),
        ),
      ),
      insert(
        'opportunity_events',
        'opportunity_id, "at", kind, to_value',
        deals
          .filter(() => pick([true, false]))
          .map((deal) => `'${deal.opportunity_id}', ${noon(deal.opened_on)}, 'stage', ${text(pick(stages) ?? 'lead')}`),
      ),
      insert(
        'orders',
        'order_id, customer_id, opportunity_id, ordered_at',
        deals
          .filter(({ outcome }) => outcome === 'won')
          .map(
            (deal) =>
              `'of-${deal.opportunity_id}', '${deal.customer_id}', ${text(pick([deal.opportunity_id, null]))}, ${noon(deal.closed_on)}`,
          ),
      ),
      insert(
        'requests',
        'request_id, customer_id, opened_at',
        contacts.map((contact, at) => `'r${at}', '${contact.customer_id}', ${noon(contact.on)}`),
      ),
      insert(
        'tasks',
        'task_id, customer_id, employee_id, kind, actual_start, actual_minutes',
        visits.map((visit, at) => `'t${at}', '${visit.customer_id}', 'e1', 'visit', ${noon(visit.on)}, 60`),
      ),
    ].join('\n'),
  )
  await warehouse.write(async (session) => {
    await build(session, resolve(import.meta.dirname, '../../models'))
    await createMeta(session)
    const at = '2025-07-01T00:00:00Z'
    await writeVersion(session, {
      version: 1,
      run_id: 'r',
      published_at: at,
      as_of: AS_OF,
      known_at: at,
      fingerprint: 'f',
    })
  })
  return { warehouse, company }
}

/** The rule of domain and policy, by comparing every deal with every contact. */
function originByHand(deal: Deal, contacts: readonly Contact[]): string {
  if (deal.lead_source === 'service') return 'sourced'
  const decided = deal.closed_on !== null && deal.closed_on <= AS_OF ? deal.closed_on : AS_OF
  const near = contacts.some(({ customer_id, on }) => {
    const days = (Date.parse(decided) - Date.parse(on)) / 86_400_000
    return customer_id === deal.customer_id && days >= 0 && days <= 90
  })
  return near ? 'influenced' : 'other'
}

const owner: Viewer = { id: 'o', name: 'O', roles: ['owner'] }
const ofRegion = (region: string): Viewer => ({ id: region, name: region, roles: [region] })
const access: Access = {
  ...localAccess,
  ...Object.fromEntries(REGIONS.map((region) => [region, { rows: { region: [region] } }])),
}
const FUNNEL = [
  'opportunities',
  'qualified_opportunities',
  'quoted_opportunities',
  'won_opportunities',
  'lost_opportunities',
  'open_opportunities',
  'won_amount',
  'open_amount',
]
const MARTS = [
  'opportunities',
  'stage_exits',
  'order_origins',
  'campaigns',
  'sales_targets',
  'invoices',
  'customer_segments',
]

for (const seed of [1, 20, 300]) {
  describe(`sales of random company ${seed}`, () => {
    let warehouse: Warehouse
    let company: ReturnType<typeof randomCompany>
    let queries: Queries
    before(async () => {
      ;({ warehouse, company } = await open(seed))
      const now = () => new Date('2025-07-01T00:00:00Z')
      queries = new Queries({ warehouse, catalogue: { metrics, dimensions }, sources: [], now, access })
    })
    after(() => warehouse.close())

    test('sourced, influenced and other are all opportunities, each in exactly one, as counted by hand', async () => {
      const rows = await warehouse.read((session) =>
        session.rows<{ record_id: string; origin: string }>(
          `SELECT record_id, origin FROM core.sale_origins WHERE entity = 'opportunities'`,
        ),
      )
      const contacts = [...company.contacts, ...company.visits]
      assert.equal(rows.length, company.deals.length)
      assert.deepEqual(
        new Map(rows.map(({ record_id, origin }) => [record_id, origin])),
        new Map(rows.map(({ record_id }) => record_id).map((id) => [id, byHand(company.deals, id, contacts)])),
      )
      assert.equal(new Set(rows.map(({ origin }) => origin)).size, 3)
    })

    test('the funnel sums to the same by any dimension, and no step has more than the one before', async () => {
      const sums = async (by: readonly string[]): Promise<number[]> => {
        const { rows } = await queries.ask(owner, { metrics: FUNNEL, by, where: [], order: [] })
        // In cents, so that sums of doubles are exact.
        return FUNNEL.map((name) => rows.reduce((sum, row) => sum + Math.round(100 * Number(row[name])), 0))
      }
      const all = await sums([])
      const [leads = 0, qualified = 0, quoted = 0, won = 0, lost = 0, stillOpen = 0] = all
      assert.ok(leads >= qualified && qualified >= quoted && quoted >= won && won > 0)
      assert.equal(leads, won + lost + stillOpen)
      const splits = Object.entries(dimensions).filter(([, { columns }]) => 'marts.opportunities' in columns)
      assert.ok(splits.length > 20)
      for (const [name] of splits) assert.deepEqual(await sums([name]), all, name)
    })

    test('whoever sees one region sees of every figure of sales what the owner sees of that region', async () => {
      const names = Object.entries(metrics)
        .filter((entry): entry is [string, MeasuredMetric] => 'mart' in entry[1])
        .filter(([, { mart }]) => MARTS.includes(mart.replace('marts.', '')))
      assert.ok(names.length > 50)
      for (const [name, metric] of names) {
        const { mart } = metric
        const question = { metrics: [name], by: [], where: [], order: [] }
        for (const region of REGIONS) {
          const carries = dimensions['region']?.columns[mart] !== undefined
          // What no region can be told of, or compares with the whole company, is not there for this viewer.
          if (!queries.sight(ofRegion(region)).sees(name)) {
            assert.ok(!carries || metric.ofAll === true, name)
            await assert.rejects(queries.ask(ofRegion(region), question), /is unknown/)
            continue
          }
          // Otherwise the region is that of the customer, and a filter cannot name it.
          if (!carries) continue
          const seen = await queries.ask(ofRegion(region), question)
          const where = [{ field: 'region', operator: 'eq', values: [region] }] as const
          const expected = await queries.ask(owner, { ...question, where })
          assert.deepEqual(seen.rows, expected.rows, `${name} of ${region}`)
        }
      }
    })
  })
}

function byHand(deals: readonly Deal[], id: string, contacts: readonly Contact[]): string {
  const deal = deals.find(({ opportunity_id }) => opportunity_id === id)
  assert.ok(deal)
  return originByHand(deal, contacts)
}
