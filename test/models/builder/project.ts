import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { defaultPolicy } from '../../../config/policy.ts'
import { Warehouse, type Session } from '../../../data/warehouse.ts'
import { buildModels, type BuildOptions } from '../../../models/builder/build.ts'
import { knownTables } from '../../../models/builder/known.ts'
import type { AuditOutcome, Graph } from '../../../models/builder/model.ts'
import { planModels } from '../../../models/builder/plan.ts'
import { readModels } from '../../../models/builder/read.ts'
import { withScratch } from '../../../models/builder/scratch.ts'

const company = { name: 'Example', currency: 'CNY', timeZone: 'Asia/Shanghai' }

/** Models in a folder of their own, by path: { 'core/orders.sql': … }. Disposed at the end of its block. */
export async function project(
  files: Readonly<Record<string, string>>,
): Promise<{ folder: string; write(path: string, text: string): Promise<void> } & AsyncDisposable> {
  const base = await mkdtemp(join(tmpdir(), 'trueworth-models-'))
  const folder = join(base, 'models')
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  for (const [path, text] of Object.entries(files)) await write(path, text)
  return { folder, write, [Symbol.asyncDispose]: () => rm(base, { recursive: true }) }
}

/** Plans models given as text. */
export async function plan(files: Readonly<Record<string, string>>): Promise<Graph> {
  await using models = await project(files)
  const read = await readModels(models.folder)
  return withScratch((scratch) => planModels(scratch.session, read, scratch.known))
}

/** A warehouse in memory with the raw tables of all entities, filled by `fill`. */
export async function warehouseWith(fill: string): Promise<Warehouse> {
  const warehouse = await Warehouse.open(':memory:')
  await warehouse.write(async (session) => {
    await session.run('CREATE SCHEMA raw; CREATE SCHEMA history')
    for (const [table, columns] of Object.entries(knownTables({}))) {
      await session.run(
        `CREATE TABLE ${table} (${Object.entries(columns)
          .map(([name, type]) => `"${name}" ${type}`)
          .join(', ')})`,
      )
    }
    await session.run(fill)
  })
  return warehouse
}

/** Builds the models of `folder` in a session, under the default policy on 30 June 2025. */
export async function build(
  session: Session,
  folder: string,
  options: Partial<BuildOptions> = {},
): Promise<AuditOutcome[]> {
  const models = await readModels(folder)
  return buildModels(session, {
    models,
    company,
    policy: defaultPolicy,
    asOf: '2025-06-30',
    knownAt: '2025-07-01T00:00:00Z',
    ...options,
  })
}
