import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { after, before, test } from 'node:test'
import type { Kysely } from 'kysely'
import { localAccess, localViewer, Sights } from '../../api/access.ts'
import { compileQuery } from '../../api/queries/compile.ts'
import { openKysely } from '../../data/dialect.ts'
import { Warehouse } from '../../data/warehouse.ts'
import { planModels } from '../../models/builder/plan.ts'
import { readModels } from '../../models/builder/read.ts'
import { openScratch, type Scratch } from '../../models/builder/scratch.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import type { Dimension, Filter, Metric } from '../../models/metrics/metric.ts'

const catalogue = { metrics, dimensions }
let scratch: Scratch
let warehouse: Warehouse
let builder: Kysely<unknown>
before(async () => {
  scratch = await openScratch()
  await planModels(scratch.session, await readModels(resolve(import.meta.dirname, '../../models')), scratch.known)
  warehouse = await Warehouse.open(':memory:')
  builder = openKysely<unknown>(warehouse)
})
const sight = new Sights(localAccess, catalogue).of(localViewer)
after(() => {
  scratch.close()
  warehouse.close()
})

test('every metric can be asked for by every dimension of its marts, filtered by each, and ordered', async () => {
  for (const [name, metric] of Object.entries(metrics)) {
    const by = splits(metric)
    const where = by.map((each): Filter => ({ field: each, operator: 'ne', values: [''] }))
    const query = { metrics: [name], by, where: [...where, period], order: [`-${name}`], limit: 10 }
    const compiled = compileQuery(query, { builder, sight, asOf: '2026-06-30' })
    for (const statement of [compiled.page(), compiled.count(), ...(compiled.coverage ? [compiled.coverage] : [])]) {
      await assert.doesNotReject(scratch.session.rows(statement.sql, statement.parameters), name)
    }
    assert.deepEqual(await scratch.session.rows(compiled.rows().sql, compiled.rows().parameters), [], name)
  }
})

test('all metrics together are one row, over an empty company too', async () => {
  const query = { metrics: Object.keys(metrics), by: [], where: [period], order: [] }
  const compiled = compileQuery(query, { builder, sight, asOf: '2026-06-30' })
  const rows = await scratch.session.rows(compiled.page().sql, compiled.page().parameters)
  assert.equal(rows.length, 1)
  assert.equal(rows[0]?.['revenue'], 0)
})

const period: Filter = { field: 'period', operator: 'eq', values: ['trailing_12'] }

function splits(metric: Metric): string[] {
  const marts = martsOf(metric)
  const carries = ({ columns }: Dimension) => marts.every((mart) => columns[mart] !== undefined)
  return Object.entries(dimensions).flatMap(([name, dimension]) => (carries(dimension) ? [name] : []))
}

function martsOf(metric: Metric): string[] {
  if ('mart' in metric) return [metric.mart]
  const parents = 'rankOf' in metric ? [metric.rankOf] : metric.from
  return parents.flatMap((name) => martsOf(metrics[name] as Metric))
}
