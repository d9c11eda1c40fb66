import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { entityNames, sourceColumns } from '../entities/entities.ts'
import type { Words } from '../entities/entity.ts'
import { ConfigError } from '../errors.ts'
import { mapping } from './schema.ts'
import type { ColumnMapping, Feed } from './source.ts'

const FOLDER = join(import.meta.dirname, 'recipes')

const words = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })
const recipeSchema = z.strictObject({
  /** The system's own name. */
  system: z.string().min(1),
  /** Zone of its instants that carry none. */
  timeZone: z.string().optional(),
  nulls: z.array(z.string()).optional(),
  feeds: z
    .array(
      z.strictObject({
        entity: z.enum(entityNames),
        /** Its object or table, in the system's own spelling. */
        object: z.string().min(1),
        cursor: z.string().optional(),
        where: z.string().optional(),
        version: z.string().optional(),
        columns: z.record(z.string(), mapping),
      }),
    )
    .min(1),
  /** What the system cannot give, and what to do. */
  lacks: z.array(words).min(1),
})

/** How a known system maps to the entities, as its file in `config/recipes/` says. Columns stand as {Name}. */
export type Recipe = z.infer<typeof recipeSchema>

export interface RecipeOptions {
  /** Where an object is found: a file or table, with {object} for its name. Default: the name alone. */
  readonly from?: string
  /** How names are spelled: as in the system, or as warehouses copy them (CreatedDate → created_date). Default: as in the system. */
  readonly names?: 'own' | 'snake'
  /** Only these entities. Default: all that the recipe has. */
  readonly only?: readonly string[]
  /** Columns that differ at your company, by entity. */
  readonly columns?: Readonly<Record<string, Readonly<Record<string, ColumnMapping>>>>
}

/** Names of the systems that there are recipes for. */
export function recipeNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace('.yaml', ''))
    .toSorted((one, other) => (one < other ? -1 : 1))
}

/** Reads and checks one recipe. Throws ConfigError that names file and field. */
export function readRecipe(name: string): Recipe {
  const known = recipeNames()
  if (!known.includes(name)) throw new ConfigError(`there is no recipe '${name}'; there are ${known.join(', ')}`)
  const result = recipeSchema.safeParse(parse(readFileSync(join(FOLDER, `${name}.yaml`), 'utf8')))
  if (!result.success) {
    const lines = result.error.issues.map(({ path, message }) => `  ${path.map(String).join('.')}: ${message}`)
    throw new ConfigError(`config/recipes/${name}.yaml is no recipe:\n${lines.join('\n')}`)
  }
  for (const { entity, columns } of result.data.feeds) {
    const unknown = Object.keys(columns).find((column) => !(column in sourceColumns(entity)))
    if (unknown !== undefined)
      throw new ConfigError(`config/recipes/${name}.yaml: ${entity} has no column '${unknown}'`)
  }
  return result.data
}

/** What the system of a recipe cannot give, in words. */
export function lacksOf(name: string): readonly Words[] {
  return readRecipe(name).lacks
}

/**
 * The feeds of a known system: `{ name: 'crm', kind: 'files', folder: 'exports', ...recipe('salesforce', { from: '{object}.csv' }) }`.
 * What is not there at your company – an object, an optional column – is left out, and `check` says so.
 */
export function recipe(
  name: string,
  options: RecipeOptions = {},
): {
  readonly recipe: string
  readonly feeds: readonly Feed[]
  readonly timeZone?: string
  readonly nulls?: readonly string[]
} {
  const { feeds, timeZone, nulls } = readRecipe(name)
  const wanted = feeds.filter(({ entity }) => options.only === undefined || options.only.includes(entity))
  return {
    recipe: name,
    feeds: wanted.map((feed) => feedOf(feed, options)),
    ...(timeZone !== undefined && { timeZone }),
    ...(nulls !== undefined && { nulls }),
  }
}

function feedOf(
  { entity, object, cursor, where, version, columns }: Recipe['feeds'][number],
  { from = '{object}', names = 'own', columns: own = {} }: RecipeOptions,
): Feed {
  const spell = (name: string): string => (names === 'snake' ? snake(name) : name)
  const filled = (text: string): string => {
    const alone = /^\{([^}]+)\}$/.exec(text)?.[1]
    if (alone !== undefined) return spell(alone)
    return text.replaceAll(/\{([^}]+)\}/g, (_, column: string) => `"${spell(column)}"`)
  }
  const mapped = Object.entries(columns).map(([column, given]) => [
    column,
    typeof given === 'string' ? filled(given) : { ...given, from: filled(given.from) },
  ])
  return {
    entity,
    from: from.replaceAll('{object}', spell(object)),
    ifPresent: true,
    ...(cursor !== undefined && { cursor: { column: spell(cursor), lag: { hours: 1 } } }),
    ...(where !== undefined && { where: filled(where) }),
    ...(version !== undefined && { version: filled(version) }),
    columns: { ...(Object.fromEntries(mapped) as Record<string, ColumnMapping>), ...own[entity] },
  } as Feed
}

/** CreatedDate → created_date, Product2Id → product_2_id, Region__c → region_c, as the usual copies into warehouses spell them. */
export function snake(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z0-9])/g, '$1_$2')
    .replaceAll(/([0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/_+/g, '_')
    .toLowerCase()
}
