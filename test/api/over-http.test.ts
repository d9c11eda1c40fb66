import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { serve, type ServerType } from '@hono/node-server'
import { Warehouse } from '../../data/warehouse.ts'
import { openCompany, type Company } from './company.ts'

let company: Company
let server: ServerType
let port: number
let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trueworth-test-'))
  company = await openCompany({ path: join(folder, 'warehouse.duckdb') })
  await company.warehouse.write((session) =>
    session.run(`INSERT INTO marts.months
      SELECT DATE '2025-01-01', 'X' || (a.range * 10000 + b.range), 'some name', 'x', 1, 1, 1, 1 FROM range(10) a, range(10000) b`),
  )
  port = await new Promise((resolve) => {
    server = serve({ fetch: company.app.fetch, hostname: '127.0.0.1', port: 0 }, (address: AddressInfo) =>
      resolve(address.port),
    )
  })
})
after(async () => {
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
  await rm(folder, { recursive: true })
})

const url = (search: string) => `http://127.0.0.1:${port}/api/query?metrics=revenue,profit&by=customer&${search}`

test('a large answer is streamed whole in each format', async () => {
  const text = await (await fetch(url('format=csv'))).text()
  assert.equal(text.trimEnd().split('\r\n').length, 100_005)
  for (const format of ['arrow', 'parquet']) {
    assert.ok((await (await fetch(url(`format=${format}`))).arrayBuffer()).byteLength > 10_000, format)
  }
})

test('a reader who goes away in the middle does no harm', async () => {
  for (const format of ['csv', 'arrow', 'parquet', 'json']) {
    const controller = new AbortController()
    const response = await fetch(url(`format=${format}`), { signal: controller.signal })
    const reader = response.body?.getReader()
    await reader?.read()
    controller.abort()
  }
  const { rows } = (await (await fetch(url('limit=1'))).json()) as { rows: unknown[] }
  assert.equal(rows.length, 1)
  assert.deepEqual(company.faults, [])
})

test('a page that reaches this server under a foreign name is refused', async () => {
  const status = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/api/catalog', headers: { host: 'rebound.example' } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on('error', reject)
      .end()
  })
  assert.equal(status, 403)
})

test('no answer, whole or half, keeps a connection: the file is free when the warehouse closes', async () => {
  await company.close()
  const again = await Warehouse.open(join(folder, 'warehouse.duckdb'))
  again.close()
})
