import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import { modelsDocument } from '../../../models/builder/documents.ts'
import { generateAll, planProject } from '../../../models/builder/generate.ts'
import { lineageText, modelColumns } from '../../../models/builder/lineage.ts'
import { lineagePicture } from '../../../models/builder/picture.ts'
import { generateSchema } from '../../../models/builder/schema.ts'
import { plan } from './project.ts'

const root = resolve(import.meta.dirname, '../../..')
const header = (grain: string, more = ''): string => `-- description: A model.\n-- grain: ${grain}\n${more}`
const MODELS = {
  'staging/orders.sql': `${header('order_id')}SELECT order_id, customer_id, ordered_at FROM raw.orders\n`,
  'core/orders.sql': `${header('order_id', '-- audits:\n--   - not_null: order_id\n')}SELECT order_id, customer_id, CAST(ordered_at AS DATE) AS ordered_on FROM staging.orders\n`,
  'marts/days.sql': `${header('ordered_on')}SELECT ordered_on, COUNT(*) AS orders, CAST(1 AS DECIMAL(18,2)) AS share, COUNT(*) > 1 AS is_busy
FROM core.orders JOIN staging.orders USING (order_id) GROUP BY ordered_on\n`,
}

describe('generated types', () => {
  test('hold every model and the tables below, with the types answers have', async () => {
    const text = generateSchema(await plan(MODELS))
    assert.ok(
      text.includes(
        `  'marts.days': {\n    ordered_on: string | null\n    orders: number | null\n    share: number | null\n    is_busy: boolean | null\n  }`,
      ),
    )
    assert.ok(text.includes(`  'core.orders': {\n    order_id: string\n    customer_id: string | null\n`))
    assert.ok(
      text.includes(`  'raw.orders': {\n    order_id: string\n    customer_id: string\n    dealer_id: string | null\n`),
    )
    assert.ok(text.includes(`  'policy.clock': {\n    as_of: string | null\n`))
  })

  test('a query of a column that is gone does not compile', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trueworth-types-'))
    const query = (column: string): string => `import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'
export const query = (db: Kysely<Database>) => db.selectFrom('core.orders').select('${column}')\n`
    try {
      await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
      await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
      await writeFile(join(folder, 'schema.ts'), generateSchema(await plan(MODELS)))
      await writeFile(join(folder, 'right.ts'), query('ordered_on'))
      await writeFile(join(folder, 'wrong.ts'), query('orderd_on'))
      await writeFile(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ extends: join(root, 'tsconfig.json'), include: ['*.ts'] }),
      )
      const { stdout, status } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder, '--pretty', 'false'], {
        encoding: 'utf8',
      })
      assert.notEqual(status, 0)
      assert.match(stdout, /wrong\.ts.*orderd_on/s)
      assert.doesNotMatch(stdout, /(right|schema)\.ts/)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('and documents are the same each time', async () => {
    assert.deepEqual(await generateAll(root), await generateAll(root))
  })
})

describe('documents', () => {
  test('every column of every model of the project has words', async () => {
    assert.deepEqual((await planProject(root)).undocumented, [])
  })

  test('docs/models.md has description, grain, columns and lineage of a model', async () => {
    const text = modelsDocument(await plan(MODELS))
    assert.match(
      text,
      /### core\.orders\n\nA model\.\n\n- One row per `order_id`; table; `models\/core\/orders\.sql`\n- Reads staging\.orders\n- Read by marts\.days/,
    )
    assert.match(text, /\| `customer_id` \| VARCHAR \| Customer\. \|/)
  })
})

describe('lineage', () => {
  test('as text is a tree down to the raw tables, each branch once', async () => {
    assert.equal(
      lineageText(await plan(MODELS)),
      'marts.days\n├─ core.orders\n│  └─ staging.orders\n│     └─ raw.orders\n└─ staging.orders …\n',
    )
    assert.equal(
      lineageText(await plan(MODELS), { of: 'core.orders' }),
      'core.orders\n└─ staging.orders\n   └─ raw.orders\n',
    )
  })

  test('as a picture shows every model and every reading, sources on the left', async () => {
    const svg = lineagePicture(await plan(MODELS))
    for (const name of ['raw.orders', 'staging.orders', 'core.orders', 'marts.days'])
      assert.ok(svg.includes(`>${name}</text>`))
    // raw → staging → core → marts, and staging → marts over one bend
    assert.equal(svg.match(/<path /g)?.length, 5)
    const x = (name: string): number => Number(new RegExp(`<title>${name}</title><rect x="(\\d+)"`).exec(svg)?.[1])
    assert.ok(
      x('raw.orders') < x('staging.orders') &&
        x('staging.orders') < x('core.orders') &&
        x('core.orders') < x('marts.days'),
    )
  })

  test('by column lists type, meaning and grain', async () => {
    assert.deepEqual(modelColumns(await plan(MODELS), 'core.orders')[0], {
      model: 'core.orders',
      column: 'order_id',
      type: 'VARCHAR',
      about: 'Order.',
      key: true,
    })
  })
})
