// Every operation that /openapi.json describes, and every page, is asked anything at all: nothing breaks, leaks, hangs or changes.
// TRUEWORTH_FUZZ_SECONDS asks for longer than half a minute, TRUEWORTH_FUZZ_SEED begins elsewhere.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { gunzipSync, inflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import { startServer, type Server } from '../../main/server.ts'
import type { System } from '../../main/system.ts'
import { openPolicyCompany } from '../main/policy-company.ts'
import { root } from '../support/command-line.ts'
import { Described, type Document } from './described.ts'
import { asked, hostileText, sent, type Shot } from './hostile.ts'

const SECONDS = Number(process.env['TRUEWORTH_FUZZ_SECONDS'] ?? 30)
const SEED = Number(process.env['TRUEWORTH_FUZZ_SEED'] ?? 20260620)
/** An answer that takes longer counts as none. Runs and drafts build models. */
const PATIENCE = 120_000

let system: System
let server: Server
let described: Described
let remove: () => Promise<void>
let words: string[]
const said: string[] = []
before(async () => {
  ;({ system, remove } = await openPolicyCompany())
  server = await startServer(system, { host: '127.0.0.1', port: 0, version: '0.1.0', say: (line) => said.push(line) })
  const json = async <T>(path: string): Promise<T> => (await (await fetch(new URL(path, server.url))).json()) as T
  described = new Described(await json<Document>('/openapi.json'))
  const { metrics, dimensions } = await json<Record<'metrics' | 'dimensions', { name: string }[]>>('/api/catalog')
  words = [...metrics, ...dimensions].map(({ name }) => name)
  // Editions of the past that the questions below may ask for.
  await json('/api/query?metrics=revenue&known_at=2026-03-31')
  await json('/api/query?metrics=revenue&as_of=2026-03-31')
  await json('/api/query?metrics=revenue&as_of=2026-03-31&known_at=2026-03-31')
})
after(async () => {
  await server.close()
  await remove()
})

interface Heard {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** Sends a request as it is: no client mends its path or headers. */
async function shoot({ method, target, headers, body }: Shot): Promise<Heard> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve, reject) => {
    const options = {
      hostname,
      port,
      method,
      path: target,
      headers: { ...headers },
      agent: false,
      timeout: PATIENCE,
    } as const
    const sending = request(options, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const pairs = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
          value === undefined ? [] : [[name, [value].flat().join(', ')]],
        )
        resolve({
          status: answer.statusCode ?? 0,
          headers: new Headers(pairs),
          body: unpacked(Buffer.concat(chunks), answer.headers['content-encoding']),
        })
      })
    })
    sending.on('timeout', () => sending.destroy(new Error('no answer in time')))
    sending.on('error', reject)
    sending.end(body)
  })
}

function unpacked(bytes: Buffer, encoding: string | undefined): string {
  if (bytes.length === 0 || encoding === undefined) return bytes.toString()
  return (encoding === 'gzip' ? gunzipSync(bytes) : inflateSync(bytes)).toString()
}

/** What no answer may hold, whatever was asked: where we are, how we are built, what the engine says. */
const LEAKS =
  /node_modules|\.ts:\d+|\n\s+at (async )?\S+ \(\S+:\d+\)|(Binder|Parser|Catalog|Conversion|Invalid Input|Out of Range|INTERNAL|IO) Error|kysely|warehouse\.duckdb|state\.sqlite/

function leaksNothing({ body }: Heard): void {
  assert.doesNotMatch(body, LEAKS)
  assert.ok(!body.includes(root) && !body.includes(system.config.folder), body.slice(0, 1_000))
}

async function holds(shot: Shot, path: string): Promise<void> {
  const heard = await shoot(shot)
  const { status, headers, body } = heard
  await described.holds(shot.method, path, new Response(status === 304 ? null : body, { status, headers }))
  assert.ok(status < 500, `${status} ${body}`)
  leaksNothing(heard)
  assert.deepEqual(said, [])
}

/** What is published, raw and on record, as one number each. */
async function everything(): Promise<unknown> {
  return system.warehouse.read(async (session) => {
    const tables = await session.rows<{ name: string }>(
      `SELECT database_name || '.' || schema_name || '.' || table_name AS name FROM duckdb_tables()
       WHERE database_name = current_database() ORDER BY 1`,
    )
    const sums = tables.map(
      ({ name }) =>
        `SELECT '${name}' AS name, COUNT(*) AS n, SUM(CAST(hash(one) AS HUGEINT)) % 1000000007 AS sum FROM ${name} AS one`,
    )
    return session.rows(sums.join(' UNION ALL '))
  })
}

const runFor = (seconds: number): fc.Parameters<[Shot]> => ({
  seed: SEED,
  numRuns: 1_000_000,
  interruptAfterTimeLimit: seconds * 1_000,
  markInterruptAsFailure: false,
})

describe('anything at all', { concurrency: false }, () => {
  const reading = () => described.operations.filter(({ operation }) => operation.requestBody === undefined)
  const writing = () => described.operations.filter(({ operation }) => operation.requestBody !== undefined)
  const share = (seconds: number, operations: readonly unknown[]): number => seconds / operations.length

  test('asked of any operation is answered as the document says, and changes nothing', async (context) => {
    const before = await everything()
    for (const operation of reading()) {
      let shots = 0
      const seconds = share(SECONDS / 2, reading())
      const property = fc.asyncProperty(asked(operation, words), async (shot) => {
        shots += 1
        await holds(shot, operation.path)
      })
      await fc.assert(property, runFor(seconds))
      context.diagnostic(`${operation.method} ${operation.path}: ${shots}`)
    }
    assert.deepEqual(await everything(), before)
  })

  test('asked of any page shows a page, and no mark of ours becomes markup', async (context) => {
    const before = await everything()
    const home = await shoot({ method: 'GET', target: '/customers', headers: {} })
    const pages = new Set(
      [...home.body.matchAll(/href="(\/[a-z/]*)/g)].map(([, path = '']) => path).filter((path) => path !== '/assets/'),
    )
    assert.ok(pages.size > 8, [...pages].join())
    for (const target of pages) await shoot({ method: 'GET', target, headers: {} })
    const names = [
      'customer',
      'period',
      'where',
      'order',
      'page',
      'by',
      'lang',
      'theme',
      'known_at',
      'month',
      'metric',
      'from',
      'to',
      '__proto__',
    ]
    const search = fc.array(fc.tuple(fc.constantFrom(...names.filter((name) => name !== 'known_at')), hostileText), {
      maxLength: 4,
    })
    const shots: fc.Arbitrary<Shot> = fc.record({
      method: fc.constant('GET'),
      target: fc
        .tuple(fc.constantFrom(...pages, '/customer', '/customer/pack', '/nothing'), search)
        .map(([path, pairs]) => `${path}?${new URLSearchParams(pairs).toString()}`.slice(0, 12_000)),
      headers: fc.constant({}),
    })
    let count = 0
    const property = fc.asyncProperty(shots, async (shot) => {
      count += 1
      const heard = await shoot(shot)
      assert.ok(heard.status < 500, `${heard.status} ${heard.body.slice(0, 2_000)}`)
      assert.doesNotMatch(heard.body, /<script>alert|<img src=x/)
      leaksNothing(heard)
      assert.deepEqual(said, [])
    })
    await fc.assert(property, runFor(SECONDS / 6))
    context.diagnostic(`${pages.size} pages: ${count}`)
    assert.deepEqual(await everything(), before)
  })

  test('sent to any operation is taken or refused as the document says', async (context) => {
    for (const operation of writing()) {
      let shots = 0
      const property = fc.asyncProperty(sent(operation, described.document), async (shot) => {
        shots += 1
        await holds(shot, operation.path)
      })
      await fc.assert(property, runFor(share(SECONDS / 3, writing())))
      context.diagnostic(`${operation.method} ${operation.path}: ${shots}`)
    }
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
  })

  test('tricks of paths and methods meet a problem or a page that says so', async () => {
    const targets = [
      '//etc/passwd',
      '/../../../etc/passwd',
      '/assets/../package.json',
      '/assets/..%2f..%2fpackage.json',
      '/assets/%2e%2e/x',
      '/%00',
      '/%zz',
      '/%ED%A0%80',
    ]
    const others = [
      '/api//query',
      '/api/query/',
      '/api/query/..;/x',
      '/api/QUERY',
      '/api/%71uery?metrics=revenue',
      '/.env',
      '/.git/config',
      '/main.ts',
      '/constructor',
      '/__proto__',
      '/api/__proto__',
    ]
    for (const target of [...targets, ...others])
      for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'TRACE', 'PROPFIND', 'OPTIONS']) {
        const heard = await shoot({ method, target, headers: {} })
        const { status, body } = heard
        assert.ok(status < 500, `${method} ${target}: ${status} ${body}`)
        assert.doesNotMatch(body, /root:|"dependencies"|TrueworthError/)
        leaksNothing(heard)
      }
    assert.deepEqual(said, [])
  })
})
