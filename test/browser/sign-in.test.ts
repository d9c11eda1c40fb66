import assert from 'node:assert/strict'
import { after, before, describe, test, type TestContext } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { violations } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'
import { PASSWORD, Place } from '../users/place.ts'

let browser: Browser | undefined
let place: Place
before(async () => {
  browser = await startBrowser()
  place = await Place.open()
})
after(async () => {
  await browser?.close()
  await place.close()
})

async function opened(
  t: TestContext,
  path: string,
  work: (page: Page, complaints: string[]) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  if (browser === undefined) return t.skip('no Chromium: apt-get install chromium fonts-noto-cjk')
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(new URL(path, place.server.url).href)
  await work(page, complaints)
  await context.close()
}

/** With the keyboard alone. */
async function signIn(page: Page): Promise<void> {
  await page.getByLabel('E-mail address').focus()
  await page.keyboard.type('ann@example.com')
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

describe('signing in', () => {
  test('with the keyboard alone one comes to the page that was asked for, and out again', async (t) =>
    opened(t, '/pipelines?lang=en', async (page, complaints) => {
      assert.equal(new URL(page.url()).pathname, '/sign-in')
      await signIn(page)
      assert.equal(new URL(page.url()).pathname, '/pipelines')
      await page.getByRole('button', { name: 'Sign out' }).press('Enter')
      await page.waitForURL((url) => url.pathname === '/sign-in')
      await page.goto(new URL('/pipelines', place.server.url).href)
      assert.equal(new URL(page.url()).pathname, '/sign-in')
      assert.deepEqual(complaints, [])
    }))

  test('it works without JavaScript, and a wrong password is said to who does not see it too', async (t) =>
    opened(
      t,
      '/sign-in?next=/account',
      async (page) => {
        await page.getByLabel('E-mail address').fill('ann@example.com')
        await page.getByLabel('Password').fill('wrong')
        await page.getByRole('button', { name: 'Sign in' }).click()
        assert.match(await page.getByRole('alert').innerText(), /is not right, or the account is locked/)
        assert.equal(await page.getByLabel('E-mail address').inputValue(), 'ann@example.com')
        await page.getByLabel('Password').fill(PASSWORD)
        await page.getByRole('button', { name: 'Sign in' }).click()
        assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Ann')
      },
      { javaScriptEnabled: false },
    ))
})

describe('the pages of people', () => {
  for (const lang of ['en', 'zh'] as const)
    test(`have nothing that axe complains about, light and dark, wide and narrow: ${lang}`, async (t) =>
      opened(t, '/sign-in?lang=en', async (page) => {
        await page.goto(new URL(`/sign-in?lang=${lang}`, place.server.url).href)
        assert.deepEqual(await violations(page), [])
        await page.goto(new URL('/sign-in?lang=en&next=/account', place.server.url).href)
        await signIn(page)
        for (const path of ['/account', '/users'])
          for (const [theme, width] of [
            ['light', 1280],
            ['dark', 390],
          ] as const) {
            await page.setViewportSize({ width, height: 844 })
            await page.goto(new URL(`${path}?lang=${lang}&theme=${theme}`, place.server.url).href)
            for (const one of await page.locator('details > summary').all()) await one.click()
            assert.deepEqual(await violations(page), [], `${path} ${theme}`)
            const over = await page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            )
            assert.ok(over <= 0, `${path} is ${over} pixels too wide at ${width}`)
            if (process.env['PICTURES'] !== undefined)
              await page.screenshot({ path: `${process.env['PICTURES']}${path}-${lang}-${theme}.png`, fullPage: true })
          }
      }))

  test('an administrator adds a user, changes it and makes a token, and the console is quiet', async (t) =>
    opened(t, '/sign-in?next=/users', async (page, complaints) => {
      await signIn(page)
      const form = page.locator('form[action="/users"]')
      await form.getByLabel('E-mail address').fill('gu@example.com')
      await form.getByLabel('Name').fill('顾芸')
      await form.getByLabel('Sales').check()
      await form.getByRole('button', { name: 'Add' }).click()
      assert.match(await page.getByRole('status').first().innerText(), /Done\./)
      const row = page.getByRole('row', { name: /顾芸/ }).first()
      assert.match(await row.innerText(), /Sales/)
      await row.getByText('Change').click()
      await row.getByLabel('Analyst').check()
      await row.getByRole('button', { name: 'Save' }).click()
      assert.match(await page.getByRole('row', { name: /顾芸/ }).first().innerText(), /Sales, Analyst/)
      await page.goto(new URL('/account', place.server.url).href)
      await page.getByLabel('Name').fill('excel')
      await page.getByRole('button', { name: 'Make a token' }).click()
      assert.match(await page.locator('code.token').innerText(), /^tw_/)
      await page.getByRole('button', { name: 'Revoke: excel' }).click()
      assert.match(await page.locator('#tokens').innerText(), /There are no tokens/)
      assert.deepEqual(complaints, [])
    }))
})
