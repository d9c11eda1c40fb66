import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import type { Feed, HttpSource } from '../../../config/source.ts'
import { hideSecret, SourceError } from '../../../errors.ts'
import type { World } from '../../../pipelines/clients/tries.ts'
import { httpReader } from '../../../pipelines/sources/http.ts'
import { literal } from '../../../data/quote.ts'
import { Api, json, records, type Handler } from '../../support/api.ts'
import { Reading } from './reading.ts'

describe('HTTP APIs', () => {
  const [api, elsewhere] = [new Api(), new Api()]
  let reading: Reading
  let waited: number[]
  let clock: number
  const world: World = {
    wait: async (milliseconds) => {
      waited.push(milliseconds)
      clock += milliseconds
    },
    now: () => clock,
    random: () => 0.5,
  }
  before(async () => {
    reading = await Reading.begin()
    await Promise.all([api.listen(), elsewhere.listen()])
  })
  after(async () => {
    await reading.end()
    api.close()
    elsewhere.close()
  })
  beforeEach(() => {
    waited = []
    clock = Date.parse('2026-01-01T00:00:00Z')
    api.asked = []
    elsewhere.asked = []
  })

  async function read(
    feed: Partial<Feed>,
    options: Partial<HttpSource> = {},
    window: { since?: string; until?: string } = {},
  ) {
    const source: HttpSource = { name: 'desk', kind: 'http', url: `${api.url}/v2`, feeds: [], ...options }
    const session = await reading.warehouse.session()
    const reader = httpReader(source, session, world)
    const parquet = reading.path(`${crypto.randomUUID()}.parquet`)
    try {
      const { rows, cursor } = await reader.extract(
        { entity: 'requests', columns: {}, from: 'tickets', ...feed },
        { since: null, files: new Map(), ...window },
        { parquet, signal: new AbortController().signal },
      )
      const table = rows === 0 ? [] : await session.rows(`FROM read_parquet(${literal(parquet)})`)
      return { rows, cursor, table }
    } finally {
      await reader.close()
    }
  }
  async function refused(
    feed: Partial<Feed>,
    message: RegExp,
    retry: boolean,
    options: Partial<HttpSource> = {},
  ): Promise<void> {
    await assert.rejects(read(feed, options), (error) => {
      assert.ok(error instanceof SourceError, inspect(error))
      assert.match(error.message, message)
      assert.equal(error.retry, retry, error.message)
      return true
    })
  }
  const pagings: readonly [Partial<Feed>, Handler][] = [
    [
      { records: 'data', paging: { kind: 'cursor', parameter: 'after', next: 'meta.next' } },
      (_, response, url) => {
        const from = Number(url.searchParams.get('after') ?? 0)
        json(response, {
          data: records(from, Math.min(from + 3, 7)),
          meta: { next: from + 3 < 7 ? String(from + 3) : null },
        })
      },
    ],
    [
      { paging: { kind: 'page', parameter: 'page', size: { parameter: 'per_page', value: 3 } } },
      (_, response, url) => {
        const from = (Number(url.searchParams.get('page')) - 1) * Number(url.searchParams.get('per_page'))
        json(response, records(from, Math.min(from + 3, 7)))
      },
    ],
    [
      { paging: { kind: 'offset', parameter: 'skip', size: { parameter: 'top', value: 3 } } },
      (_, response, url) => {
        const from = Number(url.searchParams.get('skip'))
        json(response, records(from, Math.min(from + 3, 7)))
      },
    ],
    [
      { paging: { kind: 'link' } },
      (_, response, url) => {
        const from = Number(url.searchParams.get('from') ?? 0)
        const link = `<${api.url}/v2/tickets?from=0>; rel="first", <tickets?from=${from + 3}>; title="a, b"; rel="next"`
        json(response, records(from, Math.min(from + 3, 7)), from + 3 < 7 ? { link } : {})
      },
    ],
    [
      { records: 'value', paging: { kind: 'next', next: 'nextLink' } },
      (_, response, url) => {
        const from = Number(url.searchParams.get('from') ?? 0)
        json(response, {
          value: records(from, Math.min(from + 3, 7)),
          ...(from + 3 < 7 && { nextLink: `?from=${from + 3}` }),
        })
      },
    ],
  ]
  for (const [feed, handler] of pagings)
    test(`paging by ${feed.paging?.kind} brings every record once, in order, and the same window the same rows`, async () => {
      api.handler = handler
      const once = await read(feed)
      assert.deepEqual(
        once.table.map(({ id }) => id),
        ['0', '1', '2', '3', '4', '5', '6'],
      )
      assert.deepEqual((await read(feed)).table, once.table)
    })

  test('nested values land as JSON, and entries of a list are rows beside their record', async () => {
    api.handler = (_, response) =>
      json(response, [
        { id: 7, customer: { city: '上海' }, tags: ['a'], lines: [{ sku: 'x', n: 1.5 }, { sku: 'y' }] },
        { id: 8, lines: [] },
      ])
    const { table } = await read({})
    assert.deepEqual(table[0], {
      id: '7',
      customer: '{"city":"上海"}',
      tags: '["a"]',
      lines: '[{"sku":"x","n":1.5},{"sku":"y"}]',
    })
    assert.deepEqual((await read({ explode: 'lines' })).table, [
      { id: '7', customer: '{"city":"上海"}', tags: '["a"]', lines_position: '1', lines_sku: 'x', lines_n: '1.5' },
      { id: '7', customer: '{"city":"上海"}', tags: '["a"]', lines_position: '2', lines_sku: 'y', lines_n: null },
    ])
  })

  test('a cursor is told to the other side and holds here all the same; a window that is read again has an end', async () => {
    api.handler = (_, response) =>
      json(
        response,
        ['2026-01-01', '2026-01-02', '2026-01-03'].map((day, id) => ({ id, at: `${day}T08:00:00Z` })),
      )
    const feed: Partial<Feed> = { cursor: { column: 'at' }, since: { parameter: 'from', as: 'seconds' } }
    const all = await read(feed)
    assert.equal(all.cursor, '2026-01-03T08:00:00Z')
    const later = await read(feed, {}, { since: '2026-01-02T08:00:00Z' })
    assert.deepEqual(
      later.table.map(({ id }) => id),
      ['1', '2'],
    )
    assert.match(api.asked.at(-1)?.url ?? '', /\?from=1767340800$/)
    const again = await read(feed, {}, { since: '2026-01-01', until: '2026-01-02' })
    assert.deepEqual(
      again.table.map(({ id }) => id),
      ['0'],
    )
  })

  test('who asks is said as configured, and to nobody else', async () => {
    const auths: readonly [HttpSource['auth'], string | undefined][] = [
      [{ kind: 'bearer', token: 'tok-bearer' }, 'Bearer tok-bearer'],
      [
        { kind: 'basic', user: 'me', password: 'pass-basic' },
        `Basic ${Buffer.from('me:pass-basic').toString('base64')}`,
      ],
      [{ kind: 'header', name: 'Authorization', value: 'Key key-header' }, 'Key key-header'],
    ]
    elsewhere.handler = (_, response) => json(response, records(0, 1))
    for (const [auth, said] of auths) {
      api.handler = (_, response) => response.writeHead(302, { location: `${elsewhere.url}/moved` }).end()
      await read({}, { auth: auth as NonNullable<typeof auth> })
      assert.equal(api.asked.at(-1)?.authorization, said)
      assert.equal(elsewhere.asked.at(-1)?.authorization, undefined)
    }
    const auth = { kind: 'query', parameter: 'api_key', value: 'key-query' } as const
    await read({}, { auth })
    assert.match(api.asked.at(-1)?.url ?? '', /api_key=key-query/)
    assert.doesNotMatch(elsewhere.asked.at(-1)?.url ?? '', /key-query/)
  })

  test('OAuth 2: a token is asked for once, again shortly before it ends, and once more where it is refused', async () => {
    let given = 0
    let refuse = false
    api.handler = (_, response, url) => {
      if (url.pathname === '/token') {
        return json(response, { access_token: `token-${++given}`, token_type: 'Bearer', expires_in: 3600 })
      }
      if (refuse) {
        refuse = false
        return void response.writeHead(401).end()
      }
      return json(response, records(0, 1))
    }
    const auth = { kind: 'oauth2', tokenUrl: `${api.url}/token`, clientId: 'us', clientSecret: 'secret-of-us' } as const
    const source: HttpSource = { name: 'desk', kind: 'http', url: `${api.url}/v2`, feeds: [], auth }
    const session = await reading.warehouse.session()
    const reader = httpReader(source, session, world)
    const columns = () => reader.columns({ entity: 'requests', columns: {}, from: 'tickets' })
    await columns()
    await columns()
    clock += 3_550_000
    await columns()
    refuse = true
    await columns()
    await reader.close()
    assert.deepEqual(
      api.asked.filter(({ url }) => url !== '/token').map(({ authorization }) => authorization),
      ['Bearer token-1', 'Bearer token-1', 'Bearer token-2', 'Bearer token-2', 'Bearer token-3'],
    )
    api.handler = (_, response) =>
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}')
    await refused({}, /desk: the address of tokens .*\/token gave none: .*Check `tokenUrl`/, false, source)
  })

  test('what passes is tried again: when it says so, in seconds or at an hour, else longer each time', async () => {
    const answers: Handler[] = [
      (_, response) => response.writeHead(429, { 'retry-after': '7' }).end(),
      (_, response) => response.writeHead(503, { 'retry-after': new Date(clock + 30_000).toUTCString() }).end(),
      (_, response) => response.writeHead(500).end('oops'),
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
        response.write('[{"id": 1}')
        setTimeout(() => response.destroy(), 10)
      },
      (_, response) => json(response, records(0, 1)),
    ]
    api.handler = (request, response, url) => answers.shift()?.(request, response, url)
    assert.equal((await read({})).rows, 1)
    assert.deepEqual(waited, [7_000, 30_000, 4_000, 8_000])
    api.handler = (_, response) => response.writeHead(503).end('down')
    await refused({}, /desk: 127\.0\.0\.1:\d+\/v2\/tickets answered 503: 'down'\. It is tried again/, true)
    api.handler = (_, response) => response.writeHead(429, { 'retry-after': '86400' }).end()
    await refused({}, /answered 429/, true)
  })

  test('a server that says nothing is not waited for for ever', async () => {
    api.handler = () => undefined
    await refused({}, /did not answer within 0\.05 seconds/, true, { timeoutSeconds: 0.05 })
  })

  test('pages that repeat, records that are missing, and answers that are no data are told, not swallowed', async () => {
    api.handler = (_, response) => json(response, { data: records(0, 3), next: 'same' })
    await refused(
      { records: 'data', paging: { kind: 'cursor', parameter: 'after', next: 'next' } },
      /the same page again and again/,
      false,
    )
    api.handler = (_, response) => json(response, records(0, 3))
    await refused(
      { paging: { kind: 'page', parameter: 'page' } },
      /the same page again and again \('\?page=2'\)/,
      false,
    )
    api.handler = (_, response) => json(response, { data: records(0, 3), count: 5 })
    await refused({ records: 'data', total: 'count' }, /says that it has 5 records and gave 3/, true)
    await refused({ records: 'items' }, /has no list at 'items'. It has data, count/, false)
    api.handler = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>')
    await refused({}, /answered no JSON but text\/html: 'Sign in'/, false)
    api.handler = (_, response) => json(response, { error: 'no such view' })
    await refused({}, /has no list at ''. It has error/, false)
    api.handler = (_, response) => response.writeHead(404).end('nothing here')
    await refused({}, /answered 404: 'nothing here'\. Check `url` of the source/, false)
  })

  test('a token that is echoed by the other side is not shown', async () => {
    hideSecret('tok-echoed-back')
    api.handler = (request, response) => response.writeHead(401).end(`bad token ${request.headers.authorization}`)
    await assert.rejects(read({}, { auth: { kind: 'bearer', token: 'tok-echoed-back' } }), (error) => {
      assert.match((error as Error).message, /answered 401: 'bad token Bearer \*\*\*'\. Check `auth`/)
      assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes('tok-echoed-back'))
      return true
    })
  })

  test('NDJSON, compressed answers, empty answers, and a pace that is kept', async () => {
    api.handler = (_, response) =>
      response
        .writeHead(200, { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' })
        .end(gzipSync('{"id":1}\n{"id":2}\n'))
    assert.equal((await read({})).rows, 2)
    api.handler = (_, response) => json(response, [])
    assert.deepEqual(await read({}), { rows: 0, cursor: null, table: [] })
    api.handler = pagings[1]?.[1] ?? api.handler
    await read(pagings[1]?.[0] ?? {}, { ratePerSecond: 2 })
    assert.deepEqual(waited, [500, 500])
  })
})
