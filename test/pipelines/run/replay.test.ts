import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, test } from 'node:test'
import { RequestError } from '../../../errors.ts'
import type { Row } from '../../../data/warehouse.ts'
import { rebuild } from '../../../pipelines/run/rebuild.ts'
import { within, type Company } from '../company.ts'

const TABLES = [
  ...['requests', 'customers', 'orders'].flatMap((entity) => [`raw.${entity}`, `history.${entity}`]),
  'meta.rejects',
  'meta.drift',
  'meta.decisions',
  '(SELECT * EXCLUDE (run_id) FROM meta.batches)',
  'meta.watermarks',
]

/** Everything that is loaded, in an order of its own. */
async function everything(company: Company, tables: readonly string[] = TABLES): Promise<Record<string, Row[]>> {
  const all: Record<string, Row[]> = {}
  for (const table of tables) all[table] = await company.rows(`FROM ${table} ORDER BY ALL`)
  return all
}

async function batchOf(company: Company, entity: string): Promise<string> {
  const [row] = await company.rows(
    `SELECT batch_id FROM meta.batches WHERE entity = '${entity}' ORDER BY batch_id DESC LIMIT 1`,
  )
  return row?.['batch_id'] as string
}

function decide(company: Company, batch_id: string, kind: 'quarantine' | 'release') {
  return rebuild(company.deps, { trigger: 'command', by: 'anna', decide: { batch_id, kind, reason: 'a test' } })
}

const MANY = `INSERT INTO crm.clients SELECT 'N' || i, 'Name ' || i FROM range(60) AS t(i)`
const DROP = `DELETE FROM crm.clients WHERE id >= 'N2'`

describe('drift', () => {
  test('a source that gives half as many rows waits for a person; figures keep the rows they have', () =>
    within(async (company) => {
      await company.change(MANY)
      await company.run()
      await company.change(DROP)
      const held = await company.run()
      assert.equal(held.status, 'partial')
      assert.match(
        held.error ?? '',
        /customers: clients of crm gave \d+ where it gave 63 before.*run --accept crm\.customers/,
      )
      assert.equal((await company.rows('FROM raw.customers')).length, 63)
      const [drift] = await company.rows(`SELECT kind, before, severity FROM meta.drift WHERE severity = 'held'`)
      assert.deepEqual(drift, { kind: 'fewer_rows', before: '63', severity: 'held' })
      // It goes on waiting, and other feeds go on.
      await company.change(`INSERT INTO erp.sales VALUES ('O99', 'C1', '2026-01-09')`)
      assert.equal((await company.run()).status, 'partial')
      assert.equal((await company.rows(`FROM raw.orders WHERE order_id = 'O99'`)).length, 1)

      const accepted = await company.run({ accept: ['crm.customers'], by: 'anna' })
      assert.equal(accepted.status, 'succeeded', accepted.error ?? '')
      assert.ok((await company.rows('FROM raw.customers')).length < 30)
      const decisions = await company.rows('SELECT decided_by, kind, entity FROM meta.decisions')
      assert.deepEqual(decisions, [{ decided_by: 'anna', kind: 'accept', entity: 'customers' }])
      assert.equal((await company.run()).status, 'succeeded')
      await assert.rejects(
        company.run({ accept: ['crm.customers'] }).then(({ failure }) => Promise.reject(failure as Error)),
        RequestError,
      )
    }))

  test('a reading that is whole again takes the place of the one that waits', () =>
    within(async (company) => {
      await company.change(MANY)
      await company.run()
      await company.change(DROP)
      await company.run()
      await company.change(
        `DELETE FROM crm.clients WHERE id LIKE 'N%'; ${MANY}; INSERT INTO crm.clients VALUES ('X', 'new')`,
      )
      const report = await company.run()
      assert.equal(report.status, 'succeeded', report.error ?? '')
      assert.equal((await company.rows('FROM raw.customers')).length, 64)
    }))

  test('new, gone and other columns are told with before and after', () =>
    within(async (company) => {
      await company.change(`INSERT INTO erp.sales SELECT 'P' || i, 'C1', '2026-01-05' FROM range(30) AS t(i)`)
      await company.run()
      await company.change(
        `CREATE OR REPLACE TABLE erp.sales AS SELECT id, row_number() OVER () AS customer, ordered, 'x' AS extra FROM erp.sales`,
      )
      await company.run()
      assert.deepEqual(await company.rows(`SELECT kind, column_name, before, after FROM meta.drift ORDER BY kind`), [
        { kind: 'column_added', column_name: 'extra', before: '', after: 'VARCHAR' },
        { kind: 'type_changed', column_name: 'customer', before: 'text', after: 'BIGINT' },
      ])
    }))

  test('a required column that is gone stops its entity alone; an optional one can be accepted as empty', () =>
    within(async (company) => {
      await company.run()
      await company.change('ALTER TABLE erp.sales DROP customer; ALTER TABLE crm.tickets DROP status')
      await company.change(
        `UPDATE crm.tickets SET changed = '2026-03-01 00:00:00' WHERE id = 'R1'; INSERT INTO crm.clients VALUES ('Z', 'z')`,
      )
      const report = await company.run()
      assert.equal(report.status, 'partial')
      assert.match(report.error ?? '', /orders: the mapping does not fit.*\n.*there is no column 'customer'/)
      assert.doesNotMatch(report.error ?? '', /--accept erp/)
      assert.match(report.error ?? '', /there is no column 'status'[^\n]*\n[^\n]*run --accept crm\.requests/)
      assert.equal((await company.rows(`FROM raw.customers WHERE customer_id = 'Z'`)).length, 1)
      await company.run({ accept: ['crm.requests'] })
      assert.deepEqual(await company.rows(`SELECT status FROM raw.requests WHERE request_id = 'R1'`), [
        { status: null },
      ])
    }))

  test('fifty ordinary days of a source that grows, shrinks and rests a little hold nothing', () =>
    within(async (company) => {
      await company.change(MANY)
      for (let day = 0; day < 50; day++) {
        const noise = (day * 7919) % 11
        await company.change(
          `DELETE FROM crm.clients WHERE hash(id || ${day}) % 10 < ${noise % 3};
           INSERT INTO crm.clients SELECT 'D${day}-' || i, 'n' FROM range(${noise % 7}) AS t(i);
           INSERT INTO crm.tickets SELECT 'T${day}-' || i, 'C1', '2026-01-01 08:00:00', 'open', strftime(DATE '2026-02-02' + ${day}, '%Y-%m-%d') || ' 08:00:00' FROM range(${noise}) AS t(i)`,
        )
        const report = await company.run()
        assert.equal(report.status, 'succeeded', `day ${day}: ${report.error}`)
      }
      assert.deepEqual(await company.rows(`FROM meta.drift WHERE severity = 'held'`), [])
    }))
})

describe('replay', () => {
  test('a batch in quarantine counts nowhere and is not read again; released, all is as it was', () =>
    within(async (company) => {
      await company.run()
      await company.change(
        `UPDATE crm.tickets SET status = 'wrong', changed = '2026-03-01 00:00:00' WHERE id IN ('R1', 'R2');
         INSERT INTO crm.tickets VALUES ('R98', 'C1', '2026-01-01 08:00:00', 'wrong', '2026-03-01 00:00:00'), ('R99', 'C1', '2026-01-01 08:00:00', 'wrong', '2026-03-01 00:00:00')`,
      )
      await company.run()
      const before = await everything(company)
      const batch = await batchOf(company, 'requests')
      const report = await decide(company, batch, 'quarantine')
      assert.equal(report.status, 'succeeded', report.error ?? '')
      assert.deepEqual(await company.rows(`FROM raw.requests WHERE status = 'wrong'`), [])
      assert.equal((await company.rows(`FROM raw.requests WHERE request_id IN ('R1', 'R2')`)).length, 2)
      await company.run()
      assert.deepEqual(await company.rows(`FROM raw.requests WHERE status = 'wrong'`), [])
      await decide(company, batch, 'release')
      const rows = TABLES.filter((table) => /^(raw|history)\.|rejects|drift/.test(table))
      const after = await everything(company, rows)
      for (const table of rows) assert.deepEqual(after[table], before[table], table)
      const decisions = await company.rows('SELECT decided_by, kind, reason FROM meta.decisions ORDER BY decision_id')
      assert.deepEqual(decisions, [
        { decided_by: 'anna', kind: 'quarantine', reason: 'a test' },
        { decided_by: 'anna', kind: 'release', reason: 'a test' },
      ])
      const unknown = await rebuild(company.deps, {
        trigger: 'command',
        decide: { batch_id: 'none', kind: 'quarantine' },
      })
      assert.match(unknown.error ?? '', /There is no batch 'none'/)
    }))

  test('a part of the past is read again: what was missed comes, the mark does not move, and twice is once', () =>
    within(async (company) => {
      await company.run()
      // Keyed late, with an instant that the cursor has passed.
      await company.change(
        `INSERT INTO crm.tickets VALUES ('R50', 'C1', '2026-01-01 08:00:00', 'open', '2026-01-15 00:00:00'), ('R51', 'C1', '2026-01-01 08:00:00', 'open', '2026-01-16 00:00:00')`,
      )
      await company.run()
      assert.deepEqual(await company.rows(`FROM raw.requests WHERE request_id = 'R50'`), [])
      const marks = await company.rows(`FROM meta.watermarks WHERE entity = 'requests'`)
      const again = { since: '2026-01-15', until: '2026-01-17' }
      await company.run({ only: ['crm.requests'], again })
      const once = await everything(company, ['raw.requests', 'history.requests'])
      assert.equal(once['raw.requests']?.filter(({ request_id }) => request_id === 'R50').length, 1)
      await company.run({ only: ['crm.requests'], again })
      assert.deepEqual(await everything(company, ['raw.requests', 'history.requests']), once)
      assert.deepEqual(await company.rows(`FROM meta.watermarks WHERE entity = 'requests'`), marks)
      const { failure } = await company.run({ only: ['erp.orders'], again })
      assert.match(String(failure), /erp\.orders cannot be read for a part of the past/)
    }))

  test('a rejected row is corrected, loaded and settled; a row that is still wrong says why', () =>
    within(async (company) => {
      await company.change(
        `INSERT INTO crm.tickets SELECT 'G' || i, 'C1', '2026-01-01 08:00:00', 'open', '2026-02-01 00:00:00' FROM range(40) AS t(i);
         INSERT INTO crm.tickets VALUES ('B1', 'C1', 'soon', 'open', '2026-02-01 00:00:00'), ('B2', NULL, 'later', 'open', '2026-02-01 00:00:00')`,
      )
      await company.run()
      const idOf = async (column: string, value: string): Promise<string> => {
        const [row] = await company.rows(
          `SELECT reject_id FROM meta.rejects WHERE column_name = '${column}' AND value = '${value}' AND resolved_at IS NULL`,
        )
        return row?.['reject_id'] as string
      }
      const reject = await idOf('opened_at', 'soon')
      const correct = { reject_id: reject, set: { opened: '2026-01-02 08:00:00' }, reason: 'typed by hand' }
      const report = await company.run({ only: [], correct, by: 'anna' })
      assert.equal(report.status, 'succeeded', report.error ?? '')
      assert.deepEqual(await company.rows(`SELECT opened_at FROM raw.requests WHERE request_id = 'B1'`), [
        { opened_at: '2026-01-02T00:00:00.000Z' },
      ])
      assert.deepEqual(await company.rows(`SELECT resolved_by FROM meta.rejects WHERE reject_id = '${reject}'`), [
        { resolved_by: 'anna' },
      ])
      const again = await company.run({ only: [], correct })
      assert.match(again.error ?? '', /was corrected already/)
      const wrong = await company.run({
        only: [],
        correct: { reject_id: await idOf('opened_at', 'later'), set: { opened: 'now' } },
      })
      assert.equal(wrong.rejects, 1)
      assert.notEqual(await idOf('opened_at', 'now'), undefined)
      const unknown = await company.run({
        only: [],
        correct: { reject_id: await idOf('opened_at', 'now'), set: { opend: 'x' } },
      })
      assert.match(unknown.error ?? '', /no column 'opend'\. Did you mean 'opened'\?/)
      // The same bad line read again is neither told twice nor opened again.
      const told = await company.rows('SELECT reject_id, resolved_at FROM meta.rejects ORDER BY ALL')
      await company.run({ full: true })
      assert.deepEqual(await company.rows('SELECT reject_id, resolved_at FROM meta.rejects ORDER BY ALL'), told)
    }))

  test('whatever is run, dropped, accepted, taken out, let in again and corrected: a rebuild from landing gives the same', async () => {
    const step = fc.constantFrom('run', 'change', 'bad', 'drop', 'accept', 'quarantine', 'release', 'correct', 'again')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), (steps) =>
        within(async (company) => {
          await company.change(MANY)
          await company.run()
          let number = 0
          for (const one of steps) {
            number++
            if (one === 'change')
              await company.change(
                `UPDATE crm.tickets SET status = 's${number}', changed = '2026-03-${String(number).padStart(2, '0')} 00:00:00' WHERE id = 'R${number}';
                 INSERT INTO crm.clients VALUES ('E${number}', 'e')`,
              )
            if (one === 'bad') await company.change(`INSERT INTO crm.clients SELECT 'Y${number}', NULL`)
            if (one === 'drop') await company.change(`DELETE FROM crm.clients WHERE hash(id || '${number}') % 4 > 0`)
            if (one === 'accept') await company.run({ accept: ['crm.customers'] })
            if (one === 'again')
              await company.run({ only: ['crm.requests'], again: { since: '2026-02-01', until: '2026-03-05' } })
            if (one === 'quarantine' || one === 'release')
              await decide(company, await batchOf(company, 'customers'), one)
            if (one === 'correct') {
              const [open] = await company.rows('SELECT reject_id FROM meta.rejects WHERE resolved_at IS NULL LIMIT 1')
              if (open !== undefined)
                await company.run({
                  only: [],
                  correct: { reject_id: open['reject_id'] as string, set: { name: 'mended' } },
                })
            }
            await company.run()
          }
          const before = await everything(company)
          await rebuild(company.deps, { trigger: 'command' })
          const after = await everything(company)
          for (const table of TABLES) assert.deepEqual(after[table], before[table], table)
        }),
      ),
      { numRuns: 12, endOnFailure: true },
    )
  })
})
