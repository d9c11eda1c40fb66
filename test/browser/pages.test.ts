import assert from 'node:assert/strict'
import { after, before, describe, test, type TestContext } from 'node:test'
import { serve, type ServerType } from '@hono/node-server'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { createPages } from '../../dashboards/create-pages.ts'
import { openMartsCompany, status, viewer, type MartsCompany } from '../dashboards/marts-company.ts'
import { violations } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'

const WIDE = { width: 1280, height: 900 }
const NARROW = { width: 390, height: 844 }

let browser: Browser | undefined
let company: MartsCompany | undefined
let server: ServerType | undefined
let base = ''
const posted: string[] = []

before(async () => {
  browser = await startBrowser()
  company = await openMartsCompany()
  const pages = createPages({
    ask: company.ask,
    pipelineStatus: async () => status,
    company: { name: '示例机电', currency: 'CNY', timeZone: 'Asia/Shanghai' },
    sample: true,
    policy: { coverageThreshold: 0.7 },
    viewer: () => viewer,
    startRun: true,
  })
  pages.post('/api/runs', async (c) => {
    posted.push(JSON.stringify(await c.req.json()))
    await new Promise((resolve) => setTimeout(resolve, 300))
    return c.body('{"progress":{}}\n{"report":{"status":"succeeded"}}\n')
  })
  await new Promise<void>((resolve) => {
    server = serve({ fetch: pages.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      base = `http://127.0.0.1:${port}`
      resolve()
    })
  })
})

after(async () => {
  await browser?.close()
  server?.close()
  company?.close()
})

interface Opened {
  readonly page: Page
  /** What the console complained about, content security policy included. */
  readonly complaints: string[]
}

/** Opens a page and does something with it; skips where there is no Chromium. */
async function opened(
  t: TestContext,
  address: string,
  work: (opened: Opened) => Promise<void>,
  options: BrowserContextOptions = {},
) {
  if (browser === undefined) return t.skip('no Chromium: apt-get install chromium fonts-noto-cjk')
  const context = await browser.newContext({ viewport: WIDE, locale: 'en-GB', ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  try {
    await page.goto(base + address)
    await work({ page, complaints })
  } finally {
    await context.close()
  }
}

async function drawn(page: Page): Promise<void> {
  for (const name of ['value-against-load', 'requests-by-month', 'opportunities-by-source']) {
    await page.waitForSelector(`[data-chart="${name}"][data-drawn] svg`)
  }
}

/** Drags over part of the scatter, given as shares of its plot, and waits for the table to follow. */
async function brush(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const background = page.locator('[data-chart="value-against-load"] svg .background').first()
  await background.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const plot = await background.boundingBox()
  assert.ok(plot)
  const at = ([x, y]: readonly [number, number]) => [plot.x + plot.width * x, plot.y + plot.height * y] as const
  await page.mouse.move(...at(from))
  await page.mouse.down()
  await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]), { steps: 4 })
  await page.mouse.move(...at(to), { steps: 4 })
  await page.mouse.up()
}

describe('customer value in a browser', () => {
  test('draws its charts without a complaint of the console or the content security policy', (t) =>
    opened(t, '/customers', async ({ page, complaints }) => {
      await drawn(page)
      const marks = await page.locator('[data-chart="value-against-load"] .mark-symbol.role-mark path').count()
      assert.ok(marks >= 200, `${marks} marks`)
      assert.equal(await page.locator('[data-chart="requests-by-month"] .mark-rect.role-mark path').count(), 12)
      assert.deepEqual(complaints, [])
    }))

  test('brushing the customers below the line leaves exactly them in the table', (t) =>
    opened(t, '/customers', async ({ page, complaints }) => {
      await drawn(page)
      const before = await page.locator('[data-table] tbody').innerHTML()
      await brush(page, [0.3, 0.52], [1.01, 1.01])
      await page.getByText('4 customers picked in the chart').waitFor()
      const rows = page.locator('[data-table] tbody tr')
      assert.equal(await rows.count(), 4)
      assert.deepEqual(await rows.locator('td.negative').count(), 4)
      assert.ok((await rows.locator('th').allTextContents()).includes('Northfield Pumps 5'))
      assert.equal(await page.locator('[data-pager]').isVisible(), false)
      await page.getByRole('button', { name: 'Show all again' }).click()
      await page.getByText('1–25 of 206 customers').waitFor()
      assert.equal(await page.locator('[data-table] tbody').innerHTML(), before)
      assert.deepEqual(complaints, [])
    }))

  test('a hostile name stays text in the brushed table and in the chart', (t) =>
    opened(t, '/customers', async ({ page }) => {
      await drawn(page)
      let alerted = false
      page.on('dialog', () => (alerted = true))
      await brush(page, [0.3, 0.52], [1.01, 1.01])
      await page.getByText('customers picked in the chart').waitFor()
      await page.getByRole('rowheader', { name: '<script>alert("x")</script> & Söhne' }).waitFor()
      assert.equal(alerted, false)
    }))

  test('filters and order work by keyboard alone', (t) =>
    opened(t, '/customers', async ({ page }) => {
      await page.keyboard.press('Tab')
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), '#content')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Tab')
      await page.getByLabel('Region').focus()
      await page.keyboard.press('ArrowDown')
      await page.getByRole('button', { name: 'Apply' }).focus()
      await page.keyboard.press('Enter')
      await page.waitForURL(/region=/)
      assert.notEqual(await page.getByLabel('Region').inputValue(), 'all')
      await page.getByRole('link', { name: 'Service hours', exact: true }).focus()
      await page.keyboard.press('Enter')
      await page.waitForURL(/sort=-service_hours/)
      assert.match(page.url(), /region=/)
      assert.equal(
        await page
          .locator('th[aria-sort="descending"]')
          .textContent()
          .then((text) => text?.includes('Service hours')),
        true,
      )
    }))

  test('filters, order and figures are there without JavaScript', (t) =>
    opened(
      t,
      '/customers',
      async ({ page }) => {
        await page.getByLabel('Customer kind').selectOption('indirect')
        await page.getByRole('button', { name: 'Apply' }).click()
        await page.waitForURL(/kind=indirect/)
        assert.match((await page.locator('[data-shown]').textContent()) ?? '', /of 34 customers/)
      },
      { javaScriptEnabled: false },
    ))

  test('follows the theme of the system until one is chosen, charts included', (t) =>
    opened(
      t,
      '/customers',
      async ({ page }) => {
        await drawn(page)
        const color = () =>
          page.locator('[data-chart="value-against-load"] .role-axis-label text').first().getAttribute('fill')
        assert.equal(await color(), '#a3afbb')
        await page.getByRole('link', { name: 'Light' }).click()
        await drawn(page)
        assert.equal(await color(), '#52606d')
        await page.goto(`${base}/pipelines`)
        assert.equal(await page.locator('html').getAttribute('data-theme'), 'light')
      },
      { colorScheme: 'dark' },
    ))

  test('says why the figures of a past moment are long in coming, and only of those', (t) =>
    opened(t, '/customers', async ({ page }) => {
      await page.route(/period=/, async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 1_500))
        await route.continue()
      })
      const saidWhile = async (knownAt: string): Promise<string | null> => {
        await page.goto(`${base}/customers`)
        await page.evaluate(() => {
          const output = document.querySelector('form.filters output') as HTMLElement
          const keep = (): void => sessionStorage.setItem('said', output.textContent ?? '')
          keep()
          new MutationObserver(keep).observe(output, { childList: true })
        })
        await page.locator('input[name=known_at]').fill(knownAt)
        await page.locator('form.filters button[type=submit]').click()
        await page.waitForURL(/period=/)
        return page.evaluate(() => sessionStorage.getItem('said'))
      }
      assert.equal(await saidWhile(''), '')
      assert.match((await saidWhile('2026-03-31')) ?? '', /put together when first asked for/)
    }))
})

describe('pipelines in a browser', () => {
  test('a run is started by the button; the page says so and loads again when it has ended', (t) =>
    opened(t, '/pipelines', async ({ page, complaints }) => {
      await page.getByRole('button', { name: 'Run now' }).click()
      await page.getByText('A run is going on').waitFor()
      await page.waitForEvent('load')
      assert.deepEqual(posted, ['{}'])
      assert.deepEqual(complaints, [])
    }))
})

describe('every page in a browser', () => {
  for (const path of ['/customers', '/pipelines', '/nowhere']) {
    for (const lang of ['en', 'zh']) {
      for (const theme of ['light', 'dark']) {
        test(`axe finds nothing on ${path} in ${lang}, ${theme}`, (t) =>
          opened(t, `${path}?lang=${lang}&theme=${theme}`, async ({ page }) => {
            if (path === '/customers') await drawn(page)
            assert.deepEqual(await violations(page), [])
          }))
      }
    }
    test(`${path} fits a telephone: nothing but tables scrolls sideways`, (t) =>
      opened(
        t,
        `${path}?lang=zh`,
        async ({ page }) => {
          if (path === '/customers') await drawn(page)
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), NARROW.width)
          assert.deepEqual(await violations(page), [])
        },
        { viewport: NARROW },
      ))
  }
})
