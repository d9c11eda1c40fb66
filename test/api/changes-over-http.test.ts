// Why a figure changed, as a program asks for it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import type { Change } from '../../models/metrics/change.ts'
import { basisOf } from './change-basis.ts'
import { openCompany, publish } from './company.ts'

test('the whole, its components, its parts and who is behind each effect; a new version is a new answer', async () => {
  const company = await openCompany({ catalogue: { metrics, dimensions } })
  const ask = async (search: string): Promise<Response> => company.app.request(`/api/changes?${search}`)
  const question = 'metric=revenue&from=2024&to=2025&by=customer&where=customer:eq:C1'
  await publish(company.warehouse, 2, basisOf(33))
  const answer = (await (await ask(question)).json()) as Change
  const split = { was: 20, is: 33, volume: 10, mix: 0, rate: 3, rule: 0, late: 0 }
  const part = { value: 'C1', label: 'Name', ...split }
  assert.deepEqual(answer, {
    metric: 'revenue',
    from: { first: '2024-01-01', last: '2024-12-01', known_at: '2025-03-17T22:00:00.000Z' },
    to: { first: '2025-01-01', last: '2025-12-01', known_at: '2025-03-17T22:00:00.000Z' },
    ...split,
    components: [{ component: 'revenue', ...split }],
    by: 'customer',
    parts: [part],
    total: 1,
    leaders: { volume: [part], mix: [], rate: [part], rule: [], late: [] },
    grace_days: null,
    as_of: '2025-03-17',
    known_at: '2025-03-17T22:00:00.000Z',
    warehouse_version: 2,
  })
  await publish(company.warehouse, 3, basisOf(30))
  assert.equal(((await (await ask(question)).json()) as Change).rate, 0)
  const refused = await ask('metric=revenue&from=2024&to=2025&grace=soon')
  assert.equal(refused.status, 400)
  const misspelt = (await (await ask('metric=revenu&from=2024&to=2025')).json()) as { detail: string; field: string }
  assert.equal(misspelt.field, 'metric')
  assert.match(misspelt.detail, /Did you mean 'revenue'/)
  await company.close()
})

test('a number that is none is refused in words, and one that is too large is cut where that is promised', async () => {
  const company = await openCompany({ catalogue: { metrics, dimensions } })
  await publish(company.warehouse, 2, basisOf(33))
  const changes = '/api/changes?metric=revenue&from=2024&to=2025'
  const rows = '/api/restatements/rows?metric=revenue&known_at=2025-01-01&month=2025-01'
  for (const [path, field] of [
    [changes, 'limit'],
    [changes, 'grace'],
    [rows, 'limit'],
  ] as const)
    for (const text of ['abc', '-1', '1.5', '']) {
      const answer = await company.app.request(`${path}&${field}=${text}`)
      const { detail, field: told } = (await answer.json()) as { detail: string; field: string }
      assert.deepEqual([answer.status, told], [400, field])
      assert.equal(detail, `${field} '${text}' is not a whole number of 0 or more.`)
    }
  const long = (await (await company.app.request(`${changes}&grace=1000`)).json()) as { detail: string }
  assert.match(long.detail, /grace.*≤ 999/)
  assert.equal((await company.app.request(`${changes}&limit=50000`)).status, 200)
  await company.close()
})

test('a misspelt parameter is told the nearest one of its own route, before what is missing for it', async () => {
  const company = await openCompany({ catalogue: { metrics, dimensions } })
  const refusal = async (path: string) =>
    (await (await company.app.request(path)).json()) as { detail: string; field: string; status: number }
  const said = async (path: string, field: string, detail: RegExp): Promise<void> => {
    const body = await refusal(path)
    assert.deepEqual([body.status, body.field], [400, field])
    assert.match(body.detail, detail)
  }
  const valid = /Did you mean 'metric'\? Valid: metric, from, to, by, where, grace, limit\.$/
  await said('/api/changes?metric=revenue&from=2025-01&to=2025-02&metrik=1', 'metrik', valid)
  await said('/api/changes?metric=revenue&form=2025-01', 'form', /Did you mean 'from'/)
  await said('/api/changes?metric=revenue&from=2025-01', 'to', /expected string/)
  await said('/api/restatements?metric=revenue&known_ad=2025', 'known_ad', /Did you mean 'known_at'.*Valid: metric, /)
  await said('/api/restatements/rows?metric=revenue&moth=2025-01', 'moth', /Did you mean 'month'/)
  await said('/api/query?metrics=revenue&from=2025-01', 'from', /Valid: metrics, by, where, /)
  await company.close()
})
