// A class set by hand on the page of a customer, and a version of the policy saved on its page, over a small company served as a user starts it.
import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
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
    sources: [{ name: 'office', kind: 'files', folder: import.meta.dirname, feeds: [
      { entity: 'customers', from: 'customers.csv', columns: { customer_id: 'id', name: 'name', kind: "'direct'", recorded_at: "'2020-01-01'" } },
      { entity: 'orders', from: 'sales.csv', columns: { order_id: 'id', customer_id: 'customer', ordered_at: 'day' } },
      { entity: 'order_lines', from: 'sales.csv', columns: { order_id: 'id', line_id: 'id', amount: 'amount', quantity: "'1'" } },
      { entity: 'expenses', from: 'ledger.csv', columns: { expense_id: 'id', incurred_on: 'day', department: "'service'", category: "'cars'", amount: 'amount' } },
    ] }],
  }`

interface Classed {
  readonly customer: string
  readonly computed_class: string
  readonly override_class: string
  readonly effective_class: string
}

describe('decisions on classes and policy', { skip: browser === undefined ? 'there is no Chromium' : false }, () => {
  let company: Company
  let server: Running
  let page: Page
  before(async () => {
    company = await Company.open(config)
    const write = (name: string, text: string): Promise<void> => writeFile(join(company.folder, name), text)
    await write('customers.csv', 'id,name\nC1,Mill\nC2,Quarry\n')
    const months = Array.from({ length: 18 }, (_, at) => new Date(Date.UTC(2025, at, 5)).toISOString().slice(0, 10))
    await write(
      'sales.csv',
      `id,customer,day,amount\n${months.map((day, at) => `O${at},C${1 + (at % 2)},${day},${100 + at}\n`).join('')}`,
    )
    await write('ledger.csv', 'id,day,amount\nE1,2025-01-05,10\n')
    assert.equal((await company.command('run')).code, 0)
    server = await company.start(['serve'], /http:\/\/127/)
    page = await (browser as Browser).newPage()
  })
  after(async () => {
    await server.end()
    await company.remove()
    await browser?.close()
  })

  const classOf = async (customer: string, moment = ''): Promise<Classed | undefined> => {
    const by = 'customer,computed_class,override_class,effective_class'
    const answer = await fetch(
      new URL(`/api/query?metrics=customer_score&by=${by}&where=customer:eq:${customer}${moment}`, server.url),
    )
    return ((await answer.json()) as { rows: Classed[] }).rows[0]
  }
  const order = async (
    classify: object,
    language = 'en',
  ): Promise<{ problem?: { detail: string; field?: string } }> => {
    const headers = { 'content-type': 'application/json', 'accept-language': language }
    const answer = await fetch(new URL('/api/runs', server.url), {
      method: 'POST',
      headers,
      body: JSON.stringify({ classify }),
    })
    return JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '{}') as object
  }

  test('what is wrong with a decision is said by field, with what would be right, in both languages, and nothing is kept', async () => {
    const good = { customer_id: 'C1', class: 'VIP', until: '2026-12-31', reason: 'three plants to come' }
    const wrong: readonly [object, string, RegExp, RegExp][] = [
      [{ ...good, reason: '  ' }, 'reason', /say why/, /请写明原因/],
      [{ ...good, until: '2026-06-30' }, 'until', /no day after 2026-06-30/, /2026-06-30.*之后的日期/],
      [{ ...good, until: '2026-02-31' }, 'until', /'2026-02-31'/, /2026-02-31/],
      [{ customer_id: 'C1', class: 'VIP', reason: 'x' }, 'until', /Write a later day/, /更晚的日期/],
      [{ ...good, class: 'gold' }, 'class', /Valid: VIP, key, regular, watch, new/, /可用：VIP/],
      [{ ...good, customer_id: 'C9' }, 'customer_id', /'C9' has no class/, /“C9”没有分类/],
      [{ customer_id: 'C1', reason: 'over' }, 'customer_id', /nothing to end/, /无需结束/],
    ]
    for (const [decision, field, en, zh] of wrong) {
      const { problem } = await order(decision)
      assert.equal(problem?.field, field)
      assert.match(problem?.detail ?? '', en)
      assert.match((await order(decision, 'zh')).problem?.detail ?? '', zh)
    }
    assert.deepEqual(await readdir(join(company.folder, 'warehouse/landing/_decisions')), [])
    const foreign = await fetch(new URL('/api/runs', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
      body: JSON.stringify({ classify: good }),
    })
    assert.equal(foreign.status, 403)
  })

  test('a class is set with the keyboard, counts at once, and who did it stands below', async () => {
    await page.goto(new URL('/customer?customer=C1', server.url).href)
    const card = page.getByRole('region', { name: 'Class set by hand' })
    assert.match((await card.textContent()) ?? '', /Nobody set one/)
    await card.locator('summary').focus()
    await page.keyboard.press('Enter')
    await card.getByLabel('Class').selectOption('VIP')
    await card.getByLabel('Holds until').fill('2026-12-31')
    await card.getByLabel('Why').fill('   ')
    await page.keyboard.press('Enter')
    await card.getByText('reason: say why').waitFor()
    assert.equal(await card.getByLabel('Why').getAttribute('aria-invalid'), 'true')
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'reason')
    await card.getByLabel('Why').fill('three <b>plants</b> to come')
    await page.keyboard.press('Enter')
    await card.getByText('VIP, set by').waitFor()
    assert.match((await card.textContent()) ?? '', /until 31 Dec 2026, because: “three <b>plants<\/b> to come”/)
    assert.equal((await classOf('C1'))?.effective_class, 'VIP')
    assert.equal((await classOf('C1'))?.override_class, 'VIP')
    const rows = page.locator('#class-decisions tbody tr')
    assert.equal(await rows.count(), 1)
    assert.match((await rows.first().textContent()) ?? '', /VIP[\s\S]*31 Dec 2026[\s\S]*holds/)
    assert.deepEqual(await violations(page), [])
  })

  test('an edition of before does not know it, and an earlier business date is before it', async () => {
    const { evidence } = (await (await fetch(new URL('/api/query?metrics=classes_overridden', server.url))).json()) as {
      evidence: { known_at: string }
    }
    const [name = ''] = await readdir(join(company.folder, 'warehouse/landing/_decisions'))
    const stamp = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/.exec(name)?.slice(1) ?? []
    const before = new Date(
      Date.UTC(
        Number(stamp[0]),
        Number(stamp[1]) - 1,
        ...(stamp.slice(2).map(Number) as [number, number, number, number]),
      ) - 1000,
    )
    assert.ok(before.toISOString() < evidence.known_at)
    assert.equal((await classOf('C1', `&known_at=${before.toISOString()}&as_of=2026-06-30`))?.override_class, 'none')
    assert.equal((await classOf('C1', '&as_of=2026-06-29'))?.override_class, 'none')
  })

  test('it is ended early, in Chinese, and the decision of before stays in the list', async () => {
    await page.goto(new URL('/customer?customer=C1&lang=zh', server.url).href)
    const card = page.getByRole('region', { name: '人工设定的分类' })
    await card.getByText('提前结束', { exact: true }).click()
    const end = card.locator('details').first()
    await end.getByLabel('原因').fill('订单取消')
    await end.getByRole('button', { name: '结束' }).click()
    await card.getByText('没有人工设定').waitFor()
    const one = await classOf('C1')
    assert.equal(one?.override_class, 'none')
    assert.equal(one.effective_class, one.computed_class)
    const said = await page.locator('#class-decisions tbody tr').allTextContents()
    assert.match(said[0] ?? '', /提前结束[\s\S]*订单取消/)
    assert.match(said[1] ?? '', /VIP[\s\S]*已被替代或结束/)
    assert.deepEqual(await violations(page), [])
  })

  test('a draft of the policy is refused by field, tried, and saved under a name with the keyboard', async () => {
    await page.goto(new URL('/policy?lang=en', server.url).href)
    const form = page.locator('#try')
    const weights = form.getByRole('group', { name: 'Weights of the score' })
    await weights.getByLabel('Profit', { exact: true }).fill('0.4')
    await form.getByRole('button', { name: 'See what would change' }).click()
    await page.getByRole('alert').getByText('the weights sum to 0.9').waitFor()
    assert.equal(await weights.getByLabel('Profit', { exact: true }).getAttribute('aria-invalid'), 'true')
    assert.equal(await weights.getByLabel('Profit', { exact: true }).inputValue(), '0.4')
    assert.equal(await page.locator('#save').count(), 0)
    assert.deepEqual(await violations(page), [])
    await weights.getByLabel('Profit', { exact: true }).fill('0.5')
    await form.getByLabel('Key from points').fill('20')
    await form.getByLabel('VIP from points').fill('30')
    await form.getByLabel('From', { exact: true }).fill('2026-06-01')
    await form.getByRole('button', { name: 'See what would change' }).click()
    await page.getByText('Profit of the last twelve months stays').waitFor()
    const moves = await page.locator('#moves tbody tr').allTextContents()
    assert.match(moves.join(), /→ VIP|→ Key/)
    const computed = (await classOf('C1'))?.computed_class
    const save = page.locator('#save')
    await save.getByLabel('Name of the version').fill('standard')
    await page.keyboard.press('Enter')
    await save.getByText("there is a version 'standard' already").waitFor()
    assert.equal((await classOf('C1'))?.computed_class, computed)
    await save.getByLabel('Name of the version').fill('lower bands')
    await save.getByLabel('Why').fill('more attention')
    await page.keyboard.press('Enter')
    await page.getByText('In force: lower bands').waitFor()
    const [first] = await page.locator('#versions tbody tr').allTextContents()
    assert.match(first ?? '', /lower bands[\s\S]*1 Jun 2026[\s\S]*Local[\s\S]*more attention[\s\S]*counts/)
    await page.goto(new URL('/policy?lang=zh', server.url).href)
    await page.getByText('现行版本：lower bands').waitFor()
    assert.deepEqual(await violations(page), [])
  })

  test('a rebuild from landing alone knows every decision, and a day that is over ends one', async () => {
    await order({ customer_id: 'C2', class: 'watch', until: '2026-07-15', reason: 'pays late' })
    const set = await classOf('C2')
    assert.equal(set?.effective_class, 'watch')
    await server.end()
    const SAME = 'SELECT * FROM marts.customer_classes ORDER BY ALL'
    const incremental = await company.rows(SAME)
    const decided = await company.rows('SELECT * FROM meta.decisions ORDER BY ALL')
    assert.equal(decided.length, 4)
    assert.equal((await company.command('rebuild')).code, 0)
    assert.deepEqual(await company.rows(SAME), incremental)
    assert.deepEqual(await company.rows('SELECT * FROM meta.decisions ORDER BY ALL'), decided)
    for (const [asOf, held] of [
      ['2026-07-15', 'watch'],
      ['2026-07-16', null],
    ] as const) {
      await company.write(config.replace('2026-06-30', asOf))
      assert.equal((await company.command('run')).code, 0)
      const [row] = await company.rows(
        `SELECT override_class FROM marts.customer_classes WHERE customer_id = 'C2' ORDER BY month DESC LIMIT 1`,
      )
      assert.equal(row?.['override_class'], held)
    }
  })
})
