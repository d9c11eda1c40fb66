import { readFile } from 'node:fs/promises'
import { basename, dirname, extname } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { defaultPolicy, type Policy } from '../../config/policy.ts'
import type { Session } from '../../data/warehouse.ts'
import { ModelError } from '../../errors.ts'
import type { Graph, PlannedModel } from '../../models/builder/model.ts'
import { nearest } from '../../models/builder/nearest.ts'
import { fillScript } from '../../models/builder/script.ts'
import { writePolicy } from '../../models/policy.ts'
import { compareRows, type Cells } from './compare.ts'

/** What a policy may say; `recordsFrom` has no default. */
const POLICY_WORDS = [...Object.keys(defaultPolicy), 'recordsFrom']

const rows = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])))

const testCase = z.strictObject({
  /** The sentence the test proves. */
  test: z.string().min(1),
  /** Rows of upstream tables: only the columns that matter. */
  given: z.record(z.string(), rows).default({}),
  /** Overrides of the default policy, in the words of trueworth.config.ts. */
  policy: z.record(z.string(), z.unknown()).default({}),
  clock: z.strictObject({ as_of: z.string().optional(), known_at: z.string().optional() }).default({}),
  /** Rows the model must give, in any order: only the columns listed are compared. */
  expect: rows,
})

export type ModelCase = z.infer<typeof testCase>

/** The cases of test/models/<schema>/<model>.yaml. */
export async function readCases(path: string): Promise<{ model: string; cases: ModelCase[] }> {
  const model = `${basename(dirname(path))}.${basename(path, extname(path))}`
  const result = z.array(testCase).safeParse(parse(await readFile(path, 'utf8')))
  if (result.success) return { model, cases: result.data }
  const [issue] = result.error.issues
  throw new ModelError(
    `${path}: ${issue?.path.join('.')}: ${issue?.message}. A case has test, given, policy, clock, expect`,
    {
      model,
      phase: 'test',
    },
  )
}

/** Runs one case on a scratch session, in a transaction of its own. Throws with a table of differences. */
export async function runCase(
  session: Session,
  graph: Graph,
  { model: name, ...one }: ModelCase & { model: string },
): Promise<void> {
  const model = graph.models.find((candidate) => candidate.name === name)
  if (!model)
    throw new ModelError(
      `there is no model ${name}; ${near(
        name,
        graph.models.map((other) => other.name),
      )}`,
      { model: name, phase: 'test' },
    )
  await session.run('BEGIN TRANSACTION')
  try {
    await arrange(session, graph, model, one)
    const actual = model.kind === 'sql' ? model.sql : `FROM ${model.name}`
    if (model.kind === 'script') await fillScript(session, model)
    const unknown = one.expect.flatMap(Object.keys).find((column) => !(column in model.columnTypes))
    if (unknown !== undefined)
      throw wrong(model, `expect: no column ${unknown}; ${near(unknown, Object.keys(model.columnTypes))}`)
    const difference = compareRows(await session.rows<Cells>(actual), one.expect, model.columnTypes)
    if (difference !== undefined) throw wrong(model, `not the rows expected\n${difference}`)
  } finally {
    await session.run('ROLLBACK')
  }
}

async function arrange(
  session: Session,
  graph: Graph,
  model: PlannedModel,
  { given, policy, clock }: Omit<ModelCase, 'test' | 'expect'>,
): Promise<void> {
  const unknown = Object.keys(policy).find((key) => !POLICY_WORDS.includes(key))
  if (unknown !== undefined) throw wrong(model, `policy: no ${unknown}; ${near(unknown, POLICY_WORDS)}`)
  const changed = Object.keys(policy).length + Object.keys(clock).length > 0
  if (changed) {
    const leads = { ...defaultPolicy.leads, ...(policy['leads'] as Partial<Policy['leads']> | undefined) }
    await setRules(session, { ...defaultPolicy, ...policy, leads }, clock)
  }
  for (const [table, cells] of Object.entries(given)) {
    if (!model.upstream.includes(table))
      throw wrong(model, `given: the model does not read ${table}; it reads ${model.upstream.join(', ')}`)
    const types = graph.known[table] ?? graph.models.find((other) => other.name === table)?.columnTypes ?? {}
    if (table.startsWith('policy.'))
      throw wrong(model, `given: ${table} follows from policy: and clock: of the case; write it there`)
    await insert(session, model, { table, cells, types })
  }
}

/** The rules and clock of a case that names none. */
export async function setRules(
  session: Session,
  policy: Policy,
  clock: { as_of?: string | undefined; known_at?: string | undefined },
): Promise<void> {
  const asOf = clock.as_of ?? '2025-06-30'
  const knownAt = clock.known_at ?? `${asOf}T23:59:59Z`
  await writePolicy(session, { policy, company: { currency: 'CNY', timeZone: 'Asia/Shanghai' }, asOf, knownAt })
}

interface GivenRows {
  readonly table: string
  readonly cells: readonly Cells[]
  readonly types: Readonly<Record<string, string>>
}

async function insert(session: Session, model: PlannedModel, { table, cells, types }: GivenRows): Promise<void> {
  const columns = [...new Set(cells.flatMap(Object.keys))]
  if (columns.length === 0) return
  const unknown = columns.find((column) => !(column in types))
  if (unknown !== undefined)
    throw wrong(model, `given ${table}: no column ${unknown}; ${near(unknown, Object.keys(types))}`)
  const list = columns.map((column) => `"${column}"`).join(', ')
  const shape = JSON.stringify([Object.fromEntries(columns.map((column) => [column, 'VARCHAR']))])
  const casts = columns.map((column) => `CAST(cells."${column}" AS ${types[column]})`).join(', ')
  await session.run(
    `INSERT INTO ${table} (${list}) SELECT ${casts} FROM (SELECT unnest(from_json($1::VARCHAR, '${shape}')) AS cells)`,
    [JSON.stringify(cells)],
  )
}

function wrong(model: PlannedModel, what: string): ModelError {
  return new ModelError(`${model.file}: ${what}`, { model: model.name, phase: 'test' })
}

function near(name: string, candidates: readonly string[]): string {
  const like = nearest(name, candidates)
  return `there are ${candidates.join(', ')}${like ? `; nearest: ${like}` : ''}`
}
