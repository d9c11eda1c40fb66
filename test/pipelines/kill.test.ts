import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { after as afterAll, before, test, type TestContext } from 'node:test'
import { openState } from '../../data/state.ts'
import { Warehouse, type Row, type Session } from '../../data/warehouse.ts'
import { SampleCompany, type Ended } from './sample-company.ts'

/** Fixed, so that a failure can be seen again. */
const SEED = 20260630

let company: SampleCompany
before(async () => {
  company = await SampleCompany.make()
})
afterAll(() => company.remove())

test('a first run of the sample company, killed at a random instant and in its commit, is in the end as if undisturbed', async (context) => {
  const calm = await undisturbed(await company.place('calm'))
  const killed = await killAndFinish('killed', await company.place('killed'), { calm, seed: SEED, count: 1 })
  tell(context, calm, killed)
  assertSame(await contents('killed'), await contents('calm'))
  assert.deepEqual(await leftovers('killed'), [])
})

test('a run that brings a day of changes, killed at three random instants and in its commits, too', async (context) => {
  const configs = [await company.place('one', 'calm'), await company.place('other', 'calm')]
  const former = await contents('calm')
  await company.passDay()
  const calm = await undisturbed(await company.place('calm'))
  const expected = await contents('calm')
  assert.notDeepEqual(expected, former)
  for (const [index, name] of ['one', 'other'].entries()) {
    const killed = await killAndFinish(name, configs[index]!, { calm, seed: SEED + index + 1, count: 2 - index })
    tell(context, calm, killed)
    assertSame(await contents(name), expected)
    assert.deepEqual(await leftovers(name), [])
  }
})

async function undisturbed(config: string): Promise<Ended> {
  const ended = await company.run(config)
  assert.equal(ended.code, 0, ended.said)
  return ended
}

/** Tells of the tables that differ only: there are hundreds. */
function assertSame(actual: Record<string, Row>, expected: Record<string, Row>): void {
  const differing = Object.keys({ ...expected, ...actual }).filter(
    (table) => !isDeepStrictEqual(actual[table], expected[table]),
  )
  const of = (all: Record<string, Row>): Record<string, Row | undefined> =>
    Object.fromEntries(differing.map((table) => [table, all[table]]))
  assert.deepEqual(of(actual), of(expected))
}

type Kill = (said: string) => boolean

/**
 * Random instants spread over the course of a run: one in each of as many equal parts of what the undisturbed run
 * told, and a few milliseconds later. By what is told, since a run takes twice as long where the machine has other work.
 */
function instants(count: number, calm: Ended, seed: number): Kill[] {
  let state = seed
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const told = stepsIn(calm.said)
  const parts = Array.from({ length: count }, (_, part) => {
    const step = told[Math.floor(((part + random()) / count) * told.length)] ?? ''
    // What was read once is in landing and not told of again: only the first can be killed while it reads.
    return { kill: soonAfter(step, random() * 20), order: step.startsWith('read') ? -1 : random() }
  })
  return parts.toSorted((one, other) => one.order - other.order).map(({ kill }) => kill)
}

/** What a run told: 'read crm.requests', 'load crm.requests', 'build core.requests' … */
function stepsIn(said: string): string[] {
  return [...said.matchAll(/^ +(read|load|build) +(\S+)/gm)].map(([, step, subject]) => `${step} ${subject}`)
}

/** A run that has nothing new to read does not tell of it: then the end of all reading will do. */
function soonAfter(step: string, milliseconds: number): Kill {
  let since: number | undefined
  const reading = step.startsWith('read')
  return (said) => {
    const told = stepsIn(said)
    if (told.includes(step) || (reading && told.some((other) => !other.startsWith('read')))) since ??= performance.now()
    return since !== undefined && performance.now() - since >= milliseconds
  }
}

/** Kills a run at each instant, and one as its commit begins, in the same folder; then lets one end. */
async function killAndFinish(
  name: string,
  config: string,
  { calm, seed, count }: { calm: Ended; seed: number; count: number },
): Promise<Ended[]> {
  const atRandom = instants(count, calm, seed)
  const killed: Ended[] = []
  for (const kill of [...atRandom, inCommit(name, calm)]) {
    const ended = await company.run(config, kill)
    killed.push(ended)
    assert.ok(ended.code === null || killed.length > atRandom.length, `this one was to be killed: ${ended.said}`)
  }
  const last = await company.run(config)
  assert.equal(last.code, 0, last.said)
  const states = await statuses(name)
  assert.equal(states.at(-1), 'succeeded')
  assert.ok(!states.includes('running'))
  return killed
}

/** True when the files of the warehouse are written to after the last thing that a run tells before it commits. */
function inCommit(name: string, calm: Ended): Kill {
  const last = stepsIn(calm.said).at(-1) ?? ''
  let former: string | undefined
  return (said) => {
    if (!stepsIn(said).includes(last)) return false
    const look = company.filesOf(name)
    former ??= look
    return look !== former
  }
}

function tell(context: TestContext, calm: Ended, killed: readonly Ended[]): void {
  const instants = killed.map(({ code, milliseconds, phase }) =>
    code === null ? `${Math.round(milliseconds)} (${phase})` : 'the commit was too quick for it',
  )
  context.diagnostic(
    `seed ${SEED}; undisturbed ${Math.round(calm.milliseconds)} ms; killed after ${instants.join(', ')} ms`,
  )
}

async function statuses(name: string): Promise<string[]> {
  const state = openState(join(company.at(name), 'state.sqlite'))
  try {
    const runs = await state.tables.selectFrom('runs').select('status').orderBy('started_at').execute()
    return runs.map(({ status }) => status)
  } finally {
    await state.close()
  }
}

/** Files and folders in landing that belong to no batch. */
async function leftovers(name: string): Promise<string[]> {
  const names = await readdir(join(company.at(name), 'landing'), { recursive: true })
  const entities = names.filter((path) => path.split('/').length > 2)
  const sealed = new Set(entities.filter((path) => path.endsWith('.json')).map((path) => path.slice(0, -5)))
  return entities.filter((path) => !sealed.has(path.replace(/\.(json|parquet|unreadable\.ndjson)$/, '')))
}

/** What differs between two runs of the same rows: when they were read, and under which name. */
const OF_THE_READING = [
  'batch_id',
  'run_id',
  'loaded_at',
  'extracted_at',
  'read_at',
  'rejected_at',
  'ended_by_batch',
  // No feed of the sample has versions: what is superseded ends when the next was read.
  'known_to',
  // Nor has a task events: who held it when is told by when its versions were read.
  'began_at',
  'ended_at',
  'held_since',
  'dwell_minutes',
  // The newest look at leads is of now.
  'known_at',
]
/** Of which a run has more where others were cut off. */
const LISTS_OF_RUNS = ['meta.batches', 'meta.versions', 'policy.clock']

/** Rows of each table, and the sum of each column: of numbers the sum itself, of anything else that of its hashes. */
async function contents(name: string): Promise<Record<string, Row>> {
  const warehouse = await Warehouse.open(join(company.at(name), 'warehouse.duckdb'))
  try {
    return await warehouse.read(async (session) => {
      const all: Record<string, Row> = {}
      for (const [table, columns] of await tables(session)) {
        const sums = columns.filter(({ column }) => !isOfReading(table, column)).map(sumOf)
        all[table] = (await session.one(`SELECT count(*) AS rows, ${sums.join(', ')} FROM ${table}`))!
      }
      const marks = await session.rows('SELECT source, entity, origin, cursor FROM meta.watermarks ORDER BY ALL')
      return { ...all, watermarks: Object.fromEntries(marks.map((mark) => [JSON.stringify(mark), true])) }
    })
  } finally {
    warehouse.close()
  }
}

/** Views of versions have no column that tells when a row was read. */
function isOfReading(table: string, column: string): boolean {
  return OF_THE_READING.includes(column) || (column === 'known_from' && table.startsWith('staging.'))
}

type Column = { readonly table: string; readonly column: string; readonly type: string }

async function tables(session: Session): Promise<Map<string, Column[]>> {
  const columns = await session.rows<Column>(
    `SELECT schema_name || '.' || table_name AS "table", column_name AS "column", data_type AS type FROM duckdb_columns()
     WHERE NOT internal AND database_name = current_database() ORDER BY ALL`,
  )
  return Map.groupBy(
    columns.filter(({ table }) => !LISTS_OF_RUNS.includes(table)),
    ({ table }) => table,
  )
}

/** Without a version or an instant of recording a row is known from when it was read: that one instant differs. */
function sumOf({ table, column, type }: Column): string {
  const name = `"${column}"`
  if (['DOUBLE', 'FLOAT'].includes(type)) return `round(sum(${name}), 3) AS ${name}`
  if (/^(DECIMAL|HUGEINT|BIGINT|INTEGER)/.test(type)) return `CAST(sum(${name}) AS VARCHAR) AS ${name}`
  const ofReading = column === 'known_from' && /^(raw|history)\./.test(table)
  const value = ofReading ? `CASE WHEN ${name} < loaded_at THEN ${name} END` : name
  return `CAST(sum(hash(${value})) AS VARCHAR) AS ${name}`
}
