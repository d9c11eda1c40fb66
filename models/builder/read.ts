import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, extname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pace } from '../../pace.ts'
import { ModelError } from '../../errors.ts'
import { checkHeader, readHeader } from './header.ts'
import { recordChecks } from './rules.ts'
import type { Materialised, Model, ModelDefinition, SqlModel } from './model.ts'

/** Folders of models, from the source outwards. Views where rows are only renamed and typed. */
const FOLDERS: Readonly<Record<string, Materialised>> = {
  staging: 'view',
  core: 'table',
  rules: 'view',
  marts: 'table',
}

const parsed = new Map<string, Model>()

/** Every model below `folder`, by name. A file that has not changed since the last call is not parsed again. */
export async function readModels(folder: string): Promise<Model[]> {
  const models = await Promise.all(Object.keys(FOLDERS).map((schema) => readSchema(folder, schema)))
  const all = models.flat()
  return [...all, ...recordChecks(all.filter(({ schema }) => schema === 'rules'))].sort((one, other) =>
    one.name < other.name ? -1 : 1,
  )
}

async function readSchema(folder: string, schema: string): Promise<Model[]> {
  const files = await readdir(join(folder, schema)).catch(() => [])
  const wanted = files.filter(
    (file) => extname(file) === '.sql' || (extname(file) === '.ts' && !file.endsWith('.d.ts')),
  )
  const models: Model[] = []
  for (const file of wanted) {
    models.push(await readModel(folder, schema, file))
    await pace()
  }
  return models
}

async function readModel(folder: string, schema: string, file: string): Promise<Model> {
  const path = join(folder, schema, file)
  // Thousands of small files are read several times faster this way than by as many promises.
  const text = readFileSync(path, 'utf8')
  const hash = createHash('sha256').update(text).digest('hex')
  const known = parsed.get(path)
  if (known?.hash === hash) return known
  const table = basename(file, extname(file))
  const place = {
    name: `${schema}.${table}`,
    schema,
    table,
    file: join(basename(folder), relative(folder, path)),
    hash,
  }
  if (!/^[a-z][a-z0-9_]*$/.test(table)) {
    throw new ModelError(`${place.file}: ${table} cannot name a table; use small letters, digits and _`, {
      model: place.name,
      phase: 'read',
    })
  }
  const model = extname(file) === '.sql' ? parseModel(text, place) : await importModel(path, place)
  parsed.set(path, model)
  return model
}

interface Place {
  readonly name: string
  readonly schema: string
  readonly table: string
  readonly file: string
  readonly hash: string
}

/** A model from its text: leading comment lines are the header, the rest is the SELECT. */
export function parseModel(text: string, place: Place): SqlModel {
  const lines = text.split(/\r?\n/)
  const end = lines.findIndex((line) => !line.startsWith('--'))
  const first = end === -1 ? lines.length : end
  const yaml = lines.slice(0, first).map((line) => line.replace(/^-- ?/, ''))
  const header = readHeader(yaml.join('\n'), { ...place, materialised: FOLDERS[place.schema] ?? 'table' })
  const sql = lines.slice(first).join('\n').trimEnd().replace(/;$/, '')
  if (sql.trim() === '') {
    throw new ModelError(`${place.file}: no SELECT after the header`, { model: place.name, phase: 'read' })
  }
  return { kind: 'sql', ...place, ...header, sql, firstLine: first + 1 }
}

async function importModel(path: string, place: Place): Promise<Model> {
  const url = `${pathToFileURL(path).href}?${place.hash.slice(0, 12)}`
  const module = (await import(url)) as { model?: ModelDefinition }
  if (!module.model) {
    throw new ModelError(`${place.file}: exports no model; write export const model = defineModel({ … })`, {
      model: place.name,
      phase: 'read',
    })
  }
  const { reads, types, rows: _rows, ...header } = module.model
  return {
    kind: 'script',
    ...place,
    ...checkHeader(header, { ...place, materialised: 'table' }),
    materialised: 'table',
    reads,
    types,
    module: url,
  }
}
