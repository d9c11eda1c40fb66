import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rebuild } from '../../../pipelines/run/rebuild.ts'
import { Company } from '../company.ts'
import { contentsOf } from '../landed.ts'

test('a rebuild from landing alone gives the same raw, history, rejects, watermarks and batches, row for row', async () => {
  const company = await Company.open()
  try {
    await company.change(`
      INSERT INTO crm.tickets SELECT 'R' || i, 'C' || i % 3, '2026-01-01', 'open', '2026-02-01 0' || i % 10 || ':00:00' FROM range(30) AS t(i);
      INSERT INTO crm.tickets VALUES ('R99', 'C1', 'no day', 'open', '2026-02-01 00:00:00');
      INSERT INTO crm.clients SELECT 'C' || i, 'Client ' || i FROM range(4) AS t(i);
      INSERT INTO erp.sales SELECT 'O' || i, 'C' || i % 3, '2026-01-05' FROM range(5) AS t(i)`)
    await company.run()
    await company.change(`UPDATE crm.tickets SET status = 'closed', changed = '2026-02-03' WHERE id < 'R2';
      DELETE FROM crm.clients WHERE id = 'C1'; INSERT INTO erp.sales VALUES ('O9', 'C1', '2026-02-05')`)
    await company.run()
    await company.change(
      `INSERT INTO crm.tickets SELECT 'X' || i, NULL, '2026-01-01', 'new', '2026-03-01' FROM range(9) AS t(i)`,
    )
    assert.equal((await company.run()).status, 'partial')
    await company.change(
      `UPDATE crm.tickets SET customer = 'C2' WHERE customer IS NULL; INSERT INTO crm.clients VALUES ('C1', 'Client 1')`,
    )
    await company.run()
    assert.equal((await company.run()).published, false)

    const before = await contentsOf(company.warehouse)
    assert.ok(
      before['history.requests']!.length > 0 &&
        before['history.customers']!.length > 0 &&
        before['meta.rejects']!.length > 0,
    )
    const report = await rebuild(company.deps, { trigger: 'command' })
    assert.equal(report.status, 'succeeded', report.error ?? '')
    assert.deepEqual(await contentsOf(company.warehouse), before)
    assert.equal((await company.rows('SELECT count(*) AS n FROM meta.versions'))[0]?.['n'], 4)
    assert.equal((await company.run()).published, false, 'the next run goes on where the last one ended')
  } finally {
    await company.close()
  }
})
