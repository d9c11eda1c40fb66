import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { serve, type ServerType } from '@hono/node-server'
import { Refusal, trueworth } from '../../api/client.ts'
import { SourceError } from '../../errors.ts'
import { basisOf } from './change-basis.ts'
import { openCompany, publish, type Company } from './company.ts'

let company: Company
let server: ServerType
let api: ReturnType<typeof trueworth>
before(async () => {
  company = await openCompany({
    batches: () => Promise.resolve([]),
    viewer: ({ headers }) => ({
      id: 'li',
      name: 'Li',
      roles: [headers.get('authorization') === 'Bearer x' ? 'owner' : ''],
    }),
    startRun: async (order, _viewer, tell) => {
      tell({ step: 'extract' })
      if (order.only?.includes('broken')) throw new SourceError('crm: 503', { source: 'crm', retry: true })
      return { published: true }
    },
  })
  await publish(company.warehouse, 2, basisOf(33))
  const url = await new Promise<string>((resolve) => {
    server = serve(
      { fetch: company.app.fetch, hostname: '127.0.0.1', port: 0, serverOptions: { keepAliveTimeout: 75_000 } },
      ({ port }: AddressInfo) => resolve(`http://127.0.0.1:${port}`),
    )
  })
  api = trueworth(url, { headers: { authorization: 'Bearer x' } })
})
after(async () => {
  server.close()
  await company.close()
})

test('figures come with the types and the evidence of the API', async () => {
  const { rows, total, evidence } = await api.query({
    metrics: ['revenue', 'profit'],
    by: 'region',
    where: ['revenue:gt:0', 'region:ne:'],
    order: '-revenue',
  })
  assert.deepEqual(
    rows.map(({ region }) => region),
    ['华东', '华北'],
  )
  assert.deepEqual([total, evidence.warehouse_version], [2, 2])
  assert.equal(evidence.coverage['profit']?.of, 11)
})

test('files are streamed', async () => {
  const csv = await api.file({ metrics: 'revenue', format: 'csv' })
  assert.match(await csv.text(), /^revenue\r\n/)
  assert.ok((await (await api.file({ metrics: 'revenue', format: 'parquet' })).arrayBuffer()).byteLength > 100)
})

test('what else there is', async () => {
  const { is, was, volume, mix, rate, rule, late } = await api.change({ metric: 'revenue', from: '2024', to: '2025' })
  assert.equal(Math.round((was + volume + mix + rate + rule + late) * 100), Math.round(is * 100))
  assert.ok((await api.catalog()).metrics.some(({ name, words }) => name === 'revenue' && words.zh === '收入'))
  assert.equal((await api.pipelines()).feeds.length, 2)
  assert.deepEqual(await api.batches(), [])
  assert.equal((await api.health()).state, 'ready')
  assert.deepEqual((await api.restatement({ metric: 'revenue', known_at: '2025-01-31' })).months, [])
})

test('a run tells line by line how it goes', async () => {
  assert.deepEqual(await Array.fromAsync(api.run({ only: ['crm'] })), [
    { progress: { step: 'extract' } },
    { report: { published: true } },
  ])
  const [, failed] = await Array.fromAsync(api.run({ only: ['broken'] }))
  assert.equal(failed?.problem?.status, 502)
})

test('a refusal is thrown with the words and the field of the API', async () => {
  const refusal = await api.query({ metrics: 'revenu' }).then(
    () => assert.fail(),
    (error: unknown) => error,
  )
  assert.ok(refusal instanceof Refusal)
  assert.match(refusal.message, /Did you mean 'revenue'/)
  assert.deepEqual([refusal.problem.status, refusal.problem.field], [400, 'metrics'])
  await assert.rejects(trueworth(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).batches(), Refusal)
  await assert.rejects(api.file({ metrics: 'revenu', format: 'csv' }), Refusal)
})

test('what the API does not take does not compile', () => {
  // @ts-expect-error: metrics must be named
  void (() => api.query({ by: 'region' }))
  // @ts-expect-error: no parameter has this name
  void (() => api.query({ metrics: 'revenue', filter: 'x' }))
  // @ts-expect-error: there is no such format
  void (() => api.file({ metrics: 'revenue', format: 'pdf' }))
  // @ts-expect-error: a member of the answer has its type
  void (async () => (await api.health()).state.length > (await api.health()).nothing)
})
