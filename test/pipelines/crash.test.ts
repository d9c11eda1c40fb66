import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import type { Row } from '../../data/warehouse.ts'
import { Company } from './company.ts'

/** Rows with versions and deletions, which the sample company has few of; kill.test.ts kills whole runs of that one. */
const ROUNDS = 3
const CHILD = join(import.meta.dirname, 'crash-run.ts')

test(`killed at ${ROUNDS} random instants and run again, the tables are those of the undisturbed run`, async (context) => {
  const [disturbed, calm] = [await folder(), await folder()]
  try {
    const moments: string[] = []
    for (let round = 1; round <= ROUNDS; round++) {
      await atCompany(disturbed, (company) => change(company, round))
      await atCompany(calm, (company) => change(company, round))
      const undisturbed = await runIn(calm, round)
      assert.equal(undisturbed.answer, 'succeeded')
      const killed = await runIn(disturbed, round, Math.random() * undisturbed.milliseconds * 0.8)
      moments.push(
        `${Math.round(killed.milliseconds)} of ${Math.round(undisturbed.milliseconds)} ms${killed.answer ? ` (${killed.answer})` : ''}`,
      )
      assert.equal((await runIn(disturbed, round)).answer, 'succeeded')
      assert.deepEqual(await atCompany(disturbed, totals), await atCompany(calm, totals), `round ${round}`)
    }
    context.diagnostic(`killed at ${moments.join(', ')}`)
  } finally {
    await rm(disturbed, { recursive: true, force: true })
    await rm(calm, { recursive: true, force: true })
  }
})

function folder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'trueworth-crash-'))
}

async function atCompany<T>(at: string, work: (company: Company) => Promise<T>): Promise<T> {
  const company = await Company.open(at)
  try {
    return await work(company)
  } finally {
    await company.leave()
  }
}

/** New requests, changed ones, a few that do not fit; customers come and go; orders pile up. */
async function change(company: Company, round: number): Promise<void> {
  const day = `2026-02-${String(round).padStart(2, '0')}`
  await company.change(`
    INSERT INTO crm.tickets SELECT 'R' || (${round} * 4000 + i), CASE WHEN i % 500 > 0 THEN 'C' || i % 300 END, '${day} 08:00:00', 'open', '${day} 10:00:00' FROM range(4000) AS t(i);
    UPDATE crm.tickets SET status = 'closed in ${round}', changed = '${day} 12:00:00' WHERE hash(id) % 7 = ${round % 7} AND customer IS NOT NULL;
    DELETE FROM crm.clients WHERE hash(id) % 5 = ${round % 5};
    INSERT INTO crm.clients SELECT 'C' || i, 'Client ' || i FROM range(${round * 30}, ${(round + 1) * 30}) AS t(i);
    INSERT INTO erp.sales SELECT 'O' || (${round} * 1000 + i), 'C' || i % 300, '${day}' FROM range(1000) AS t(i)`)
}

/** Counts, sums and watermarks. Instants of reading differ between the two, and stand in none of them. */
async function totals(company: Company): Promise<Row[][]> {
  return Promise.all(
    [
      `SELECT count(*) AS rows, count(DISTINCT request_id) AS keys, sum(hash(request_id, customer_id, status, known_from) % 1000003) AS contents FROM raw.requests`,
      `SELECT count(*) AS rows, sum(hash(request_id, status, known_from, known_to, ended_how) % 1000003) AS contents FROM history.requests`,
      `SELECT count(*) AS rows, sum(hash(customer_id, name) % 1000003) AS contents FROM raw.customers`,
      `SELECT count(*) AS rows, sum(hash(customer_id, name, ended_how) % 1000003) AS contents FROM history.customers`,
      `SELECT count(*) AS rows, sum(hash(order_id, customer_id) % 1000003) AS contents FROM raw.orders`,
      `SELECT count(*) AS rows, sum(hash(original, reason) % 1000003) AS contents FROM meta.rejects`,
      `SELECT source, entity, origin, cursor FROM meta.watermarks ORDER BY ALL`,
      `FROM marts.requests_by_customer ORDER BY ALL`,
    ].map((sql) => company.rows(sql)),
  )
}

/** Runs the company in a process of its own; kills it so many milliseconds after the run began. */
async function runIn(at: string, day: number, killAfter?: number): Promise<{ answer: string; milliseconds: number }> {
  const child = spawn(process.execPath, [CHILD, at, String(day)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = new Promise((resolve) => child.once('close', resolve))
  let said = ''
  let started = 0
  const begun = new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString()
      if (started === 0) started = performance.now()
      resolve()
    })
  })
  await Promise.race([begun, closed])
  if (killAfter !== undefined) {
    await Promise.race([sleep(killAfter), closed])
    child.kill('SIGKILL')
  }
  await closed
  return { answer: said.replace('running', '').trim(), milliseconds: performance.now() - started }
}
