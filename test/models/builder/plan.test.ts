import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ModelError } from '../../../errors.ts'
import { planModels } from '../../../models/builder/plan.ts'
import { readModels } from '../../../models/builder/read.ts'
import { withScratch } from '../../../models/builder/scratch.ts'
import { plan, project } from './project.ts'

const header = (grain: string, more = ''): string => `-- description: A model.\n-- grain: ${grain}\n${more}`
const CUSTOMERS = { 'core/customers.sql': `${header('customer_id')}SELECT customer_id, kind FROM raw.customers\n` }

async function refused(files: Readonly<Record<string, string>>, message: string): Promise<void> {
  await assert.rejects(plan(files), (error: unknown) => {
    assert.ok(error instanceof ModelError)
    assert.equal(error.message, message)
    return true
  })
}

describe('planning', () => {
  test('puts models behind what they read and finds columns and types', async () => {
    const graph = await plan({
      ...CUSTOMERS,
      'marts/kinds.sql': `${header('kind')}SELECT kind, COUNT(*) AS customers, CAST(1 AS DECIMAL(18,2)) AS share, (SELECT as_of FROM policy.clock) AS day FROM core.customers GROUP BY kind\n`,
      'core/areas.sql': `${header('kind')}SELECT kind FROM marts.kinds\n`,
    })
    assert.deepEqual(
      graph.models.map(({ name }) => name),
      ['core.customers', 'marts.kinds', 'core.areas'],
    )
    const kinds = graph.models[1]
    assert.deepEqual(kinds?.upstream, ['core.customers', 'policy.clock'])
    assert.deepEqual(kinds?.columnTypes, { kind: 'VARCHAR', customers: 'BIGINT', share: 'DECIMAL(18,2)', day: 'DATE' })
  })

  test('a wrong column says file, line, what exists and the nearest name', () =>
    refused(
      { ...CUSTOMERS, 'marts/a.sql': `${header('customer_id')}SELECT\n    customr_id\nFROM core.customers\n` },
      'models/marts/a.sql line 4: column customr_id does not exist in core.customers; it has customer_id, kind; nearest: customer_id',
    ))

  test('a wrong column of an alias, a CTE or a subquery says what that one has', async () => {
    await refused(
      {
        ...CUSTOMERS,
        'marts/a.sql': `${header('customer_id')}WITH own AS (SELECT customer_id, kind AS sort FROM core.customers)\nSELECT\n    own.srot\nFROM own\n`,
      },
      'models/marts/a.sql line 5: column srot does not exist in own; it has customer_id, sort; nearest: sort',
    )
    await refused(
      { ...CUSTOMERS, 'marts/a.sql': `${header('customer_id')}SELECT c.kid FROM core.customers AS c\n` },
      'models/marts/a.sql line 3: column kid does not exist in c; it has customer_id, kind; nearest: kind',
    )
  })

  test('a wrong table says what its schema has and the nearest name', () =>
    refused(
      { ...CUSTOMERS, 'marts/a.sql': `${header('customer_id')}SELECT customer_id\nFROM core.customer\n` },
      'models/marts/a.sql line 4: table core.customer does not exist; core has customers; nearest: core.customers',
    ))

  test('a table without a schema is told which schemas have it', () =>
    refused(
      { 'core/a.sql': `${header('customer_id')}SELECT customer_id FROM customers\n` },
      'models/core/a.sql line 3: table customers has no schema; write raw.customers or history.customers',
    ))

  test('SQL that does not parse names its line', () =>
    refused(
      { 'core/a.sql': `${header('a')}SELECT 1 AS a\nFROM WHERE\n` },
      'models/core/a.sql line 4: syntax error at or near "WHERE"',
    ))

  test('a wrong type names its line without the list of all operators', () =>
    refused(
      { 'core/a.sql': `${header('a')}SELECT\n    customer_id + 1 AS a\nFROM raw.customers\n` },
      "models/core/a.sql line 4: No function matches the given name and argument types '+(VARCHAR, INTEGER_LITERAL)'. You might need to add explicit type casts.",
    ))

  test('models that read each other in a circle are named in order', () =>
    refused(
      {
        'core/a.sql': `${header('x')}SELECT x FROM core.b\n`,
        'core/b.sql': `${header('x')}SELECT x FROM core.c\n`,
        'core/c.sql': `${header('x')}SELECT x FROM core.a\n`,
      },
      'models/core/a.sql: models read each other in a circle: core.a → core.b → core.c → core.a; let one of them read something further upstream',
    ))

  test('grain, columns and audits of the header must be columns of the SELECT', async () => {
    const files = (head: string): Record<string, string> => ({
      'core/a.sql': `${head}SELECT customer_id, kind FROM raw.customers\n`,
    })
    const tail = 'is not a column of the model; it has customer_id, kind; nearest:'
    await refused(files(header('customerid')), `models/core/a.sql: grain in the header: customerid ${tail} customer_id`)
    await refused(
      files(header('kind', '-- columns:\n--   kinds: A.\n')),
      `models/core/a.sql: columns in the header: kinds ${tail} kind`,
    )
    await refused(
      files(header('kind', '-- audits:\n--   - not_null: knd\n')),
      `models/core/a.sql: audits in the header: knd ${tail} kind`,
    )
  })

  test('an audit that does not bind is refused before anything runs', () =>
    assert.rejects(
      plan({
        'core/a.sql': `${header('kind', '-- audits:\n--   - rows: knd IS NULL\n')}SELECT kind FROM raw.customers\n`,
      }),
      /models\/core\/a\.sql: audits in the header: .*"knd" not found/,
    ))

  test('two columns of one name are refused', () =>
    refused(
      { 'core/a.sql': `${header('kind')}SELECT kind, name AS kind FROM raw.customers\n` },
      'models/core/a.sql: two columns are named kind; give one of them another name with AS',
    ))

  test('a column without words takes those of the table whose key it is; one without any is reported', async () => {
    const graph = await plan({
      ...CUSTOMERS,
      'marts/a.sql': `${header('customer_id', '-- columns:\n--   requests: Requests opened.\n')}
SELECT customers.customer_id, COUNT(*) AS requests, 1 AS strange
FROM core.customers JOIN raw.requests USING (customer_id) GROUP BY customers.customer_id\n`.replace('\n\n', '\n'),
    })
    assert.deepEqual(graph.models.at(-1)?.abouts, { customer_id: 'Customer.', requests: 'Requests opened.' })
    assert.deepEqual(graph.undocumented, ['marts.a.strange'])
  })

  test('after an edit only the file and what its columns reach are prepared again', async () => {
    await using models = await project({
      ...CUSTOMERS,
      'core/dealers.sql': `${header('dealer_id')}SELECT dealer_id FROM raw.dealers\n`,
      'marts/kinds.sql': `${header('kind')}SELECT kind, COUNT(*) AS customers FROM core.customers GROUP BY kind\n`,
    })
    await withScratch(async ({ session, known }) => {
      const types = async (): Promise<Map<string, unknown>> => {
        const graph = await planModels(session, await readModels(models.folder), known)
        return new Map(graph.models.map(({ name, columnTypes }) => [name, columnTypes]))
      }
      const first = await types()
      await models.write(
        'core/customers.sql',
        `${header('customer_id')}SELECT customer_id, kind FROM raw.customers WHERE kind <> 'x'\n`,
      )
      const second = await types()
      assert.notEqual(second.get('core.customers'), first.get('core.customers'))
      assert.equal(second.get('core.dealers'), first.get('core.dealers'))
      assert.equal(second.get('marts.kinds'), first.get('marts.kinds'))
      await models.write(
        'core/customers.sql',
        `${header('customer_id')}SELECT customer_id, 1 AS kind FROM raw.customers\n`,
      )
      assert.deepEqual((await types()).get('marts.kinds'), { kind: 'INTEGER', customers: 'BIGINT' })
    })
  })
})
