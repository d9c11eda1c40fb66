import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Feed, FilesSource } from '../../../config/source.ts'
import { Sandbox, textOf } from '../landed.ts'

const feed: Feed = {
  entity: 'requests',
  from: 'requests.csv',
  columns: { request_id: 'id', customer_id: 'customer', opened_at: 'opened', status: 'status', recorded_at: 'keyed' },
}

function sourceNamed(name: string, change: Partial<Feed> = {}): FilesSource {
  return { kind: 'files', name, folder: '/nowhere', feeds: [{ ...feed, ...change }] }
}

type Given = { id?: string | null; customer?: string; opened?: string; status?: string; keyed?: string; at?: string }

function lines(...rows: Given[]): Record<string, string | number | null>[] {
  return rows.map((row, index) => ({
    id: null,
    customer: 'C1',
    opened: '2025-01-01 08:00:00Z',
    status: null,
    keyed: null,
    at: null,
    ...row,
    _file: 'requests.csv',
    _line: index + 2,
  }))
}

const raw = 'SELECT request_id, status, source, known_from FROM raw.requests ORDER BY request_id'
const history =
  'SELECT request_id, status, known_from, known_to, ended_how FROM history.requests ORDER BY request_id, known_from, known_to'

async function within(sources: FilesSource[], work: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await Sandbox.open(sources)
  try {
    await work(sandbox)
  } finally {
    await sandbox.close()
  }
}

describe('loading a batch', () => {
  test('rows of the first reading count as known since they happened where the feed says so, later ones never', () =>
    within([sourceNamed('crm', { firstKnown: 'happened' })], async (sandbox) => {
      const [crm] = sandbox.config.sources as [FilesSource]
      await sandbox.deliver(crm, lines({ id: 'R1' }, { id: 'R2', keyed: '2025-01-03 09:00:00Z' }))
      await sandbox.deliver(crm, lines({ id: 'R1' }, { id: 'R3' }))
      const known = await sandbox.rows('SELECT request_id, known_from, loaded_at FROM raw.requests ORDER BY request_id')
      assert.deepEqual(
        known.map(({ request_id, known_from, loaded_at }) => [
          request_id,
          known_from === loaded_at ? 'loaded' : known_from,
        ]),
        [
          ['R1', '2025-01-01T08:00:00.000Z'],
          ['R2', '2025-01-03T09:00:00.000Z'],
          ['R3', 'loaded'],
        ],
      )
    }))

  test('a first batch is loaded, and the same rows again change nothing', () =>
    within([sourceNamed('crm')], async (sandbox) => {
      const [crm] = sandbox.config.sources as [FilesSource]
      const rows = lines({ id: 'R1', status: 'open', keyed: '2025-01-02 09:00:00Z' }, { id: 'R2', status: 'closed' })
      assert.deepEqual(await sandbox.deliver(crm, rows), counts({ rows: 2, loaded: 2 }))
      const before = await sandbox.rows(raw)
      assert.equal(before[0]?.['known_from'], '2025-01-02T09:00:00.000Z', 'known since it was keyed')
      assert.equal(before[1]?.['known_from'], '2026-01-01T01:00:00.000Z', 'known since it was read')
      assert.deepEqual(await sandbox.deliver(crm, rows), counts({ rows: 2, unchanged: 2 }))
      assert.deepEqual(await sandbox.rows(raw), before)
      assert.deepEqual(await sandbox.rows(history), [])
    }))

  test('a changed row ends its former version in history', () =>
    within([sourceNamed('crm')], async (sandbox) => {
      const [crm] = sandbox.config.sources as [FilesSource]
      await sandbox.deliver(crm, lines({ id: 'R1', status: 'open' }, { id: 'R2', status: 'open' }))
      assert.deepEqual(
        await sandbox.deliver(crm, lines({ id: 'R1', status: 'closed' }, { id: 'R3' })),
        counts({ rows: 2, loaded: 2 }),
      )
      const ended = '2026-01-01T02:00:00.000Z'
      assert.deepEqual(await sandbox.rows(history), [
        {
          request_id: 'R1',
          status: 'open',
          known_from: '2026-01-01T01:00:00.000Z',
          known_to: ended,
          ended_how: 'updated',
        },
      ])
      assert.deepEqual((await sandbox.rows(raw))[0], {
        request_id: 'R1',
        status: 'closed',
        source: 'crm',
        known_from: ended,
      })
    }))

  test('versions of one key become its history in order, however late they come', () =>
    within([sourceNamed('crm', { version: 'at' })], async (sandbox) => {
      const [crm] = sandbox.config.sources as [FilesSource]
      const version = (status: string, day: number): Given => ({ id: 'R1', status, at: `2025-02-0${day} 00:00:00Z` })
      const all = [
        version('new', 1),
        version('open', 2),
        version('waiting', 3),
        version('open', 4),
        version('closed', 5),
      ]
      await sandbox.deliver(crm, lines(all[3]!, all[0]!, all[0]!))
      await sandbox.deliver(crm, lines(all[4]!))
      await sandbox.deliver(crm, lines(all[2]!, all[1]!))
      const settled = [await sandbox.rows(raw), await sandbox.rows(history)]
      assert.deepEqual(
        settled[1]!.map(({ status, known_from, known_to }) => [status, day(known_from), day(known_to)]),
        [
          ['new', '01', '02'],
          ['open', '02', '03'],
          ['waiting', '03', '04'],
          ['open', '04', '05'],
        ],
      )
      assert.equal(settled[0]![0]?.['status'], 'closed')
      assert.deepEqual(await sandbox.deliver(crm, lines(...all)), counts({ rows: 5, unchanged: 5 }))
      assert.deepEqual([await sandbox.rows(raw), await sandbox.rows(history)], settled)
    }))

  test('versions of one instant keep the order of their lines, in one batch and in several', () =>
    within([sourceNamed('crm', { version: 'at' })], async (sandbox) => {
      const [crm] = sandbox.config.sources as [FilesSource]
      const version = (status: string, day = 1): Given => ({ id: 'R1', status, at: `2025-02-0${day} 00:00:00Z` })
      const inOrder = async (): Promise<unknown[]> =>
        (
          await sandbox.rows(
            `SELECT status, version_place FROM (FROM raw.requests UNION ALL BY NAME FROM history.requests) ORDER BY known_from, version_place`,
          )
        ).map(({ status, version_place }) => `${textOf(status)} ${Number(version_place)}`)
      const first = lines(version('zero'), version('beta'), version('alpha'), version('alpha'), version('beta'))
      assert.deepEqual(await sandbox.deliver(crm, first), counts({ rows: 5, loaded: 4, duplicates: 1 }))
      assert.deepEqual(await inOrder(), ['zero 1', 'beta 2', 'alpha 3', 'beta 4'])
      await sandbox.deliver(crm, lines(version('gamma')))
      await sandbox.deliver(crm, lines(version('later', 3), version('epsilon'), version('delta')))
      const settled = ['zero 1', 'beta 2', 'alpha 3', 'beta 4', 'gamma 5', 'epsilon 6', 'delta 7', 'later 1']
      assert.deepEqual(await inOrder(), settled)
      await sandbox.deliver(crm, lines(version('between', 2)))
      assert.deepEqual(await inOrder(), [...settled.slice(0, -1), 'between 1', 'later 1'])
      await sandbox.deliver(crm, first)
      assert.equal((await inOrder()).length, 9)
    }))

  test('equal rows of a batch are one row; of different ones with the same key the last stays and the others are rejected', () =>
    within([sourceNamed('crm')], async (sandbox) => {
      const [crm] = sandbox.config.sources as [FilesSource]
      const rows = lines({ id: 'R1', status: 'open' }, { id: 'R2' }, { id: 'R1', status: 'shut' }, { id: 'R2' })
      assert.deepEqual(await sandbox.deliver(crm, rows), counts({ rows: 4, loaded: 2, duplicates: 1, rejected: 1 }))
      assert.equal((await sandbox.rows(raw))[0]?.['status'], 'shut')
      const [reject] = await sandbox.rows('FROM meta.rejects')
      assert.equal(reject?.['line'], 2)
      assert.equal(reject?.['value'], 'R1')
      assert.match(textOf(reject?.['reason']), /superseded in the same batch/)
      assert.equal((JSON.parse(textOf(reject?.['original'])) as { status: string }).status, 'open')
    }))

  test('rows that do not fit are rejected with the whole original, one reject for each fault, and do not stop the rest', () =>
    within([sourceNamed('crm', { rejectShare: 0.5 })], async (sandbox) => {
      const [crm] = sandbox.config.sources as [FilesSource]
      const rows = lines({ id: 'R1' }, { id: null, opened: 'yesterday' }, { id: 'R3' })
      const unreadable = [
        { file: 'requests.csv', line: 9, text: 'R4,"', reason: 'the quote never ends', remedy: 'Close it.' },
      ]
      assert.deepEqual(await sandbox.deliver(crm, rows, { unreadable }), counts({ rows: 3, loaded: 2, rejected: 2 }))
      const rejects = await sandbox.rows(
        'SELECT line, column_name, value, original FROM meta.rejects ORDER BY line, column_name',
      )
      assert.deepEqual(
        rejects.map(({ line, column_name, value }) => [line, column_name, value]),
        [
          [3, 'opened_at', 'yesterday'],
          [3, 'request_id', null],
          [9, null, null],
        ],
      )
      assert.match(textOf(rejects[0]?.['original']), /"opened":"yesterday"/)
      assert.equal(rejects[2]?.['original'], 'R4,"')
      await sandbox.deliver(crm, rows, { unreadable })
      assert.equal((await sandbox.rows('FROM meta.rejects')).length, 3, 'the same rejects are told once')
    }))

  test('a batch with too many rejects does not load, and says what to do', () =>
    within([sourceNamed('crm')], async (sandbox) => {
      const [crm] = sandbox.config.sources as [FilesSource]
      const outcome = await sandbox.deliver(crm, lines({ id: 'R1' }, { id: null }, { id: 'R3' }))
      assert.ok('refused' in outcome)
      assert.match(outcome.refused, /1 of 3 rows .* \(33\.3 %\).*10 %.*rejectShare/)
      for (const table of ['raw.requests', 'meta.rejects', 'meta.batches', 'meta.watermarks']) {
        assert.deepEqual(await sandbox.rows(`FROM ${table}`), [], table)
      }
    }))

  test('a full reading ends the rows it no longer brings, but not those at fault, and takes them back when they return', () =>
    within([sourceNamed('crm', { deletions: true, rejectShare: 0.5 })], async (sandbox) => {
      const [crm] = sandbox.config.sources as [FilesSource]
      const all = lines({ id: 'R1', status: 'open' }, { id: 'R2' }, { id: 'R3' })
      await sandbox.deliver(crm, all)
      const outcome = await sandbox.deliver(crm, lines({ id: 'R2' }, { id: 'R3', opened: 'never' }))
      assert.deepEqual(outcome, counts({ rows: 2, unchanged: 1, rejected: 1, deleted: 1 }))
      assert.deepEqual(await sandbox.rows('SELECT request_id, ended_how FROM history.requests'), [
        { request_id: 'R1', ended_how: 'deleted' },
      ])
      assert.deepEqual(await sandbox.rows('SELECT request_id FROM raw.requests ORDER BY 1'), [
        { request_id: 'R2' },
        { request_id: 'R3' },
      ])
      assert.deepEqual(await sandbox.deliver(crm, all), counts({ rows: 3, loaded: 1, unchanged: 2 }))
      assert.equal((await sandbox.rows(raw)).length, 3)
      const empty = await sandbox.deliver(crm, [])
      assert.ok('refused' in empty && /has no rows, where 3 are loaded/.test(empty.refused))
      assert.deepEqual(await sandbox.deliver(crm, [], { full: true }), counts({ deleted: 3 }))
    }))

  test('a key belongs to the source named first, whichever came first', () =>
    within([sourceNamed('erp'), sourceNamed('crm')], async (sandbox) => {
      const [erp, crm] = sandbox.config.sources as [FilesSource, FilesSource]
      await sandbox.deliver(crm, lines({ id: 'R1', status: 'of crm' }, { id: 'R2', status: 'of crm' }))
      assert.deepEqual(
        await sandbox.deliver(erp, lines({ id: 'R1', status: 'of erp' })),
        counts({ rows: 1, loaded: 1 }),
      )
      assert.deepEqual(
        await sandbox.deliver(crm, lines({ id: 'R1', status: 'again' }, { id: 'R2', status: 'of crm' })),
        counts({ rows: 2, unchanged: 1, rejected: 1 }),
      )
      assert.deepEqual(
        (await sandbox.rows(raw)).map(({ request_id, status, source }) => [request_id, status, source]),
        [
          ['R1', 'of erp', 'erp'],
          ['R2', 'of crm', 'crm'],
        ],
      )
      const [reject] = await sandbox.rows('FROM meta.rejects')
      assert.match(textOf(reject?.['reason']), /another source .* owns this key/)
    }))
})

function counts(change: Record<string, number>): Record<string, number> {
  return { rows: 0, loaded: 0, unchanged: 0, duplicates: 0, leftOut: 0, rejected: 0, deleted: 0, ...change }
}

function day(instant: unknown): string {
  return textOf(instant).slice(8, 10)
}
