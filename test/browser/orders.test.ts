import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { Company, type Running } from '../main/company.ts'
import { startBrowser } from '../support/browser.ts'

const browser: Browser | undefined = await startBrowser()

const config = `
  export default {
    folder: 'warehouse', server: { port: 0 }, asOf: '2026-06-30', schedule: false, threads: 1,
    sources: [{ name: 'office', kind: 'files', folder: import.meta.dirname, feeds: [
      { entity: 'customers', from: 'customers.csv', deletions: true, columns: { customer_id: 'id', name: 'name', kind: 'kind' } },
      { entity: 'requests', from: 'tickets.csv', rejectShare: 1, columns: { request_id: 'id', customer_id: 'customer', opened_at: 'opened' } },
    ] }],
  }`
const customers = (count: number): string =>
  `id,name,kind\n${Array.from({ length: count }, (_, index) => `C${index},Customer number ${index},direct\n`).join('')}`

describe('orders on the page Pipelines', { skip: browser === undefined ? 'there is no Chromium' : false }, () => {
  let company: Company
  let server: Running
  let page: Page
  before(async () => {
    company = await Company.open(config)
    await write('customers.csv', customers(60))
    await write('tickets.csv', 'id,customer,opened\nR1,C1,2026-01-05\nR2,C2,soon\n')
    assert.equal((await company.command('run')).code, 0)
    await write('customers.csv', customers(9))
    server = await company.start(['serve'], /http:\/\/127/)
    page = await (browser as Browser).newPage()
  })
  after(async () => {
    await server.end()
    await company.remove()
    await browser?.close()
  })

  const write = (name: string, text: string): Promise<void> => writeFile(join(company.folder, name), text)
  const count = async (metric: string): Promise<unknown> => {
    const answer = await fetch(new URL(`/api/query?metrics=${metric}`, server.url))
    return ((await answer.json()) as { rows: Record<string, unknown>[] }).rows[0]?.[metric]
  }

  test('a reading that lost most of its rows waits on the page, and is accepted with the keyboard', async () => {
    await page.goto(new URL('/pipelines', server.url).href)
    await page.getByRole('button', { name: 'Run now' }).click()
    const waiting = page.getByRole('region', { name: 'Waits for you' })
    await waiting.waitFor()
    assert.match((await waiting.textContent()) ?? '', /Far fewer rows: 9, before 60|A file far smaller/)
    assert.equal(await count('customers'), 60)
    const accept = waiting.getByRole('button', { name: 'It is right: load it' }).first()
    await accept.focus()
    await page.keyboard.press('Enter')
    await waiting.waitFor({ state: 'detached' })
    assert.equal(await count('customers'), 9)
  })

  test('a rejected row is corrected where it is shown, and who did it stands below', async () => {
    assert.equal(await count('requests'), 1)
    const rejects = page.locator('#rejects')
    await rejects.getByText('Correct', { exact: true }).last().click()
    await rejects.getByLabel('opened').fill('2026-01-06')
    await rejects.getByLabel('Why').last().fill('asked the customer')
    await rejects.getByRole('button', { name: 'Load the corrected row' }).click()
    await page.getByRole('region', { name: 'Decisions' }).getByText('Corrected a row').waitFor()
    assert.equal(await count('requests'), 2)
  })

  test('a batch is taken out and let count again, in Chinese', async () => {
    await page.goto(new URL('/pipelines?lang=zh', server.url).href)
    const batches = page.locator('#batches')
    await batches.locator('summary').first().click()
    await batches.getByRole('row').filter({ hasText: '服务请求' }).last().getByText('隔离', { exact: true }).click()
    await batches.getByRole('button', { name: '隔离并重新生成' }).locator('visible=true').click()
    await page.getByRole('region', { name: '人工决定' }).getByText('隔离', { exact: true }).waitFor()
    assert.equal(await count('requests'), 1)
    await page.locator('#batches summary').first().click()
    await page.locator('#batches').getByText('解除隔离', { exact: true }).click()
    await page.locator('#batches').getByRole('button', { name: '解除并重新生成' }).click()
    await page.getByRole('region', { name: '人工决定' }).getByText('解除隔离', { exact: true }).waitFor()
    assert.equal(await count('requests'), 2)
  })
})
