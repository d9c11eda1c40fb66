// The page Explore as two people use it: by keyboard alone, without JavaScript, in both languages and themes.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { ACTIONS } from '../../entities/actions.ts'
import { serve, type ServerType } from '@hono/node-server'
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Access } from '../../api/access.ts'
import { createApi } from '../../api/app.ts'
import { createExplorations } from '../../api/explorations.ts'
import { openState, type State } from '../../data/state.ts'
import { createPages } from '../../dashboards/create-pages.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import { openMartsCompany, status, type MartsCompany } from '../dashboards/marts-company.ts'
import { violations } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'

const browser: Browser | undefined = await startBrowser()

const access: Access = { head: { rows: 'all', may: ACTIONS }, sales: { rows: { region: ['华东'] } } }
const people: Record<string, Viewer> = {
  anna: { id: 'u1', name: 'Anna', roles: ['head'] },
  bo: { id: 'u2', name: 'Bo', roles: ['sales'] },
}

describe('explore', { skip: browser === undefined ? 'there is no Chromium' : false }, () => {
  let company: MartsCompany
  let state: State
  let server: ServerType
  let base: string
  before(async () => {
    company = await openMartsCompany(access)
    state = openState(':memory:')
    const explorations = createExplorations({
      state,
      ask: company.ask,
      sight: (viewer) => company.queries.sight(viewer),
      roles: ['head', 'sales'],
      now: () => new Date('2026-01-05T00:00:00Z'),
    })
    const app = createApi({
      queries: company.queries,
      status: async () => status,
      version: '0.1.0',
      loopback: true,
      onFault: (error) => assert.fail(String(error)),
      viewer: (request) => people[/who=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? ''],
      access,
      explorations,
    })
    const pages = createPages({
      ask: company.ask,
      pipelineStatus: async () => status,
      company: { name: '示例机电', currency: 'CNY', timeZone: 'Asia/Shanghai' },
      sample: false,
      policy: { coverageThreshold: 0.7 },
      viewer: (c: Context) => people[getCookie(c, 'who') ?? ''] as Viewer,
      report: (error) => assert.fail(String(error)),
      explorations,
    })
    app.route('/', pages)
    base = await new Promise((resolve) => {
      server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
        resolve(`http://127.0.0.1:${port}`),
      )
    })
  })
  beforeEach(async () => {
    await state.tables.deleteFrom('explorations').execute()
  })
  after(async () => {
    await browser?.close()
    server.close()
    await state.close()
    company.close()
  })

  const as = async (who: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await (browser as Browser).newContext({ viewport: { width: 1280, height: 900 }, ...options })
    await context.addCookies([{ name: 'who', value: who, url: base }])
    return context.newPage()
  }
  const said = (page: Page) => page.locator('#explore-said')
  const asking = (page: Page, words: string) =>
    page.locator('#explore-said', { hasText: new RegExp(`^${words}$`) }).waitFor()
  const tick = (page: Page, name: string) => page.getByRole('checkbox', { name, exact: true })
  /** Presses Tab until what has the focus is called so. */
  const tabTo = async (page: Page, name: string | RegExp): Promise<void> => {
    const wanted = typeof name === 'string' ? new RegExp(`^${name}$`) : name
    for (let presses = 0; presses < 150; presses++) {
      await page.keyboard.press('Tab')
      const called = await page.evaluate(() => {
        const { activeElement: element } = document
        const label = element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels?.[0] : element // prettier-ignore
        return element?.getAttribute('aria-label') ?? label?.querySelector('span')?.textContent ?? label?.textContent ?? '' // prettier-ignore
      })
      if (wanted.test(called.trim())) return
    }
    assert.fail(`nothing called ${String(name)} gets the focus`)
  }
  const rows = async (page: Page): Promise<string[]> => page.locator('#rows tbody tr').allTextContents()

  test('by keyboard alone: build, filter, save and share; another opens it as himself; it is renamed, copied, deleted', async () => {
    const page = await as('anna')
    await page.goto(`${base}/explore`)
    await tabTo(page, 'Find')
    await page.keyboard.type('profit before')
    await page.getByText('1 found').waitFor({ state: 'attached' })
    await tabTo(page, 'Profit before allocation')
    await page.keyboard.press('Space')
    await said(page).getByText('Profit before allocation · Last 12 months').waitFor()
    const focused = () => page.evaluate(() => document.activeElement?.id)
    assert.equal(await focused(), 'metrics-profit_before_allocation')
    await tabTo(page, 'Region')
    await page.keyboard.press('Space')
    await said(page).getByText('Profit before allocation by Region').waitFor()
    assert.equal(await focused(), 'by-region')
    await page.locator('[data-chart="explore-0"][data-drawn] svg').waitFor()
    assert.equal((await rows(page)).length, 4)
    await tabTo(page, 'Filter on')
    await page.keyboard.type('Region')
    await page.locator('.condition').waitFor()
    await tabTo(page, '华东')
    await page.keyboard.press('Space')
    await tabTo(page, '华南')
    await page.keyboard.press('Space')
    await tabTo(page, 'Add filter')
    await page.keyboard.press('Enter')
    await said(page).getByText('Region is one of').waitFor()
    assert.equal((await rows(page)).length, 2)
    assert.deepEqual(await violations(page), [])

    await page.locator('#save summary').focus()
    await page.keyboard.press('Enter')
    await tabTo(page, 'Name')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Two regions')
    await tabTo(page, 'Sales')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Two regions' }).waitFor()
    assert.match(page.url(), /exploration=[0-9a-f-]{36}/)
    assert.match((await page.locator('#save').textContent()) ?? '', /Yours, shared with Sales/)

    const other = await as('bo')
    await other.goto(`${base}/explore`)
    await tabTo(other, 'Two regions')
    await other.keyboard.press('Enter')
    await other.getByRole('heading', { name: 'Two regions' }).waitFor()
    assert.match((await other.locator('#save').textContent()) ?? '', /Saved by Anna/)
    const seen = await rows(other)
    assert.equal(seen.length, 1)
    assert.match(seen[0] ?? '', /华东/)
    assert.equal(await other.getByText('Delete', { exact: true }).count(), 0)
    await tabTo(other, /^Copy: Two regions/)
    await other.keyboard.press('Enter')
    await other.getByRole('link', { name: 'Two regions (copy)' }).waitFor()
    assert.deepEqual(await violations(other), [])

    await page.reload()
    await tabTo(page, /^Rename or share: Two regions/)
    await page.keyboard.press('Enter')
    await tabTo(page, 'Name')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Mine alone')
    await tabTo(page, 'Sales')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Mine alone' }).waitFor()
    assert.match((await page.locator('#saved tbody').textContent()) ?? '', /Nobody/)
    await other.reload()
    assert.equal(await other.getByRole('link', { name: 'Mine alone' }).count(), 0)

    await tabTo(page, /^Delete: Mine alone/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^Delete for good: Mine alone/)
    await page.keyboard.press('Enter')
    await page.getByText('Nothing has been saved').waitFor()
    assert.equal((await state.tables.selectFrom('explorations').selectAll().execute()).length, 1)
  })

  test('an exploration that is open is changed, and the change is saved over it', async () => {
    const page = await as('anna')
    await page.goto(`${base}/explore?metrics=revenue&by=region`)
    await page.locator('#save summary').click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { name: 'Revenue by Region · All time' }).waitFor()
    await tick(page, 'Customer kind').check()
    await page.getByText('changed since it was saved').waitFor()
    await page.getByRole('button', { name: 'Save the changes' }).click()
    await page.getByText('changed since it was saved').waitFor({ state: 'detached' })
    const [kept] = await state.tables.selectFrom('explorations').selectAll().execute()
    assert.equal(kept?.query, 'metrics=revenue&by=region,customer_kind&period=all_time')
    await page.locator('#save summary').click()
    await page.locator('#save').getByLabel('Name').fill('Revenue by Region · All time')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('you have an exploration').waitFor()
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid')), 'true')
  })

  test('a choice that is taken out and the way back change the answer, and what was opened stays open', async () => {
    const page = await as('anna')
    await page.goto(`${base}/explore?metrics=profit&by=region`)
    await page.locator('#explore-figures summary', { hasText: 'Service' }).first().click()
    await tick(page, 'Service hours').check()
    await asking(page, 'Profit, Service hours by Region · All time')
    await page.getByRole('link', { name: 'Take out Profit' }).click()
    await asking(page, 'Service hours by Region · All time')
    assert.ok(await tick(page, 'Service hours').isVisible())
    assert.match(page.url(), /metrics=service_hours&by=region/)
    await page.goBack()
    await asking(page, 'Profit, Service hours by Region · All time')
    await page.goBack()
    await asking(page, 'Profit by Region · All time')
    assert.equal(await tick(page, 'Service hours').isChecked(), false)
  })

  test('without JavaScript the same form does it, one step after the other', async () => {
    const page = await as('anna', { javaScriptEnabled: false })
    await page.goto(`${base}/explore`)
    await page.locator('#explore-figures summary', { hasText: 'Cost and profit' }).click()
    await tick(page, 'Profit').check()
    const show = page.getByRole('button', { name: 'Show', exact: true })
    await show.click()
    await tick(page, 'Region').check()
    await page.getByLabel('Filter on').selectOption('industry')
    await show.click()
    await tick(page, 'Food').check()
    await page.getByRole('button', { name: 'Add filter' }).click()
    assert.match((await said(page).textContent()) ?? '', /Profit by Region · Last 12 months · Industry is Food/)
    assert.equal((await rows(page)).length, 4)
    assert.equal(await page.getByRole('button', { name: 'Save', exact: true }).isVisible(), false)
  })

  test('every picture is drawn, and nothing is amiss for readers by ear or by print, in both languages and themes', async () => {
    const addresses = [
      '/explore',
      '/explore?metrics=profit,revenue&by=month,region&period=trailing_12',
      '/explore?metrics=revenue&by=region,industry&field=region',
      '/explore?metrics=profit,service_hours&by=customer&show=scatter&field=customer',
      '/explore?metrics=profit&by=customer&show=bar&field=profit',
      '/explore?metrics=profit,requests',
      '/explore?metrics=profit&by=channel',
    ]
    const manners = [
      { locale: 'en-GB', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
      { locale: 'zh-CN', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
    ] as const
    for (const manner of manners) {
      const page = await as('anna', manner)
      const errors: string[] = []
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      page.on('pageerror', (error) => errors.push(error.message))
      for (const address of addresses) {
        await page.goto(`${base}${address}`)
        for (const place of await page.locator('[data-chart]').all())
          await place.and(page.locator('[data-drawn]')).locator('svg').first().waitFor({ state: 'attached' })
        assert.deepEqual(await violations(page), [], address)
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        assert.ok(width <= manner.viewport.width, `${address} is ${width} wide`)
      }
      // The answer 400 to the last address is the only thing the console may tell.
      assert.deepEqual(errors.filter((text) => !text.includes('400')), []) // prettier-ignore
      await page.goto(`${base}${addresses[1]}`)
      await page.emulateMedia({ media: 'print' })
      assert.equal(await page.locator('#explore-form').isVisible(), false)
      assert.ok(await page.locator('#rows').isVisible())
      await page.context().close()
    }
  })
})
