import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ModelError } from '../../../errors.ts'
import type { Graph } from '../../../models/builder/model.ts'
import { planModels } from '../../../models/builder/plan.ts'
import { readModels } from '../../../models/builder/read.ts'
import { openScratch, type Scratch } from '../../../models/builder/scratch.ts'
import { runCase, type ModelCase } from '../case.ts'
import { project } from './project.ts'

const header = '-- description: A model.\n-- grain: status\n'
const modelFile = new URL('../../../models/builder/model.ts', import.meta.url).href
const MODELS = {
  'core/statuses.sql': `${header}SELECT status, COUNT(*) AS orders, SUM(CAST(1.5 AS DECIMAL(18,2))) AS amount, MAX(ordered_at) AS last_at
FROM raw.orders, policy.clock WHERE CAST(ordered_at AS DATE) <= as_of GROUP BY status\n`,
  'core/counts.ts': `import { defineModel } from '${modelFile}'
export const model = defineModel({
  description: 'Statuses.', grain: ['statuses'], columns: { statuses: 'How many.' },
  reads: { orders: 'SELECT DISTINCT status FROM raw.orders' }, types: { statuses: 'BIGINT' },
  rows: ({ orders }) => [{ statuses: orders.status.length }],
})\n`,
}
const given = {
  'raw.orders': [
    { order_id: 1, status: 'open', ordered_at: '2025-01-01 08:00' },
    { order_id: 2, status: 'open', ordered_at: '2025-01-02' },
    { order_id: 3, status: 'paid', ordered_at: '2025-06-01' },
  ],
}
const rules = { policy: {}, clock: { as_of: '2025-06-30' } }

describe('a case in YAML', () => {
  let models: Awaited<ReturnType<typeof project>>
  let scratch: Scratch
  let graph: Graph
  before(async () => {
    models = await project(MODELS)
    scratch = await openScratch()
    graph = await planModels(scratch.session, await readModels(models.folder), scratch.known)
  })
  after(async () => {
    scratch.close()
    await models[Symbol.asyncDispose]()
  })

  const run = (one: Partial<ModelCase>, model = 'core.statuses'): Promise<void> =>
    runCase(scratch.session, graph, { test: 'a case', given, expect: [], ...rules, ...one, model })
  const refused = (one: Partial<ModelCase>, message: string): Promise<void> =>
    assert.rejects(run(one), (error: unknown) => {
      assert.ok(error instanceof ModelError)
      assert.equal(error.message, message)
      return true
    })

  test('compares the columns it lists, in any order, and leaves nothing behind', async () => {
    const expect = [{ status: 'paid' }, { status: 'open', orders: 2, amount: 3, last_at: '2025-01-02 00:00' }]
    await run({ expect })
    await run({ expect })
    await run({ expect: [{ orders: 2 }], clock: { as_of: '2025-02-01' } })
  })

  test('that does not hold prints what was missing, what was not expected and what agreed', () =>
    refused(
      {
        expect: [
          { status: 'open', orders: 2 },
          { status: 'paid', orders: 7 },
          { status: 'void', orders: 1 },
        ],
      },
      `models/core/statuses.sql: not the rows expected
   status  orders
-  paid    7
-  void    1
+  paid    1
   open    2`,
    ))

  test('that names what is not there is refused with the nearest name', async () => {
    await refused(
      { given: { 'raw.order': [] } },
      'models/core/statuses.sql: given: the model does not read raw.order; it reads policy.clock, raw.orders',
    )
    await assert.rejects(
      run({ given: { 'raw.orders': [{ stats: 'x' }] } }),
      /given raw\.orders: no column stats; .*nearest: status/,
    )
    await assert.rejects(run({ expect: [{ order: 1 }] }), /expect: no column order; .*nearest: orders/)
    await assert.rejects(run({ policy: { visitKind: [] } }), /policy: no visitKind; .*nearest: visitKinds/)
  })

  test('runs a .ts model too', async () => {
    await run({ expect: [{ statuses: 2 }] }, 'core.counts')
    await assert.rejects(run({ expect: [{ statuses: 3 }] }, 'core.counts'), /\n- {2}3\n\+ {2}2/)
  })
})
