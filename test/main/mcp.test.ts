// Assistants: the client of the official SDK, in the protocol of today and of before, over HTTP and over standard input and output.
import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ACTIONS } from '../../entities/actions.ts'
import {
  Client,
  ProtocolError,
  StreamableHTTPClientTransport,
  type Tool,
  type Transport,
} from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { startServer, type Server } from '../../main/server.ts'
import type { System } from '../../main/system.ts'
import type { Change } from '../../models/metrics/change.ts'
import { COMPARISONS, GRAINS, type Answer } from '../../models/metrics/metric.ts'
import { openCompany } from '../api/company.ts'
import { root } from '../support/command-line.ts'
import { Company } from './company.ts'
import { openPolicyCompany } from './policy-company.ts'

const ERAS = { 'the protocol of today': { pin: '2026-07-28' }, 'the protocol of before': 'legacy' } as const

async function connected(transport: Transport, mode: (typeof ERAS)[keyof typeof ERAS] = 'legacy') {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
  await client.connect(transport)
  return client
}

async function call<T>(client: Client, name: string, args: Record<string, unknown>): Promise<T> {
  const { structuredContent, isError, content } = await client.callTool({ name, arguments: args })
  assert.ok(!isError, JSON.stringify(content))
  const [said] = content
  assert.deepEqual(JSON.parse(said?.type === 'text' ? said.text : ''), structuredContent)
  return structuredContent as T
}

async function refused(client: Client, name: string, args: Record<string, unknown>): Promise<string> {
  const { isError, content } = await client.callTool({ name, arguments: args })
  assert.ok(isError)
  const [said] = content
  return said?.type === 'text' ? said.text : ''
}

const textOf = async (client: Client, uri: string): Promise<string> => {
  const { contents } = await client.readResource({ uri })
  const [one] = contents
  return one !== undefined && 'text' in one ? one.text : ''
}

describe('an assistant over HTTP', () => {
  let system: System
  let server: Server
  let remove: () => Promise<void>
  before(async () => {
    ;({ system, remove } = await openPolicyCompany())
    server = await startServer(system, { host: '127.0.0.1', port: 0, version: '0.1.0', say: () => undefined })
  })
  after(async () => {
    await server.close()
    await remove()
  })
  const api = async <T>(path: string): Promise<T> => (await (await fetch(new URL(path, server.url))).json()) as T

  for (const [era, mode] of Object.entries(ERAS))
    describe(`in ${era}`, () => {
      let client: Client
      before(async () => {
        client = await connected(new StreamableHTTPClientTransport(new URL('/mcp', server.url)), mode)
      })
      after(() => client.close())

      test('every tool says what it takes and gives, and only reads', async () => {
        const { tools } = await client.listTools()
        assert.deepEqual(
          tools.map(({ name }) => name),
          ['find_figures', 'query', 'explain_metric', 'explain_change'],
        )
        for (const { inputSchema, outputSchema, annotations, description } of tools as Tool[]) {
          assert.ok(inputSchema.properties && outputSchema && description)
          assert.equal(annotations?.readOnlyHint, true)
        }
        assert.match(client.getInstructions() ?? '', /evidence/)
      })

      test('finds names by words of either language', async () => {
        type Found = { metrics: { name: string }[]; others: string[] }
        const profit = await call<Found>(client, 'find_figures', { words: 'service hours' })
        assert.ok(profit.metrics.slice(0, 3).some(({ name }) => name === 'service_hours'))
        const chinese = await call<Found>(client, 'find_figures', { words: '服务工时' })
        assert.ok(chinese.metrics.some(({ name }) => name === 'service_hours'))
        const all = await call<Found>(client, 'find_figures', {})
        const { metrics } = await api<{ metrics: { name: string }[] }>('/api/catalog')
        assert.ok(metrics.every(({ name }) => all.others.includes(name)))
      })

      test('a question is that of the API, with the same evidence', async () => {
        const asked = {
          metrics: ['revenue', 'profit'],
          by: 'customer',
          where: ['revenue:gt:0'],
          order: '-profit',
          limit: 3,
        }
        const answer = await call<Answer>(client, 'query', asked)
        const search = 'metrics=revenue,profit&by=customer&where=revenue:gt:0&order=-profit&limit=3'
        assert.deepEqual(answer, await api(`/api/query?${search}`))
        assert.equal(answer.rows.length, 3)
        assert.equal(answer.evidence.as_of, '2026-06-20')
        assert.equal(
          (await call<Answer>(client, 'query', { metrics: 'revenue', by: 'customer,month' })).rows.length,
          50,
        )
      })

      test('a question takes the values that its description names, as text or as what they are, and null for none', async () => {
        const { tools } = await client.listTools()
        const taken = tools.find(({ name }) => name === 'query')?.inputSchema.properties ?? {}
        for (const words of [GRAINS, COMPARISONS, ['true', 'false']])
          assert.ok(JSON.stringify(taken).includes(`"enum":${JSON.stringify(words)}`), String(words))
        assert.match(JSON.stringify(taken['limit']), /50 where absent/)
        const none = { by: null, where: null, grain: null, limit: null, top: null }
        const { rows } = await call<Answer>(client, 'query', { metrics: 'revenue', ...none, totals: true })
        assert.deepEqual(
          rows.map(({ row_kind: kind }) => kind),
          ['group', 'total'],
        )
        const asked = { metrics: 'revenue', by: 'month', grain: 'year', totals: false, compare: null }
        assert.ok((await call<Answer>(client, 'query', asked)).rows.length > 1)
        assert.match(await refused(client, 'query', { ...asked, grain: 'yaer' }), /Did you mean 'year'/)
        const many = { metrics: 'revenue', by: 'customer,month', limit: null }
        assert.equal((await call<Answer>(client, 'query', many)).rows.length, 50)
      })

      test('a refusal has the words of the API', async () => {
        assert.match(
          await refused(client, 'query', { metrics: 'revenu' }),
          /Bad Request: metric 'revenu' is unknown\. Did you mean 'revenue'/,
        )
        assert.match(
          await refused(client, 'query', { metrics: 'revenue', compare: 'previous' }),
          /compare needs a period.*\(period\)/,
        )
        assert.match(await refused(client, 'explain_metric', { metric: 'constructor' }), /is unknown/)
        assert.match(await refused(client, 'explain_change', { metric: 'profit', from: '2024', to: 'never' }), /never/)
        assert.match(await refused(client, 'query', { metric: 'revenue' }), /metrics/)
      })

      test('explains a metric down to what is measured, with how it stands now', async () => {
        const { metric, computed_from, now } = await call<{
          metric: { name: string; about: { zh: string } }
          computed_from: { name: string; stands_on: string[] }[]
          now: Answer
        }>(client, 'explain_metric', { metric: 'profit_margin' })
        assert.equal(metric.name, 'profit_margin')
        assert.ok(computed_from.some(({ name, stands_on }) => name === 'revenue' && stands_on.length > 0))
        assert.equal(now.rows.length, 1)
        assert.deepEqual(now.evidence.figures['profit_margin']?.sources, ['office'])
      })

      test('explains a change to the cent', async () => {
        const change = await call<Change>(client, 'explain_change', {
          metric: 'profit',
          from: '2024-07..2025-06',
          to: '2025-07..2026-05',
          by: 'customer',
        })
        const { was, is, volume, mix, rate, rule, late } = change
        assert.equal(Math.round((was + volume + mix + rate + rule + late) * 100), Math.round(is * 100))
        assert.ok(change.parts.length > 0)
      })

      test('reads the catalogue, and the policy in words of both languages', async () => {
        const { resources } = await client.listResources()
        assert.deepEqual(resources.map(({ uri }) => uri).toSorted(), [
          'trueworth://catalogue',
          'trueworth://policy/en',
          'trueworth://policy/zh',
        ])
        assert.deepEqual(JSON.parse(await textOf(client, 'trueworth://catalogue')), await api('/api/catalog'))
        const english = await textOf(client, 'trueworth://policy/en')
        assert.match(english, /service \/ vehicles: Visits/)
        assert.match(english, /^- Profit.*: \d+ % \(more is better\)/m)
        assert.match(english, /Reciprocal/)
        const chinese = await textOf(client, 'trueworth://policy/zh')
        assert.match(chinese, /交互分配法/)
        for (const text of [english, chinese]) assert.doesNotMatch(text, /undefined|\{\w+\}|\[object/)
        await assert.rejects(client.readResource({ uri: 'trueworth://policy/fr' }), ProtocolError)
      })
    })

  test('a page of another site cannot ask, nor a message be too large, nor a subscription stay', async () => {
    const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(new URL('/mcp', server.url), {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      })
    const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })
    assert.equal((await post(list)).status, 200)
    assert.equal((await post(list, { origin: 'https://evil.example' })).status, 403)
    assert.equal((await post(list, { 'content-type': 'text/plain' })).status, 415)
    assert.equal((await post(`[${' '.repeat(70_000)}]`)).status, 413)
    const get = await fetch(new URL('/mcp', server.url), { headers: { accept: 'text/event-stream' } })
    assert.deepEqual([get.status, get.headers.get('allow')], [405, 'POST'])
    const client = await connected(
      new StreamableHTTPClientTransport(new URL('/mcp', server.url)),
      ERAS['the protocol of today'],
    )
    await assert.rejects(client.listen({ resourceSubscriptions: ['trueworth://catalogue'] }), /Subscription limit/)
    await client.close()
  })
})

test('an assistant sees what its caller may see, and no more', async () => {
  const company = await openCompany({
    access: { east: { rows: { region: ['华东'] } }, owner: { rows: 'all', may: ACTIONS } },
    viewer: ({ headers }) => ({ id: 'li', name: 'Li', roles: [headers.get('authorization')?.slice(7) ?? 'nobody'] }),
  })
  const regions = async (token: string): Promise<unknown[]> => {
    const transport = new StreamableHTTPClientTransport(new URL('http://localhost/mcp'), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
      fetch: async (url, init) => company.app.request(url.toString(), init),
    })
    const client = await connected(transport)
    const { rows } = await call<Answer>(client, 'query', { metrics: 'revenue', by: 'region', order: 'region' })
    await client.close()
    return rows.map(({ region }) => region)
  }
  assert.deepEqual(await regions('east'), ['华东'])
  await assert.rejects(regions('nobody'), /a role that is not in the configuration \(nobody\)/)
  assert.equal((await regions('owner')).length, 3)
  assert.deepEqual(company.faults, [])
  await company.close()
})

test('an assistant over standard input and output asks the files, and a server while one runs', async () => {
  const company = await Company.open(`export default {
    company: { name: 'Works', currency: 'EUR', timeZone: 'Europe/Berlin' },
    folder: 'warehouse', server: { port: 0 }, asOf: '2026-06-30', schedule: false,
    sources: [{ name: 'office', kind: 'files', folder: import.meta.dirname + '/files', feeds: [
      { entity: 'customers', from: 'customers.csv', columns: { customer_id: 'id', name: 'name', kind: "'direct'" } },
    ] }],
  }`)
  await mkdir(join(company.folder, 'files'))
  await writeFile(join(company.folder, 'files', 'customers.csv'), 'id,name\nC1,Harbour Pumps\n')
  try {
    const { code, stderr } = await company.command('run')
    assert.equal(code, 0, stderr)
    const args = ['main.ts', '--config', join(company.folder, 'trueworth.config.ts'), 'mcp']
    const client = await connected(
      new StdioClientTransport({ command: process.execPath, args, cwd: root, stderr: 'pipe' }),
    )
    const customers = (): Promise<Answer> => call<Answer>(client, 'query', { metrics: 'customers' })
    const [here, also] = await Promise.all([customers(), customers()])
    assert.deepEqual(here.rows, [{ customers: 1 }])
    assert.deepEqual(also, here)
    const server = await company.start(['serve'], /http:\/\/127\.0\.0\.1:\d+\n/)
    assert.deepEqual(await customers(), here)
    assert.equal(await server.end(), 0)
    assert.deepEqual(await customers(), here)
    await client.close()
  } finally {
    await company.remove()
  }
})
