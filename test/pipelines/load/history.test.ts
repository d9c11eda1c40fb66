import * as fc from 'fast-check'
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Feed, FilesSource } from '../../../config/source.ts'
import type { Row } from '../../../data/warehouse.ts'
import { Sandbox, textOf } from '../landed.ts'

const feed: Feed = {
  entity: 'requests',
  from: 'requests.csv',
  columns: { request_id: 'id', customer_id: `'C1'`, opened_at: `'2025-01-01'`, status: 'status' },
  rejectShare: 1,
}
const versioned: FilesSource = { kind: 'files', name: 'crm', folder: '/', feeds: [{ ...feed, version: 'at' }] }
const whole: FilesSource = { kind: 'files', name: 'crm', folder: '/', feeds: [{ ...feed, deletions: true }] }

interface Change {
  readonly id: string
  readonly status: string
  readonly at: number
}

const key: fc.Arbitrary<string> = fc.constantFrom('R1', 'R2', 'R3')
const status = fc.constantFrom('open', 'waiting', 'closed')

/** Changes at instants of their own: a key has one truth at a time. */
const changes = fc.uniqueArray(fc.record({ id: key, status, at: fc.integer({ min: 1, max: 60 }) }), {
  minLength: 1,
  maxLength: 14,
  selector: ({ at }) => at,
})

function lines(rows: readonly { id: string; status: string; at?: number }[]): Row[] {
  return rows.map(({ id, status, at = 0 }, index) => ({
    id,
    status,
    at: instant(at),
    _file: 'requests.csv',
    _line: index + 2,
  }))
}

function instant(minute: number): string {
  return new Date(Date.UTC(2025, 5, 1, 0, minute)).toISOString()
}

async function emptied(sandbox: Sandbox): Promise<void> {
  for (const table of ['raw.requests', 'history.requests', 'meta.rejects', 'meta.batches', 'meta.watermarks']) {
    await sandbox.warehouse.write((session) => session.run(`DELETE FROM ${table}`))
  }
}

/** The versions of each key, oldest first; the current one has no end. */
async function linesOfVersions(sandbox: Sandbox): Promise<Map<string, Row[]>> {
  const rows = await sandbox.rows(
    `SELECT request_id, status, known_from, known_to, ended_how FROM history.requests
     UNION ALL SELECT request_id, status, known_from, NULL, NULL FROM raw.requests
     ORDER BY request_id, known_from, known_to NULLS LAST`,
  )
  return Map.groupBy(rows, (row) => textOf(row['request_id']))
}

function assertChained(versions: readonly Row[]): void {
  for (const [index, { known_from, known_to, ended_how }] of versions.entries()) {
    const next = versions[index + 1]
    if (known_to === null) assert.equal(next, undefined, 'what is current is last')
    else assert.ok(textOf(known_from) < textOf(known_to), 'an interval has a length')
    if (next && ended_how === 'updated')
      assert.equal(known_to, next['known_from'], 'one version ends where the next begins')
    if (next && ended_how === 'deleted') assert.ok(textOf(known_to) <= textOf(next['known_from']))
  }
}

describe('history', () => {
  test('whatever the order and the batches in which versions come, and however often, history is the same and true', async () => {
    const sandbox = await Sandbox.open([versioned])
    try {
      const deliveries = changes.chain((all) =>
        fc.record({
          all: fc.constant(all),
          batches: fc.array(fc.subarray(all), { maxLength: 3 }),
          last: fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          cut: fc.nat({ max: all.length }),
        }),
      )
      await fc.assert(
        fc.asyncProperty(deliveries, async ({ all, batches, last, cut }) => {
          await emptied(sandbox)
          for (const batch of [...batches, last.slice(0, cut), last.slice(cut)])
            await sandbox.deliver(versioned, lines(batch))
          const found = await linesOfVersions(sandbox)
          const told = Map.groupBy(
            all.toSorted((one, other) => one.at - other.at),
            ({ id }) => id,
          )
          assert.deepEqual([...found.keys()].toSorted(), [...told.keys()].toSorted())
          for (const [id, versions] of found) {
            assertChained(versions)
            assert.deepEqual(
              versions.map(({ status, known_from }) => [status, known_from]),
              told.get(id)!.map((change: Change) => [change.status, instant(change.at)]),
            )
          }
        }),
        { numRuns: 25 },
      )
    } finally {
      await sandbox.close()
    }
  })

  test('a source that is read whole is mirrored after each reading, and history tells what it was before', async () => {
    const sandbox = await Sandbox.open([whole])
    try {
      const states = fc.array(fc.uniqueArray(fc.record({ id: key, status }), { selector: ({ id }) => id }), {
        minLength: 1,
        maxLength: 5,
      })
      await fc.assert(
        fc.asyncProperty(states, async (readings) => {
          await emptied(sandbox)
          for (const reading of readings) {
            const before = await sandbox.rows('SELECT request_id, status FROM raw.requests')
            await sandbox.deliver(whole, lines(reading), { full: true })
            const now = await sandbox.rows('SELECT request_id, status FROM raw.requests ORDER BY 1')
            assert.deepEqual(
              now,
              reading
                .map(({ id, status }) => ({ request_id: id, status }))
                .toSorted((one, other) => (one.request_id < other.request_id ? -1 : 1)),
            )
            const past = await sandbox.rows('SELECT DISTINCT request_id, status FROM history.requests')
            for (const row of before) {
              const still = now.some(
                ({ request_id, status }) => request_id === row['request_id'] && status === row['status'],
              )
              const kept = past.some(
                ({ request_id, status }) => request_id === row['request_id'] && status === row['status'],
              )
              assert.ok(still || kept, `${JSON.stringify(row)} is lost`)
            }
          }
          for (const versions of (await linesOfVersions(sandbox)).values()) assertChained(versions)
        }),
        { numRuns: 15 },
      )
    } finally {
      await sandbox.close()
    }
  })
})
