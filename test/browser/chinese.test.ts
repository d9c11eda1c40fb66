import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { serve, type ServerType } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { createPages } from '../../dashboards/create-pages.ts'
import { AccessError, QueryError } from '../../errors.ts'
import type { PipelineStatus } from '../../models/metrics/status.ts'
import { openMartsCompany, status, viewer, type MartsCompany } from '../dashboards/marts-company.ts'
import { startBrowser } from '../support/browser.ts'

/** Names that stay as they are in every language: of the product, of formats, of classes, of what the company's data calls itself. */
const NAMES =
  /^(Trueworth|CSV|JSON|Arrow|VIP|English|Asia\/Shanghai|crm|erp|phone|Chemicals|Food|Northfield Pumps \d+|<script>.*Söhne)$/

const none: PipelineStatus = { ...status, warehouse_version: 0, runs: [], feeds: [], audits: [], rejects: [] }
const empty: PipelineStatus = { ...none, as_of: null, known_at: null, next_run_at: null }

let browser: Browser | undefined
let company: MartsCompany | undefined
const servers: ServerType[] = []

before(async () => {
  browser = await startBrowser()
  company = await openMartsCompany()
})

after(async () => {
  await browser?.close()
  for (const server of servers) server.close()
  company?.close()
})

type Pages = Partial<Parameters<typeof createPages>[0]>

async function serving(change: Pages): Promise<string> {
  assert.ok(company)
  const pages = createPages({
    ask: company.ask,
    pipelineStatus: async () => status,
    company: { name: '示例机电', currency: 'CNY', timeZone: 'Asia/Shanghai' },
    sample: true,
    policy: { coverageThreshold: 0.7 },
    viewer: () => viewer,
    startRun: true,
    report: () => undefined,
    ...change,
  })
  return new Promise((resolve) => {
    const server = serve({ fetch: pages.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    )
    servers.push(server)
  })
}

/** Every text a reader sees or hears on the page, but code and what is marked as English. */
async function saidOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said: string[] = [document.title]
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node as Element
      if (element.closest('code, pre, script, style, noscript, [lang="en"]') !== null) continue
      for (const name of ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'alt']) {
        // Marks inside a drawing are hidden from readers: the place of the drawing has a name.
        if (name.startsWith('aria-') && element.closest('[aria-hidden="true"]') !== null) continue
        said.push(element.getAttribute(name) ?? '')
      }
      for (const name of ['data-started', 'data-refused']) said.push(element.getAttribute(name) ?? '')
      const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
      said.push(own.map(({ textContent }) => textContent ?? '').join(' '))
    }
    return said.map((text) => text.replaceAll(/\s+/g, ' ').trim())
  })
}

function english(texts: readonly string[]): string[] {
  const found = texts.filter((text) => /[A-Za-z]{2}/.test(text) && !/\p{Script=Han}/u.test(text) && !NAMES.test(text))
  return [...new Set(found)]
}

const refuse = () => {
  throw new AccessError('not for you')
}
const fail = async () => {
  throw new QueryError('Binder Error', { sql: 'SELECT 1' })
}

const CASES: readonly { what: string; path: string; change?: Pages; charts?: true }[] = [
  { what: 'customer value', path: '/customers', charts: true },
  { what: 'customer value, filtered and ordered', path: '/customers?kind=indirect&sort=-service_hours', charts: true },
  { what: 'a filter that leaves nobody', path: '/customers?region=华东&kind=prospect' },
  { what: 'customer value before the first run', path: '/customers', change: { pipelineStatus: async () => empty } },
  { what: 'explore, before anything is chosen', path: '/explore' },
  {
    what: 'explore',
    path: '/explore?metrics=profit,requests&by=month,customer_kind&where=industry:eq:Food&field=customer',
  },
  { what: 'explore, what does not go together', path: '/explore?metrics=profit,request_volume&by=channel' },
  { what: 'pipelines', path: '/pipelines' },
  { what: 'pipelines before the first run', path: '/pipelines', change: { pipelineStatus: async () => empty } },
  { what: 'pipelines without anything to tell', path: '/pipelines', change: { pipelineStatus: async () => none } },
  { what: 'an address that leads nowhere', path: '/nowhere' },
  { what: 'a question that cannot be answered', path: '/customers?period=soon' },
  { what: 'what may not be seen', path: '/customers', change: { viewer: refuse } },
  { what: 'a failure of ours', path: '/customers', change: { ask: fail } },
]

describe('in Chinese nothing that a reader sees or hears is English', () => {
  for (const { what, path, change = {}, charts } of CASES) {
    test(what, async (t) => {
      if (browser === undefined) return t.skip('no Chromium: apt-get install chromium fonts-noto-cjk')
      const base = await serving(change)
      const context = await browser.newContext({ locale: 'zh-CN' })
      try {
        const page = await context.newPage()
        await page.goto(`${base}${path}`)
        if (charts) await page.waitForSelector('[data-chart="opportunities-by-source"][data-drawn] svg')
        await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)))
        const said = await saidOn(page)
        assert.ok(said.some((text) => /\p{Script=Han}/u.test(text)))
        assert.deepEqual(english(said), [])
      } finally {
        await context.close()
      }
    })
  }

  test('the tooltip of a mark', async (t) => {
    if (browser === undefined) return t.skip('no Chromium: apt-get install chromium fonts-noto-cjk')
    const base = await serving({})
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 900 } })
    try {
      const page = await context.newPage()
      await page.goto(`${base}/customers`)
      await page.waitForSelector('[data-chart="requests-by-month"][data-drawn] svg')
      await page.locator('[data-chart="requests-by-month"] .mark-rect.role-mark path').nth(5).hover()
      const tip = page.locator('#vg-tooltip-element.visible')
      await tip.waitFor()
      const said = await tip.locator('td.key').allTextContents()
      assert.ok(said.length > 0)
      assert.deepEqual(english(said), [])
    } finally {
      await context.close()
    }
  })

  test('and the proof bites', () => {
    assert.deepEqual(english(['客户 A 的收入', 'Trueworth', 'Revenue', '12.5']), ['Revenue'])
  })
})
