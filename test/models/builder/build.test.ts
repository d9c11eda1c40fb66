import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AuditError, ModelError } from '../../../errors.ts'
import type { BuildProgress } from '../../../models/builder/build.ts'
import { build, project, warehouseWith } from './project.ts'

const header = (grain: string, more = ''): string => `-- description: A model.\n-- grain: ${grain}\n${more}`
const ORDERS = `INSERT INTO raw.customers (customer_id, name, kind) VALUES ('a', 'A', 'direct'), ('b', 'B', 'direct');
  INSERT INTO raw.orders (order_id, customer_id, status, ordered_at) VALUES
    ('1', 'a', 'open', '2025-01-31 15:59'), ('2', 'a', 'paid', '2025-01-31 16:00'), ('3', 'b', 'paid', '2025-07-15')`
const MODELS = {
  'staging/orders.sql': `${header('order_id')}SELECT order_id, customer_id, status, local_date(ordered_at) AS ordered_on FROM raw.orders\n`,
  'core/orders.sql': `${header('order_id', '-- audits:\n--   - unique: order_id\n')}SELECT order_id, customer_id, status, ordered_on
FROM staging.orders CROSS JOIN policy.clock WHERE ordered_on <= clock.as_of\n`,
}

/** Audits one fixed table, a model of three rows. */
async function audit(yaml: string): Promise<{ faults: number[]; error: string | undefined }> {
  const rows = `SELECT * FROM (VALUES
    ('1', 'a', 'open', 10.00, 4.00, 6.00), ('2', 'z', 'paid', 10.00, 4.00, 6.01), ('2', NULL, NULL, 10.004, 4.00, 6.00)
  ) AS lines(order_id, customer_id, status, amount, net, tax)`
  await using models = await project({
    'core/lines.sql': `${header('order_id', `-- audits:\n${yaml}`)}SELECT order_id, customer_id, status, CAST(amount AS DOUBLE) AS amount, net, tax FROM (${rows})\n`,
    'core/customers.sql': `${header('customer_id')}SELECT customer_id FROM raw.customers\n`,
  })
  const warehouse = await warehouseWith(ORDERS)
  try {
    const outcomes = await warehouse.write((session) => build(session, models.folder))
    return { faults: outcomes.map(({ rows_at_fault }) => rows_at_fault), error: undefined }
  } catch (error) {
    if (!(error instanceof AuditError)) throw error
    return { faults: [error.count], error: error.message }
  } finally {
    warehouse.close()
  }
}

describe('a build', () => {
  test('makes views and tables in order, by the clock of the run, and says how many rows', async () => {
    await using models = await project(MODELS)
    const warehouse = await warehouseWith(ORDERS)
    const progress: BuildProgress[] = []
    const outcomes = await warehouse.write((session) =>
      build(session, models.folder, { onProgress: (step) => progress.push(step) }),
    )
    assert.deepEqual(outcomes, [
      {
        model: 'core.orders',
        audit: 'unique(order_id)',
        audit_zh: '唯一（order_id）',
        severity: 'error',
        rows_at_fault: 0,
        passed: true,
      },
    ])
    assert.deepEqual(
      progress.map(({ model, step, rows, place, of }) => [model, step, rows, place, of]),
      [
        ['staging.orders', 'build', undefined, 1, 2],
        ['core.orders', 'build', 2, 2, 2],
        ['core.orders', 'audit', undefined, 2, 2],
      ],
    )
    const rows = await warehouse.read((session) =>
      session.rows('SELECT order_id, ordered_on FROM core.orders ORDER BY order_id'),
    )
    assert.deepEqual(rows, [
      { order_id: '1', ordered_on: '2025-01-31' },
      { order_id: '2', ordered_on: '2025-02-01' },
    ])
    warehouse.close()
  })

  test('that breaks an audit of severity error leaves readers what they had', async () => {
    await using models = await project(MODELS)
    const warehouse = await warehouseWith(ORDERS)
    await warehouse.write((session) => build(session, models.folder))
    const broken = warehouse.write(async (session) => {
      await session.run(`INSERT INTO raw.orders (order_id, customer_id, ordered_at) VALUES ('1', 'b', '2025-02-01')`)
      return build(session, models.folder)
    })
    await assert.rejects(broken, (error: unknown) => {
      assert.ok(error instanceof AuditError)
      assert.deepEqual([error.model, error.audit, error.count], ['core.orders', 'unique(order_id)', 1])
      return true
    })
    assert.deepEqual(await warehouse.read((session) => session.rows('SELECT COUNT(*) AS orders FROM core.orders')), [
      { orders: 2 },
    ])
    warehouse.close()
  })

  test('of what changed builds it and everything downstream, nothing else', async () => {
    await using models = await project({
      ...MODELS,
      'core/customers.sql': `${header('customer_id')}SELECT customer_id FROM raw.customers\n`,
      'marts/statuses.sql': `${header('status')}SELECT status, COUNT(*) AS orders FROM core.orders GROUP BY status\n`,
    })
    const warehouse = await warehouseWith(ORDERS)
    await warehouse.write((session) => build(session, models.folder))
    const built: string[] = []
    const onProgress = ({ model, step }: BuildProgress): void => void (step === 'build' && built.push(model))
    await warehouse.write((session) => build(session, models.folder, { only: ['raw.orders'], onProgress }))
    assert.deepEqual(built, ['staging.orders', 'core.orders', 'marts.statuses'])
    built.length = 0
    await warehouse.write((session) => build(session, models.folder, { only: ['core.customers'], onProgress }))
    assert.deepEqual(built, ['core.customers'])
    warehouse.close()
  })

  test('turns a view into a table, and drops a model whose file is gone', async () => {
    await using first = await project({ ...MODELS, 'core/old.sql': `${header('a')}SELECT 1 AS a\n` })
    await using second = await project({
      ...MODELS,
      'staging/orders.sql': `-- materialised: table\n${MODELS['staging/orders.sql']}`,
    })
    const warehouse = await warehouseWith(ORDERS)
    await warehouse.write((session) => build(session, first.folder))
    await warehouse.write((session) => build(session, second.folder))
    const tables = await warehouse.read((session) =>
      session.rows(
        `SELECT schema_name || '.' || table_name AS name FROM duckdb_tables() WHERE schema_name IN ('staging', 'core') ORDER BY name`,
      ),
    )
    assert.deepEqual(tables, [{ name: 'core.orders' }, { name: 'staging.orders' }])
    warehouse.close()
  })

  test('a model that binds but fails on its rows names the file and changes nothing', async () => {
    await using models = await project({
      'core/a.sql': `${header('a')}SELECT\n    CAST(status AS INTEGER) AS a\nFROM raw.orders\n`,
    })
    const warehouse = await warehouseWith(ORDERS)
    await assert.rejects(
      warehouse.write((session) => build(session, models.folder)),
      (error: unknown) => {
        assert.ok(error instanceof ModelError)
        assert.equal(error.phase, 'run')
        assert.match(error.message, /^models\/core\/a\.sql( line 4)?: Could not convert string 'open' to INT32/)
        return true
      },
    )
    warehouse.close()
  })

  test('a .ts model stands in the graph: it reads columns and gives rows', async () => {
    const modelFile = new URL('../../../models/builder/model.ts', import.meta.url).href
    await using models = await project({
      ...MODELS,
      'core/gaps.ts': `import { defineModel } from '${modelFile}'
export const model = defineModel({
  description: 'Orders of each customer.',
  grain: ['customer_id'],
  columns: { orders: 'How many.', last_on: 'The last.', share: 'Of all.' },
  audits: [{ unique: 'customer_id' }, { rows: 'orders < 1' }],
  reads: { orders: 'SELECT customer_id, ordered_on FROM core.orders ORDER BY ordered_on' },
  types: { customer_id: 'VARCHAR', orders: 'BIGINT', share: 'DECIMAL(18,2)', last_on: 'DATE' },
  *rows({ orders }) {
    const groups = Map.groupBy(orders.customer_id, (id) => id)
    for (const [customer_id, all] of groups) yield { customer_id, orders: all.length, share: all.length / 3, last_on: orders.ordered_on.at(-1) }
  },
})\n`,
      'marts/totals.sql': `${header('orders')}SELECT SUM(orders) AS orders FROM core.gaps\n`,
    })
    const warehouse = await warehouseWith(ORDERS)
    const outcomes = await warehouse.write((session) => build(session, models.folder))
    assert.deepEqual(
      outcomes.map(({ passed }) => passed),
      [true, true, true],
    )
    const rows = await warehouse.read((session) => session.rows('SELECT * FROM core.gaps'))
    assert.deepEqual(rows, [{ customer_id: 'a', orders: 2, share: 0.67, last_on: '2025-02-01' }])
    assert.deepEqual(await warehouse.read((session) => session.rows('SELECT * FROM marts.totals')), [{ orders: 2 }])
    warehouse.close()
  })

  /** A `.ts` model over the numbers of `count`, built: its rows, or what it is refused with. */
  async function script(rows: string, count = 3): Promise<{ rows: unknown[] } | { error: string }> {
    const modelFile = new URL('../../../models/builder/model.ts', import.meta.url).href
    await using models = await project({
      'core/made.ts': `import { defineModel } from '${modelFile}'
export const model = defineModel({
  description: 'Numbers.', grain: ['n'], columns: { n: 'A number.', of: 'Of how many.' },
  reads: { numbers: 'SELECT range AS n FROM range(${count})', none: 'SELECT 1 AS n WHERE FALSE' },
  types: { n: 'BIGINT', of: 'BIGINT' },
  *rows({ numbers, none }) { ${rows} },
})\n`,
    })
    const warehouse = await warehouseWith(ORDERS)
    try {
      await warehouse.write((session) => build(session, models.folder))
      return { rows: await warehouse.read((session) => session.rows('SELECT * FROM core.made ORDER BY n')) }
    } catch (error) {
      return { error: String(error) }
    } finally {
      warehouse.close()
    }
  }

  test('a .ts model of many rows gets all of its input and loses none of its rows', async () => {
    const made = await script('for (const n of numbers.n) yield { n, of: numbers.n.length + none.n.length }', 12_345)
    assert.ok('rows' in made)
    assert.deepEqual(
      made.rows,
      Array.from({ length: 12_345 }, (_, n) => ({ n, of: 12_345 })),
    )
  })

  test('what goes wrong in a .ts model names its file, whatever it is', async () => {
    const named = async (rows: string): Promise<string> => {
      const made = await script(rows)
      return 'error' in made ? made.error : 'nothing'
    }
    assert.match(await named("throw new RangeError('out of range')"), /core\/made\.ts: .*out of range/)
    assert.match(await named('yield { n: 1, m: 2 }'), /core\/made\.ts: a row has m, .* it names n, of/)
    assert.match(await named("yield { n: 'one' }"), /core\/made\.ts: .*one.*INT64/)
    const unsendable = "throw new Error('not to be sent', { cause: () => 1 })"
    assert.match(await named(unsendable), /core\/made\.ts: .*not to be sent/)
    assert.match(await named("throw 'a text'"), /core\/made\.ts: .*a text/)
    // After the thread itself is gone, another takes its place.
    assert.match(await named('process.exit(3)'), /core\/made\.ts: the thread of the models ended/)
    assert.deepEqual(await script('yield { n: 1 }'), { rows: [{ n: 1, of: null }] })
  })

  test('while a .ts model computes, others have the event loop', async () => {
    const ticks: number[] = []
    const ticking = setInterval(() => ticks.push(Date.now()), 5)
    const made = await script('const n = Date.now(); while (Date.now() < n + 1_000); yield { n, of: n + 1_000 }')
    clearInterval(ticking)
    assert.ok('rows' in made)
    const [{ n, of } = { n: 0, of: 0 }] = made.rows as { n: number; of: number }[]
    assert.ok(ticks.some((tick) => n < tick && tick < of))
  })
})

describe('an audit', () => {
  test('unique counts rows beyond the first of each key', async () => {
    assert.deepEqual((await audit('--   - unique: [order_id, customer_id]\n')).faults, [0])
    const { error } = await audit('--   - unique: order_id\n')
    assert.match(error ?? '', /core\.lines: unique\(order_id\): 1 row at fault, e\.g\. \{"order_id":"2","rows":2\}/)
  })

  test('not_null counts rows that lack any of the columns', async () => {
    assert.deepEqual((await audit('--   - not_null: [order_id]\n')).faults, [0])
    assert.match(
      (await audit('--   - not_null: [order_id, status]\n')).error ?? '',
      /not_null\(order_id, status\): 1 row at fault/,
    )
  })

  test('balance is exact to the cent: a tenth of a cent passes, a cent does not', async () => {
    const { error } = await audit('--   - balance: amount = net + tax\n')
    assert.match(
      error ?? '',
      /balance\(amount = net \+ tax\): 1 row at fault, e\.g\. \{"order_id":"2","left_side":10,"right_side":10\.01\}/,
    )
    assert.deepEqual((await audit('--   - balance: amount = amount + 0.001\n')).faults, [0])
  })

  test('accepted lets null pass and nothing else that is not listed', async () => {
    assert.deepEqual((await audit('--   - accepted: { status: [open, paid] }\n')).faults, [0])
    assert.match(
      (await audit('--   - accepted: { status: [open] }\n')).error ?? '',
      /accepted\(status\): 1 row at fault, e\.g\. \{"order_id":"2","status":"paid"\}/,
    )
  })

  test('references lets null pass and finds what is nowhere', async () => {
    const { error } = await audit('--   - references: { customer_id: core.customers.customer_id }\n')
    assert.match(error ?? '', /1 row at fault, e\.g\. \{"order_id":"2","customer_id":"z"\}/)
    assert.deepEqual((await audit('--   - references: { order_id: core.lines.order_id }\n')).faults, [0])
  })

  test('rows takes a condition or a whole SELECT', async () => {
    assert.deepEqual(
      (await audit('--   - rows: amount < 0\n--   - rows: SELECT 1 FROM core.lines WHERE amount < 0\n')).faults,
      [0, 0],
    )
    assert.match(
      (await audit('--   - rows: SELECT order_id FROM core.lines WHERE tax > 6\n')).error ?? '',
      /: 1 row at fault, e\.g\. \{"order_id":"2"\}/,
    )
  })

  test('of severity warn is reported and stops nothing', async () => {
    assert.deepEqual(await audit('--   - unique: order_id\n--     severity: warn\n'), { faults: [1], error: undefined })
  })

  test('all that fail are listed in one error', async () => {
    const { error } = await audit('--   - unique: order_id\n--   - not_null: status\n--   - rows: amount > 0\n')
    assert.match(
      error ?? '',
      /^3 audits of severity error found rows at fault; nothing was published:\n.*\n.*\n.*3 rows at fault/,
    )
  })
})
