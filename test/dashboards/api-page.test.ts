import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import type { Hono } from 'hono'
import { createPages } from '../../dashboards/create-pages.ts'
import type { ApiDocument } from '../../dashboards/pages/api-document.ts'
import { zhApiDocument } from '../../dashboards/words/zh-api-document.ts'
import { apiDocument } from '../support/api-document.ts'
import { status, viewer } from './marts-company.ts'

let document: ApiDocument
let pages: Hono
before(async () => {
  document = await apiDocument()
  pages = createPages({
    ask: () => Promise.reject(new Error('asks nothing')),
    pipelineStatus: async () => status,
    company: { name: 'Works', currency: 'CNY', timeZone: 'Asia/Shanghai' },
    sample: false,
    policy: { coverageThreshold: 0.7 },
    viewer: () => viewer,
    apiDocument: () => Promise.resolve(document),
  })
})

const read = async (path: string): Promise<string> => (await pages.request(path)).text()

describe('the page about the API', () => {
  test('has every operation, parameter, answer and shape, and every link of it leads somewhere', async () => {
    const text = await read('/docs')
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, { operationId, parameters = [] }] of Object.entries(methods)) {
        assert.ok(text.includes(`<section class="card table-card" id="${operationId}"`), operationId)
        assert.ok(text.includes(`${method.toUpperCase()} ${path}`))
        for (const { name } of parameters) assert.ok(text.includes(`<code>${name}</code>`), name)
      }
    for (const name of Object.keys(document.components?.schemas ?? {}))
      assert.ok(text.includes(`id="shape-${name}"`), name)
    assert.match(text, /Who asks[^]*<code>Authorization: Bearer<\/code>[^]*<code>trueworth\.session_token<\/code>/)
    assert.ok(text.includes('<code>rows[].*</code>') || text.includes('<code>evidence</code>'))
    for (const [, anchor = ''] of text.matchAll(/href="#([^"]+)"/g)) assert.ok(text.includes(`id="${anchor}"`), anchor)
    assert.doesNotMatch(text, /undefined|\[object/)
  })

  test('speaks Chinese: no sentence of the document is without', async () => {
    const english: string[] = []
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      for (const [name, inner] of Object.entries(value))
        if ((name === 'description' || name === 'summary') && typeof inner === 'string') english.push(inner)
        else collect(inner)
    }
    collect(document)
    assert.deepEqual(
      english.filter((sentence) => !(sentence in zhApiDocument)),
      [],
    )
    assert.deepEqual(
      Object.keys(zhApiDocument).filter((sentence) => !english.includes(sentence)),
      [],
    )
    const text = await read('/docs?lang=zh')
    assert.match(text, /谁在查询[^]*没有用户的服务器不要求令牌[^]*按名称查询数字/)
    assert.doesNotMatch(text, /<span lang="en">/)
  })

  test('is linked at the foot of every page', async () => {
    assert.match(await read('/nothing'), /<footer[^]*<a href="\/docs">API<\/a>[^]*<\/footer>/)
  })
})
