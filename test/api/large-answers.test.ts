import assert from 'node:assert/strict'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createGunzip } from 'node:zlib'
import type { Readable } from 'node:stream'
import type { AddressInfo } from 'node:net'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { serve, type ServerType } from '@hono/node-server'
import { watched } from '../support/memory.ts'
import { openCompany, type Company } from './company.ts'

const ROWS = 1_000_000
const MEGABYTE = 1 << 20

let company: Company
let server: ServerType
let port: number
before(async () => {
  company = await openCompany()
  await company.warehouse.write((session) =>
    session.run(`SET GLOBAL memory_limit = '256MB'; SET GLOBAL threads = 2;
      INSERT INTO marts.months
      SELECT DATE '2025-01-01', 'X' || range, 'customer number ' || range, 'r', range / 7, range % 1000, 1, 1 FROM range(${ROWS})`),
  )
  port = await new Promise((resolve) => {
    server = serve({ fetch: company.app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port: given }: AddressInfo) =>
      resolve(given),
    )
  })
})
after(async () => {
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
  await company.close()
})

/** Reads an answer piece by piece and keeps nothing but its length and its last bytes. */
async function read(search: string, packed: boolean): Promise<{ bytes: number; tail: string; encoding: unknown }> {
  return new Promise((resolve, reject) => {
    const path = `/api/query?metrics=revenue,profit&by=customer&limit=${ROWS}&${search}`
    const headers = packed ? { 'accept-encoding': 'gzip' } : {}
    request({ host: '127.0.0.1', port, path, headers }, (answer) => {
      const encoding = answer.headers['content-encoding']
      const body: Readable = encoding === 'gzip' ? answer.pipe(createGunzip()) : answer
      let bytes = 0
      let tail = Buffer.alloc(0)
      body.on('data', (piece: Buffer) => {
        bytes += piece.length
        tail = Buffer.concat([tail, piece]).subarray(-4_000)
      })
      body.on('end', () => resolve({ bytes, tail: tail.toString('latin1'), encoding }))
      body.on('error', reject)
      answer.on('close', () => answer.complete || reject(new Error('the answer broke off')))
    })
      .on('error', reject)
      .end()
  })
}

/** A whole answer held in memory would be several times as much. */
const MOST_GROWTH = 450 * MEGABYTE

for (const { format, packed, least } of [
  { format: 'csv', packed: true, least: 40 },
  { format: 'json', packed: true, least: 80 },
  { format: 'arrow', packed: true, least: 60 },
  { format: 'parquet', packed: false, least: 2 },
  { format: 'xlsx', packed: false, least: 10 },
]) {
  test(`a million rows are sent as ${format} in flat memory, and others get their turn meanwhile`, async () => {
    const before = process.memoryUsage.rss()
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const { answer, peak } = await watched(() => read(`format=${format}`, packed))
    delay.disable()
    assert.equal(answer.encoding, packed ? 'gzip' : undefined)
    assert.ok(answer.bytes > least * MEGABYTE, `${answer.bytes} bytes`)
    assert.ok(peak - before < MOST_GROWTH, `memory grew by ${Math.round((peak - before) / MEGABYTE)} MB`)
    if (format === 'csv') assert.match(answer.tail, /\r\nX999995,customer number 999995,142856\.43,995\r\n$/)
    if (format === 'json') assert.match(answer.tail, new RegExp(`"total":${ROWS + 4},"evidence":`))
    console.log(
      `${format}: ${Math.round(answer.bytes / MEGABYTE)} MB, memory +${Math.round((peak - before) / MEGABYTE)} MB, ` +
        `event loop held for ${(delay.percentile(99.9) / 1e6).toFixed(1)} ms (99.9 %), ${(delay.max / 1e6).toFixed(1)} ms at most`,
    )
  })
}
