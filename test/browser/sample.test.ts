// Every page over the sample company, served as a user starts it: nothing in the console, nothing for axe, every chart drawn.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { Company, type Running } from '../main/company.ts'
import { violations } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'

let browser: Browser | undefined
let company: Company
let running: Running
let base = ''
let loser = ''

before(async () => {
  browser = await startBrowser()
  if (browser === undefined) return
  company = await Company.ofSample()
  const run = await company.command('run')
  assert.equal(run.code, 0, run.stderr)
  const [worst] = await company.rows<{ customer_id: string }>(
    `SELECT customer_id FROM marts.customer_advice WHERE advice = 'reprice' AND customer_kind = 'direct' ORDER BY stake DESC LIMIT 1`,
  )
  loser = worst?.customer_id ?? ''
  running = await company.start(['serve'], /http:\/\/127\.0\.0\.1:\d+/)
  base = running.url
})

after(async () => {
  await running?.end()
  await browser?.close()
  await company?.remove()
})

type Language = 'en' | 'zh'
const BOTH: readonly Language[] = ['en', 'zh']

/** Pages that one company of tests shows in both languages are looked at in one here. */
const PAGES: readonly { path: string; languages: readonly Language[]; charts: readonly string[] }[] = [
  {
    path: '/customers',
    languages: ['zh'],
    charts: ['value-against-load', 'requests-by-month', 'opportunities-by-source'],
  },
  { path: '/customer?customer=LOSER', languages: BOTH, charts: ['profit-by-month'] },
  { path: '/customer', languages: ['en'], charts: [] },
  { path: '/customers/whale', languages: BOTH, charts: ['whale-curve'] },
  { path: '/classes', languages: BOTH, charts: [] },
  { path: '/sales', languages: BOTH, charts: ['sales-funnel', 'opportunities-by-source'] },
  { path: '/sales?by=engineer&period=all_time&origin=sourced', languages: ['zh'], charts: ['sales-funnel'] },
  { path: '/sales/pipeline', languages: ['en'], charts: [] },
  { path: '/sales/orders?by=customer', languages: ['zh'], charts: [] },
  { path: '/sales/campaigns', languages: ['en'], charts: ['campaign-returns'] },
  { path: '/sales/lists?warranty=within_90', languages: ['zh'], charts: [] },
  { path: '/receivables', languages: BOTH, charts: ['receivables-by-age'] },
  { path: '/leads', languages: BOTH, charts: [] },
  { path: '/costs', languages: BOTH, charts: ['cost-flow'] },
  { path: '/changes', languages: BOTH, charts: ['change-waterfall', 'change-components'] },
  {
    path: '/changes?where=customer%3Aeq%3ALOSER',
    languages: ['en'],
    charts: ['change-waterfall', 'change-components'],
  },
  { path: '/costs/paths?customer=LOSER', languages: ['zh'], charts: [] },
  { path: '/costs/lines', languages: ['en'], charts: [] },
  { path: '/leads/evidence', languages: ['zh'], charts: [] },
  { path: '/policy', languages: ['en'], charts: [] },
  { path: '/policy?try=1&visitCharges.default=300&score.bands.VIP=80', languages: BOTH, charts: [] },
  { path: '/records', languages: BOTH, charts: ['score-by-month', 'entry-lags'] },
  { path: '/records/people', languages: ['en'], charts: [] },
  { path: '/records/owed', languages: ['zh'], charts: [] },
  { path: '/dealers', languages: ['en'], charts: [] },
]

describe('every page over the sample company', () => {
  for (const { path, languages, charts } of PAGES)
    for (const language of languages)
      test(`${path} in ${language}`, async (t) => {
        if (browser === undefined) return t.skip('no Chromium: apt-get install chromium fonts-noto-cjk')
        const context = await browser.newContext({
          viewport: { width: 1280, height: 900 },
          locale: language === 'zh' ? 'zh-CN' : 'en-GB',
        })
        const page = await context.newPage()
        const complaints: string[] = []
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
        page.on('pageerror', (error) => complaints.push(error.message))
        // A draft of the policy is built while its page is waited for.
        const answer = await page.goto(`${base}${path.replace('LOSER', loser)}`, { timeout: 120_000 })
        assert.equal(answer?.status(), 200)
        for (const name of charts) await page.waitForSelector(`[data-chart="${name}"][data-drawn] svg`)
        // Class, advice and forecast stand whatever the period.
        if (path.startsWith('/customer?')) assert.equal(await page.locator('#class tbody tr').count(), 1)
        if (path.includes('try=1')) assert.ok((await page.locator('#moves tbody tr').count()) > 10)
        assert.deepEqual(complaints, [])
        assert.deepEqual(await violations(page), [])
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= globalThis.innerWidth), true)
        await context.close()
      })

  test('the visit pack is one file that shows the customer without a network, and leads nowhere', async (t) => {
    if (browser === undefined) return t.skip('no Chromium: apt-get install chromium fonts-noto-cjk')
    const answer = await fetch(`${base}/customer/pack?customer=${loser}&lang=zh`)
    assert.match(
      answer.headers.get('content-disposition') ?? '',
      new RegExp(`^attachment; .*${loser}-2026-06-30\\.html$`),
    )
    const text = await answer.text()
    assert.doesNotMatch(text, /<script|<a\b|<link|<form|\bhref=|\bsrc=/)
    const file = join(company.folder, 'pack.html')
    await writeFile(file, text)
    const context = await browser.newContext({ offline: true, locale: 'zh-CN' })
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(`file://${file}`)
    assert.equal(asked.length, 1)
    assert.ok(await page.locator('[data-chart="profit-by-month"] svg').isVisible())
    assert.equal((await page.locator('#machines tbody tr').count()) > 3, true)
    await context.close()
  })
})

/** An opportunity of the customer of a link that service has not brought so far. */
async function dealOf(link: string | null): Promise<string> {
  const customer = new URL(link ?? '', base).searchParams.get('customer') ?? ''
  const query = new URLSearchParams({ metrics: 'opportunities', by: 'opportunity', limit: '1' })
  query.append('where', `customer:eq:${customer}`)
  query.append('where', 'sourced_by:eq:none')
  const { rows } = (await (await fetch(`${base}/api/query?${query}`)).json()) as { rows: { opportunity: string }[] }
  assert.ok(rows[0] !== undefined, `${customer} has an opportunity`)
  return rows[0].opportunity
}

describe('sales decides on leads', () => {
  test('by keyboard: what is taken is marked, what is dismissed with a reason is gone, a deal is confirmed; a rebuild keeps it all', async (t) => {
    if (browser === undefined) return t.skip('no Chromium')
    const page = await browser.newPage()
    await page.goto(`${base}/leads?lang=en`)
    const lead = (at: number) => page.locator('#leads tbody tr').nth(at)
    const words = await lead(1).innerText()
    const reloaded = async (act: Promise<void>): Promise<void> => {
      await Promise.all([page.waitForEvent('load', { timeout: 60_000 }), act])
    }
    await reloaded(lead(0).locator('button', { hasText: 'Take' }).press('Enter'))
    assert.match(await lead(0).innerText(), /Taken by Local/)
    const fold = (row: number, words: string) => lead(row).locator('details', { hasText: words })
    await fold(1, 'Dismiss').locator('summary').press('Enter')
    await fold(1, 'Dismiss').locator('button').press('Enter')
    assert.equal(
      await lead(1)
        .innerText()
        .then((text) => text.startsWith(words.slice(0, 20))),
      true,
      'not without a reason',
    )
    await fold(1, 'Dismiss').locator('input').fill('bought elsewhere')
    await reloaded(fold(1, 'Dismiss').locator('button').press('Enter'))
    assert.notEqual((await lead(1).innerText()).slice(0, 60), words.slice(0, 60))
    const converted = fold(0, 'Turn into')
    await converted.locator('summary').press('Enter')
    await converted.locator('input').fill('OP-nobody')
    await converted.locator('button').press('Enter')
    await converted.getByText(/'OP-nobody' is no opportunity of customer/).waitFor()
    await converted.locator('input').fill(await dealOf(await lead(0).locator('a').first().getAttribute('href')))
    await reloaded(converted.locator('button').press('Enter'))
    assert.match(await lead(0).innerText(), /Turned into an opportunity by Local/)
    await reloaded(page.locator('#hidden tbody tr').first().locator('button').first().press('Enter'))
    assert.match(await page.locator('#hidden').innerText(), /From service by Local/)
    const told = await page.locator('#lead-decisions tbody tr').allInnerTexts()
    assert.deepEqual(
      told.map((row) => /Taken|Dismissed.*bought elsewhere|Turned into|From service/.exec(row)?.[0].split(/\s/)[0]),
      ['From', 'Turned', 'Dismissed', 'Taken'],
      told.join(' | '),
    )
    const answer = await fetch(`${base}/api/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lead: { lead_id: 'same_fault/nobody/nothing', kind: 'taken' } }),
    })
    assert.match(await answer.text(), /There is no lead 'same_fault\/nobody\/nothing'/)
    await page.close()
    await running.end()
    const kept = `SELECT kind, reason, count(*) AS n FROM raw.lead_decisions GROUP BY ALL ORDER BY kind`
    const before = await company.rows(kept)
    assert.deepEqual(before, [
      { kind: 'confirmed', reason: null, n: 1 },
      { kind: 'converted', reason: null, n: 1 },
      { kind: 'dismissed', reason: 'bought elsewhere', n: 1 },
      { kind: 'taken', reason: null, n: 1 },
    ])
    const sourced = await company.rows(
      `SELECT sourced_by, count(*) AS n FROM core.opportunities WHERE sourced_by IN ('confirmed', 'lead') GROUP BY ALL ORDER BY ALL`,
    )
    assert.deepEqual(sourced, [
      { sourced_by: 'confirmed', n: 1 },
      { sourced_by: 'lead', n: 1 },
    ])
    const leads = `SELECT count(*) AS n, sum(CAST(hash(t) AS HUGEINT)) AS sum FROM marts.leads AS t`
    const listed = await company.rows(leads)
    const { code, stderr } = await company.command('rebuild')
    assert.equal(code, 0, stderr)
    assert.deepEqual(await company.rows(kept), before)
    assert.deepEqual(await company.rows(leads), listed)
  })
})
