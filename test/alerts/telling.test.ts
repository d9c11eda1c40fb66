import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Alert } from '../../config/alerts.ts'
import { head, inRegion, OWNER, within, type Watched } from './company.ts'

const requests: Alert = { name: 'many', metric: 'requests', by: 'customer', period: 'all_time', when: { above: 1 } }
const more = (customer: string): string =>
  `INSERT INTO marts.requests VALUES ('2025-03-05', '2025-03-01', '${customer}', '华南', 'phone', FALSE, 1)`
const firing = async ({ desk }: Watched, name: string) =>
  (await desk.list(head)).find((alert) => alert.name === name)?.firing.map(({ group }) => group)

describe('who is told', () => {
  const users = [
    { address: 'east@example.com', viewer: inRegion('华东') },
    { address: 'south@example.com', viewer: inRegion('华南') },
  ]
  test('a user is told of what it may see, and the owner where nobody may', async () => {
    const alert = { ...requests, when: { above: 0 }, to: [{ role: 'region' }] } as const
    await within({ watch: [alert], users }, async (company) => {
      await company.evaluate()
      const told = company
        .taken()
        .map(({ to, text }) => [to[0]?.address, ['C1', 'C2', 'C5'].filter((id) => text.includes(id))])
      assert.deepEqual(
        told.toSorted((one, other) => String(one[0]).localeCompare(String(other[0]))),
        [
          ['east@example.com', ['C1', 'C2']],
          [OWNER, []],
          ['south@example.com', ['C5']],
        ],
      )
    })
  })

  test('the person a group names, by attribute or by address, else the owner', async () => {
    const alert = { ...requests, by: 'region', when: { above: 0 }, to: [{ person: 'region' }] } as const
    await within(
      { watch: [alert], users: users.slice(0, 1), more: { people: { 华南: 'Chen@example.com' } } },
      async (company) => {
        await company.evaluate()
        const told = company.taken().flatMap(({ to }) => to.map(({ address }) => address))
        assert.deepEqual(told.toSorted(), ['chen@example.com', 'east@example.com', OWNER])
      },
    )
  })

  test('nothing from the data is markup in a message', async () => {
    const alert = { ...requests, when: { above: 0 } } as const
    await within({ watch: [alert] }, async (company) => {
      await company.build(more('<img src=x>'))
      const { html = '' } = company.taken()[0] ?? {}
      assert.doesNotMatch(html, /<img/)
      assert.match(html, /&lt;img src=x&gt;/)
      assert.doesNotMatch(html, /<script|<style|<link|url\(/)
    })
  })
})

describe('what is watched of the pipelines', () => {
  const feed = { source: 'crm', entity: 'orders', origin: 'o', read_at: null, rows: 0, rejects: 0 }
  test('a failed run, a failed source, a stale one, an audit of conservation', async () => {
    const run = {
      run_id: 'r',
      trigger: 'schedule',
      started_at: '',
      ended_at: '',
      rows: 0,
      rejects: 0,
      started_by: null,
    } as const
    const status = {
      runs: [
        { ...run, status: 'running', error: null, faults: [] },
        { ...run, status: 'failed', error: 'no space', faults: [] },
      ],
      feeds: [
        { ...feed, stale: true, error: null, fault: null },
        { ...feed, source: 'erp', stale: false, error: 'gone', fault: null },
        { ...feed, source: 'phone', stale: false, error: null, fault: null },
      ],
      audits: [
        {
          model: 'core.cost_balance',
          audit: 'balance(a = b)',
          audit_zh: null,
          severity: 'error',
          rows_at_fault: 2,
          passed: false,
        },
        {
          model: 'core.cost_balance',
          audit: 'unique(month)',
          audit_zh: null,
          severity: 'error',
          rows_at_fault: 2,
          passed: false,
        },
      ],
    } as const
    const builtIn = {
      promise_breaking: false,
      customer_unprofitable: false,
      key_customer_quiet: false,
      record_debts: false,
      contract_ending: false,
      warranty_ending: false,
      costs_not_conserved: false,
    } as const
    await within({ status, more: { builtIn, operator: 'operator@example.com' } }, async (company) => {
      await company.evaluate()
      assert.deepEqual((await firing(company, 'pipeline_down'))?.toSorted(), ['crm', 'erp', 'run'])
      assert.deepEqual(await firing(company, 'conservation_broken'), ['core.cost_balance: balance(a = b)'])
      const told = company.taken().map(({ alert, to }) => [alert, to.map(({ address }) => address).toSorted()])
      assert.deepEqual(told, [
        ['conservation_broken', ['operator@example.com', OWNER].toSorted()],
        ['pipeline_down', ['operator@example.com']],
      ])
      assert.deepEqual(await company.desk.list(inRegion('华东')), [])
    })
  })
})

describe('what a viewer sees of alerts', () => {
  test('is what it gets when it asks itself, to the figure', async () => {
    const watch: Alert[] = [
      { ...requests, when: { above: 0 } },
      { ...requests, name: 'by_channel', by: 'channel', when: { above: 0 } },
      { ...requests, name: 'by_region', by: 'region', when: { above: 0 } },
      { name: 'whole', metric: 'requests', when: { above: 0 } },
    ]
    await within({ watch }, async ({ desk, queries, evaluate }) => {
      await evaluate()
      const regions = ['华东', '华南', '华北']
      const subsets = [1, 2, 3, 4, 5, 6, 7].map((bits) => regions.filter((_, at) => (bits >> at) & 1))
      let shown = 0
      for (const viewer of subsets.map((subset) => inRegion(...subset))) {
        for (const alert of await desk.list(viewer)) {
          const by = alert.by === null ? [] : [alert.by]
          const own = await queries.ask(viewer, { metrics: ['requests'], by, where: [], order: [] })
          const { evaluations } = await desk.log(viewer, alert.name, { limit: 100 })
          for (const { group, value } of [...alert.firing, ...evaluations]) {
            const row = own.rows.find((each) => alert.by === null || String(each[alert.by] ?? '') === group)
            assert.ok(row, `${viewer.id} sees ${alert.name} ${group}`)
            assert.equal(Number(row['requests']), value)
            shown += 1
          }
        }
      }
      assert.ok(shown > 10)
      assert.deepEqual((await desk.list(inRegion('华东'))).find(({ name }) => name === 'whole')?.firing, [])
    })
  })
})
