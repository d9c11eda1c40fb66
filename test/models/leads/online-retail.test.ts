// Published rules over the invoices of UCI Online Retail in France: C. Moffitt, "Introduction to Market Basket Analysis in Python" (2017).
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { literal } from '../../../data/quote.ts'
import { planModels } from '../../../models/builder/plan.ts'
import { readModels } from '../../../models/builder/read.ts'
import { withScratch } from '../../../models/builder/scratch.ts'

const root = resolve(import.meta.dirname, '../../..')
const days = join(root, '../shared/data/online-retail/by-day')

test('rules over French invoices are those published', { skip: existsSync(days) ? false : `no ${days}` }, async () => {
  const model = (await readModels(join(root, 'models'))).find(({ name }) => name === 'core.lead_rules')
  assert.equal(model?.kind, 'sql')
  await withScratch(async ({ session, known }) => {
    await planModels(session, await readModels(join(root, 'models')), known)
    await session.run(
      `INSERT INTO core.lead_purchases (seen, customer_id, product_id)
       SELECT DISTINCT 'now', InvoiceNo, trim(Description) FROM read_csv(${literal(join(days, '*.csv.gz'))}, all_varchar := true)
       WHERE Country = 'France' AND InvoiceNo NOT LIKE 'C%'`,
    )
    const rules = await session.rows<Record<string, number>>(
      `SELECT * FROM (${model?.kind === 'sql' ? model.sql : ''}) WHERE owned_id = 'ALARM CLOCK BAKELIKE GREEN' AND bought_id = 'ALARM CLOCK BAKELIKE RED'
         OR owned_id = 'ALARM CLOCK BAKELIKE RED' AND bought_id = 'ALARM CLOCK BAKELIKE GREEN' ORDER BY owned_id`,
    )
    assert.deepEqual(
      rules.map(({ support, confidence, lift }) => [support, confidence, lift].map((each) => each?.toFixed(6))),
      [
        ['0.079082', '0.815789', '8.642959'],
        ['0.079082', '0.837838', '8.642959'],
      ],
    )
  })
})
