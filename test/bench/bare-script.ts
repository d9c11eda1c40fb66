// Child: writes the SQL of the same run as statements that DuckDB alone can execute.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { literal } from '../../data/quote.ts'
import { installMacros } from '../../data/macros.ts'
import { Warehouse, type Parameter, type Session } from '../../data/warehouse.ts'
import type { EntityName } from '../../entities/entities.ts'
import { root } from '../../main/system.ts'
import type { Model } from '../../models/builder/model.ts'
import { planModels } from '../../models/builder/plan.ts'
import { readModels } from '../../models/builder/read.ts'
import { withScratch } from '../../models/builder/scratch.ts'
import { writePolicy } from '../../models/policy.ts'
import { Landing, readManifest, type Manifest } from '../../pipelines/landing.ts'
import { BatchPreparation, feedOf } from '../../pipelines/load/prepare.ts'
import { contentColumns, createEntityTables } from '../../pipelines/load/tables.ts'
import { answer } from './child.ts'
import { companyOf, folderOf } from './company.ts'

export interface Statement {
  readonly phase: 'load' | 'models' | 'rest'
  /** What it makes. */
  readonly name: string
  readonly sql: string
  readonly parameters: readonly Parameter[]
}

const scale = Number(process.argv[2])
const config = companyOf(scale)
const warehouse = await Warehouse.open(':memory:')
const session = await warehouse.session()
const statements = [...(await foundations()), ...(await loads()), ...(await selects())]
await writeFile(join(folderOf(scale), 'bare.json'), JSON.stringify(statements))
answer({ statements: statements.length })
session.close()
warehouse.close()

/** Schemas, empty raw tables, macros and policy: as Trueworth writes them, written down on the way. */
async function foundations(): Promise<Statement[]> {
  const written: Statement[] = []
  const recorder = {
    run: async (sql: string, parameters: readonly Parameter[] = []) => {
      written.push({ phase: 'rest', name: 'foundations', sql, parameters })
      await session.run(sql, parameters)
    },
    rows: session.rows.bind(session),
    one: session.one.bind(session),
  } as unknown as Session
  await createEntityTables(recorder)
  await installMacros(recorder, config.company)
  const { company, policy } = config
  await writePolicy(recorder, { company, policy, asOf: config.asOf!, knownAt: new Date().toISOString() })
  return written
}

/** Each feed's typed expressions over its Parquet. Nothing else of the mapping is asked for, so DuckDB leaves it out. */
async function loads(): Promise<Statement[]> {
  const landing = await Landing.open(join(config.folder, 'landing'))
  const preparation = new BatchPreparation(config.company)
  const begun = new Set<EntityName>()
  const written: Statement[] = []
  for (const batch of landing.batches) {
    const manifest = await readManifest(batch)
    const configured = feedOf(config, manifest)
    const prepared = configured && (await preparation.prepare(session, { batch, manifest }, configured))
    if (!prepared || 'refused' in prepared.rows) continue
    const { entity } = manifest
    const select = typedRows(manifest, prepared.rows.mapped)
    const sql = begun.has(entity)
      ? `INSERT INTO raw.${entity} ${select}`
      : `CREATE OR REPLACE TABLE raw.${entity} AS ${select}`
    begun.add(entity)
    written.push({ phase: 'load', name: `${manifest.source}.${entity}`, sql, parameters: [] })
  }
  return written
}

function typedRows({ source, batch_id, entity, extracted_at }: Manifest, mapped: string): string {
  const instant = `TIMESTAMP ${literal(extracted_at.replace('T', ' ').replace('Z', ''))}`
  const load = `${literal(source)} AS source, ${literal(batch_id)} AS batch_id, ${instant} AS loaded_at, ${instant} AS known_from, 1::INTEGER AS version_place`
  return `SELECT ${contentColumns(entity).join(', ')}, ${load} FROM (${mapped})`
}

/** The models' own SELECTs, upstream first. */
async function selects(): Promise<Statement[]> {
  const models = await readModels(join(root, 'models'))
  const graph = await withScratch((scratch) => planModels(scratch.session, models, scratch.known))
  const schemas = [...new Set(graph.models.map(({ schema }) => schema))]
  const made = schemas.map((schema) => `CREATE SCHEMA IF NOT EXISTS ${schema}`).join('; ')
  await session.run(`ATTACH ${literal(join(folderOf(scale), 'full-run/warehouse.duckdb'))} AS run (READ_ONLY)`)
  return [
    { phase: 'rest', name: 'schemas', sql: made, parameters: [] },
    ...(await Promise.all(graph.models.map(statementOf))),
  ]
}

async function statementOf(model: Model): Promise<Statement> {
  if (model.kind === 'script') return rowsOfFunction(model)
  const sql = `CREATE ${model.materialised === 'view' ? 'VIEW' : 'TABLE'} ${model.name} AS ${model.sql}`
  return { phase: 'models', name: model.name, sql, parameters: [] }
}

/** What is no SQL, DuckDB alone reads as Trueworth made it. */
async function rowsOfFunction({ name }: Model): Promise<Statement> {
  const file = literal(join(folderOf(scale), `${name}.parquet`))
  await session.run(`COPY run.${name} TO ${file}`)
  return { phase: 'models', name, sql: `CREATE TABLE ${name} AS FROM read_parquet(${file})`, parameters: [] }
}
