// What fires is acknowledged and snoozed with the keyboard, over a small company served as a user starts it.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { Company, type Running } from '../main/company.ts'
import { violations } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'

const browser: Browser | undefined = await startBrowser()

const config = `
  export default {
    folder: 'warehouse', server: { port: 0 }, asOf: '2026-06-30', schedule: false, threads: 1,
    alerts: { owner: 'head@example.com', watch: [
      { name: 'sold', title: { en: 'Sold a lot', zh: '销售较多' }, metric: 'revenue', by: 'customer', period: 'all_time', when: { above: 100 } },
      { name: 'broken', metric: 'revenue', when: { above: 0 }, as: 'sales' },
    ] },
    sources: [{ name: 'office', kind: 'files', folder: import.meta.dirname, feeds: [
      { entity: 'customers', from: 'customers.csv', columns: { customer_id: 'id', name: 'name', kind: "'direct'", recorded_at: "'2020-01-01'" } },
      { entity: 'orders', from: 'sales.csv', columns: { order_id: 'id', customer_id: 'customer', ordered_at: 'day' } },
      { entity: 'order_lines', from: 'sales.csv', columns: { order_id: 'id', line_id: 'id', amount: 'amount', quantity: "'1'" } },
    ] }],
  }`

describe('the page about alerts', { skip: browser === undefined ? 'there is no Chromium' : false }, () => {
  let company: Company
  let server: Running
  let page: Page
  before(async () => {
    company = await Company.open(config)
    const write = (name: string, text: string): Promise<void> => writeFile(join(company.folder, name), text)
    await write('customers.csv', 'id,name\nC1,Mill\nC2,Quarry\nC3,Shop\n')
    await write(
      'sales.csv',
      'id,customer,day,amount\nO1,C1,2026-05-05,500\nO2,C2,2026-05-06,300\nO3,C3,2026-05-07,20\n',
    )
    assert.equal((await company.command('run')).code, 0)
    server = await company.start(['serve'], /http:\/\/127/)
    page = await (browser as Browser).newPage()
  })
  after(async () => {
    await server.end()
    await company.remove()
    await browser?.close()
  })

  test('has no barrier in either language, nor where a log is open', async () => {
    for (const query of ['lang=en', 'lang=zh', 'lang=en&alert=sold', 'lang=zh&alert=sold&group=C3&theme=dark']) {
      await page.goto(new URL(`/alerts?${query}`, server.url).href)
      assert.deepEqual(await violations(page), [], query)
    }
  })

  test('acknowledges and snoozes with the keyboard, and says why the others did not fire', async () => {
    await page.goto(new URL('/alerts?lang=en', server.url).href)
    const row = (name: string) => page.locator('#firing tbody tr', { hasText: name })
    assert.equal(await page.locator('#firing tbody tr').count(), 2)
    assert.match((await page.locator('#alert-errors').textContent()) ?? '', /broken/)
    await row('Mill').getByRole('button', { name: 'Acknowledge: Sold a lot, Mill' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/done=1/)
    assert.match((await row('Mill').textContent()) ?? '', /Acknowledged/)
    await row('Quarry').locator('summary').focus()
    await page.keyboard.press('Enter')
    await row('Quarry').getByRole('combobox').selectOption('7')
    await row('Quarry').getByRole('button', { name: 'Snooze: Sold a lot, Quarry' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelector('#firing')?.textContent?.includes('Snoozed'))
    await page.getByRole('link', { name: 'Log: Sold a lot' }).click()
    const log = page.locator('#alert-log')
    assert.match((await log.textContent()) ?? '', /is within the limit .*100\. It did not fire\./)
    assert.match((await log.textContent()) ?? '', /Acknowledged/)
  })
})
