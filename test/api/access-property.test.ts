// No route tells a viewer anything of rows and words that the rules keep from it: whatever it asks, the answer is to the byte that of a
// company which never had those rows, and in which what stands under hidden words is something else.
// TRUEWORTH_ACCESS_CASES asks more or fewer than ten thousand questions.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { read as readWorkbook } from '@e965/xlsx'
import type { Warehouse } from '../../data/warehouse.ts'
import type { Sight } from '../../api/access.ts'
import type { Action } from '../../entities/actions.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import type { Answer } from '../../models/metrics/metric.ts'
import {
  fillMarts,
  martTypes,
  oneOf,
  openMarts,
  randomOf,
  randomRows,
  type Rows,
  type Types,
} from './access/random-company.ts'
import { randomAddress, randomPage } from './access/random-requests.ts'
import { allowedRows, randomRules, scrambled, withLookups, type Ruled } from './access/random-rules.ts'
import { openServer, type Answered } from './access/server.ts'

const CASES = Number(process.env['TRUEWORTH_ACCESS_CASES'] ?? 10_000)
const TURNS = Math.ceil(CASES / 1_000)
const PER_RULE = 50
const PAGES = 100
const PER_RULE_PAGES = 10
const REJECT = `INSERT INTO meta.rejects (batch_id, source, entity, origin, line, column_name, value, reason, remedy, original, rejected_at)
  VALUES ('b', 'crm', 'requests', 'f.csv', 3, 'opened_at', 'r0q', 'r0q', 'r0q', '{"a":"r0q"}', '2026-03-01')`

let types: Types
let whole: Warehouse
let part: Warehouse
before(async () => {
  types = await martTypes()
  whole = await openMarts(types)
  part = await openMarts(types)
  await whole.write((session) => session.run(REJECT))
})
after(() => {
  whole.close()
  part.close()
})

interface Scene {
  readonly ruled: Ruled
  readonly rows: Rows
  readonly allowed: Rows
  /** Marks of rows that no rule lets through, and of what stands in no mart. */
  readonly forbidden: ReadonlySet<string>
  /** Over all rows, and over what the rules leave of them. */
  readonly here: ReturnType<typeof openServer>
  readonly there: ReturnType<typeof openServer>
}

async function sceneOf(random: () => number, ruled = randomRules(random)): Promise<Scene> {
  const rows = randomRows(types, random)
  const allowed = allowedRows(ruled, rows)
  await fillMarts(whole, rows)
  await fillMarts(part, scrambled(ruled, withLookups(ruled, allowed, rows), types))
  const marks = (some: Rows): string[] => Object.values(some).flatMap((each) => each.map(({ mark }) => mark))
  const open = new Set(marks(allowed))
  const forbidden = new Set(['r0q', ...marks(rows).filter((mark) => !open.has(mark))])
  return { ruled, rows, allowed, forbidden, here: openServer(whole, ruled), there: openServer(part, ruled) }
}

/** Rows of sources are no part of the marts; who may see them is told of by a test of its own. */
function seesSources({ access }: Ruled): boolean {
  const roles = Object.values(access)
  return (
    roles.every(({ hides = [] }) => hides.length === 0) &&
    roles.some(({ rows, may = [] }) => rows === 'all' && may.includes('see_sources'))
  )
}

/** Throws where the two answers differ in anything, or the first has a mark that it must not have. */
function assertTellsNothing(here: Answered, there: Answered, forbidden: ReadonlySet<string>): void {
  assert.equal(here.status, there.status)
  assert.ok(here.status < 500, `${here.status}`)
  assert.deepEqual(here.headers, there.headers)
  const marks = (contentOf(here).match(/r\d+q/g) ?? []).filter((mark) => forbidden.has(mark))
  assert.deepEqual(marks, [])
  if (!here.bytes.equals(there.bytes)) assert.equal(firstDifference(contentOf(here), contentOf(there)), undefined)
}

/** All that is in an answer, as text: a workbook unpacked, without the instant at which it was packed; pictures without their numbering. */
function contentOf({ headers, bytes }: Answered): string {
  if (headers['content-type']?.includes('spreadsheetml')) {
    const { Props: _at, ...book } = readWorkbook(bytes)
    return JSON.stringify(book)
  }
  return bytes.toString().replaceAll(/(gradient_|clip)\d+/g, '')
}

/** Both texts around the first letter in which they differ; undefined: in none. */
function firstDifference(left: string, right: string): string | undefined {
  if (left === right) return undefined
  const at = left.split('').findIndex((letter, place) => letter !== right[place])
  const from = Math.max(0, (at < 0 ? left.length : at) - 200)
  return `${left.slice(from, from + 400)}\n≠\n${right.slice(from, from + 400)}`
}

interface Told {
  answered: number
  refused: number
  rows: number
}

async function askOne(scene: Scene, random: () => number, told: Told): Promise<void> {
  const { sees } = scene.here.queries.sight(scene.ruled.viewer)
  const address = randomAddress(random, sees)
  if (seesSources(scene.ruled) && /pipelines|batches|rows\?/.test(address)) return
  await ask(scene, address, random, told)
  if (/^\/api\/query.*format=json/.test(address) && random() < 0.15) {
    const { status } = await scene.here.ask(address)
    if (status === 200) told.rows += await assertTellsAll(scene, address)
  }
}

async function ask(scene: Scene, address: string, random: () => number, told: Told): Promise<void> {
  const { here, there, forbidden } = scene
  const accept: Record<string, string> = { 'accept-language': oneOf(random, ['en', 'zh']) }
  // What the owner was told just before is kept by then, and its ETag must be worth nothing to anyone else. There are no sources here.
  if (random() < 0.1 && !/rows\?/.test(address)) {
    const { headers } = await here.ask(address, { ...accept, 'x-who': 'owner' })
    if (headers['etag'] !== undefined && !sameAsOwner(scene)) accept['if-none-match'] = headers['etag']
  }
  const [mine, theirs] = await Promise.all([here.ask(address, accept), there.ask(address, accept)])
  try {
    assertTellsNothing(mine, theirs, forbidden)
    assert.notEqual(mine.status, 304)
    assert.deepEqual(here.faults, [])
  } catch (error) {
    throw new Error(`${address}\n${JSON.stringify([scene.ruled.access, scene.ruled.viewer])}`, { cause: error })
  }
  if (mine.status === 200) told.answered += 1
  else told.refused += 1
}

const sameAsOwner = ({ ruled }: Scene): boolean => ruled.rules === 'all' && ruled.hidden.size === 0

/** What is shown is all that may be: the owner of the lesser company is told the same. */
async function assertTellsAll({ here, there, ruled }: Scene, address: string): Promise<number> {
  const body = async (answer: Promise<Answered>): Promise<Answer> =>
    JSON.parse((await answer).bytes.toString()) as Answer
  const [mine, theirs] = await Promise.all([body(here.ask(address)), body(there.ask(address, { 'x-who': 'owner' }))])
  assert.deepEqual(
    [mine.rows, mine.total, mine.evidence?.coverage],
    [theirs.rows, theirs.total, theirs.evidence?.coverage],
    `${address} ${JSON.stringify(ruled.access)}`,
  )
  return mine.rows.length
}

/** Thousands of questions take minutes, and much longer on a machine that is busy. */
const patience = { concurrency: false, timeout: 3 * 3_600_000 }

describe('whatever is asked', patience, () => {
  for (const seed of Array.from({ length: TURNS }, (_, at) => at + 1))
    test(
      `random requests under random rules tell nothing that these keep back: ${seed} of ${TURNS}`,
      patience,
      async () => {
        const random = randomOf(seed)
        const told: Told = { answered: 0, refused: 0, rows: 0 }
        const cases = Math.ceil(CASES / TURNS)
        let scene = await sceneOf(random)
        for (let at = 0; at < cases; at += 1) {
          if (at % PER_RULE === 0) scene = await sceneOf(random)
          await askOne(scene, random, told)
        }
        assert.ok(told.answered > cases / 3 && told.refused > cases / 50, JSON.stringify(told))
        assert.ok(told.rows > cases / 50, JSON.stringify(told))
      },
    )

  test(`nor do ${PAGES} pages`, patience, async () => {
    const random = randomOf(7)
    const told: Told = { answered: 0, refused: 0, rows: 0 }
    let scene = await sceneOf(random)
    for (let at = 0; at < PAGES; at += 1) {
      if (at % PER_RULE_PAGES === 0) scene = await sceneOf(random)
      const address = randomPage(random)
      if (seesSources(scene.ruled) && address.startsWith('/pipelines')) continue
      await ask(scene, address, random, told)
    }
    assert.ok(told.answered > PAGES / 3, JSON.stringify(told))
  })

  test('nor do orders, and what a viewer may not decide on is not there', patience, async () => {
    const random = randomOf(11)
    let taken = 0
    let scene = await sceneOf(random)
    for (let at = 0; at < 200; at += 1) {
      if (at % 5 === 0) scene = await sceneOf(random)
      const { here, there, ruled, allowed, forbidden } = scene
      const leads = (scene.rows['marts.leads'] ?? []).map(({ values }) => String(values['lead_id']))
      const lead = { lead_id: oneOf(random, [...leads, 'L0']), kind: 'taken' } as const
      const customer_id = oneOf(random, ['C1', 'C2', 'C3', 'C0'])
      const order = oneOf<object>(random, [{}, { lead }, { lead }, { classify: { customer_id } }, { lead, full: true }])
      const before = here.ordered.length
      const [mine, theirs] = await Promise.all([here, there].map((server) => server.ask('/api/runs', {}, order)))
      if (mine === undefined || theirs === undefined) throw new RangeError('two were asked')
      // A refusal says back what was asked for.
      const said: readonly string[] = /r\d+q/.exec(lead.lead_id) ?? []
      const kept = new Set([...forbidden].filter((mark) => !said.includes(mark)))
      assertTellsNothing(mine, theirs, seesSources(ruled) ? new Set() : kept)
      const may = (action: Action): boolean => Object.values(ruled.access).some((role) => role.may?.includes(action))
      const among = (mart: string, column: string, value: string): boolean =>
        ruled.rules === 'all' || (allowed[mart] ?? []).some(({ values }) => values[column] === value)
      const isTold = here.ordered.length > before
      taken += Number(isTold)
      if (!isTold) continue
      if ('lead' in order) assert.ok(may('decide_leads') && among('marts.leads', 'lead_id', lead.lead_id))
      if ('classify' in order)
        assert.ok(may('set_classes') && among('marts.customer_advice', 'customer_id', customer_id))
      if (!('lead' in order || 'classify' in order) || 'full' in order) assert.ok(may('run'))
    }
    assert.ok(taken > 20, `${taken}`)
  })
})

describe('a server that', patience, () => {
  const broken: Readonly<Record<string, (sight: Sight) => Partial<Sight>>> = {
    'leaves out the rules of rows': () => ({ allowed: () => undefined }),
    'knows hidden words': () => ({ catalogue: { metrics, dimensions } }),
    'keeps answers without regard to who asks': () => ({ key: '' }),
  }
  for (const [what, change] of Object.entries(broken))
    test(`${what} is found out`, patience, async () => {
      const random = randomOf(5)
      const told: Told = { answered: 0, refused: 0, rows: 0 }
      await assert.rejects(async () => {
        for (let at = 0; at < 300; at += 1) {
          const scene = await sceneOf(random)
          const { queries } = scene.here
          const sight = queries.sight.bind(queries)
          queries.sight = (viewer) => ({ ...sight(viewer), ...change(sight(viewer)) })
          for (let turn = 0; turn < 5; turn += 1) await askOne(scene, random, told)
        }
      }, /\/api\//)
    })
})
