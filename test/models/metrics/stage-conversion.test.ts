import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Warehouse, type Row } from '../../../data/warehouse.ts'
import { pipelineMetrics } from '../../../models/metrics/pipeline.ts'

let warehouse: Warehouse
before(async () => {
  warehouse = await Warehouse.open(':memory:')
  await warehouse.write((session) =>
    session.run(`CREATE SCHEMA marts; CREATE SCHEMA policy;
      CREATE TABLE policy.settings AS SELECT 0.6 AS conversion_seriously_below, 20 AS conversion_minimum_cases`),
  )
})
after(() => warehouse.close())

/** The figures of `cases` opportunities that left a step, of which `moved` moved on, where `usual` used to. */
async function figures(cases: number, moved: number, usual: number | null): Promise<Row> {
  const names = [
    'stage_conversion',
    'stage_conversion_low',
    'stage_conversion_high',
    'seriously_low_conversions',
  ] as const
  await warehouse.write((session) =>
    session.run(
      `CREATE OR REPLACE TABLE marts.stage_exits AS
       SELECT i < $2 AS has_moved_on, CAST($3 AS DECIMAL(9, 6)) AS usual_share FROM range(CAST($1 AS BIGINT)) AS numbers(i)`,
      [cases, moved, usual],
    ),
  )
  const columns = names.map((name) => `ROUND(${pipelineMetrics[name].sql}, 4) AS ${name}`)
  return warehouse.read(
    async (session) => (await session.one(`SELECT ${columns.join(', ')} FROM marts.stage_exits`)) ?? {},
  )
}

test('a step is flagged below 0.6 of what was usual, and not at it', async () => {
  assert.equal((await figures(20, 5, 0.5))['seriously_low_conversions'], 1)
  assert.equal((await figures(20, 6, 0.5))['seriously_low_conversions'], 0)
  assert.equal((await figures(20, 0, 0.5))['seriously_low_conversions'], 1)
})

test('with fewer than 20 cases, or without a history, nothing is flagged', async () => {
  assert.equal((await figures(19, 0, 0.5))['seriously_low_conversions'], 0)
  assert.equal((await figures(40, 0, null))['seriously_low_conversions'], 0)
  assert.equal((await figures(0, 0, 0.5))['seriously_low_conversions'], 0)
})

test('the interval is that of Wilson, also where all or none moved on', async () => {
  const { stage_conversion, stage_conversion_low, stage_conversion_high } = await figures(20, 5, 0.5)
  assert.deepEqual([stage_conversion, stage_conversion_low, stage_conversion_high], [0.25, 0.1119, 0.4687])
  assert.deepEqual(Object.values(await figures(10, 0, 0.5)).slice(0, 3), [0, 0, 0.2775])
  assert.deepEqual(Object.values(await figures(10, 10, 0.5)).slice(0, 3), [1, 0.7225, 1])
  assert.equal((await figures(0, 0, 0.5))['stage_conversion'], null)
})
