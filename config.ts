import { existsSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import type { Config, UserConfig } from './config/define.ts'
import { defaultPolicy } from './config/policy.ts'
import { entityNames } from './entities/entities.ts'
import { ConfigError, TrueworthError } from './errors.ts'

/** Types the configuration as it is written. Wrong entity or column names do not compile. */
export function defineConfig(config: UserConfig): UserConfig {
  return config
}

/** A value from the environment, for what must not stand in a file. Throws ConfigError where it is not set. */
export function env(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') {
    throw new ConfigError(`environment variable ${name} is not set; set it before starting, the configuration reads it`)
  }
  return value
}

/**
 * Reads, checks and freezes the configuration.
 * The file is `path`, else the environment's TRUEWORTH_CONFIG, else `trueworth.config.ts` in `root`.
 */
export async function loadConfig(root: string, path?: string): Promise<Config> {
  const file = resolve(root, path ?? process.env['TRUEWORTH_CONFIG'] ?? 'trueworth.config.ts')
  if (!existsSync(file)) throw new ConfigError(`there is no configuration file ${file}; name one with --config`)
  const loaded = await load(file)
  if (loaded.default === undefined) {
    throw new ConfigError(`${file} has no default export; write: export default defineConfig({ … })`)
  }
  return freeze(complete(file, validate(file, loaded.default)))
}

async function load(file: string): Promise<{ default?: unknown }> {
  try {
    return (await import(pathToFileURL(file).href)) as { default?: unknown }
  } catch (cause) {
    if (cause instanceof TrueworthError) throw cause
    const words = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    const place = /^\S*?([^/\\\s]+\.[cm]?[jt]s:\d+)\s/.exec(cause instanceof Error ? (cause.stack ?? '') : '')?.[1]
    throw new ConfigError(`${file} cannot be read${place === undefined ? '' : `, at ${place}`}: ${words}`, { cause })
  }
}

/** Same checks for a configuration that is at hand, e.g. in a test. Relative folders start at `folder`. */
export function configOf(folder: string, config: UserConfig): Config {
  const file = resolve(folder, 'trueworth.config.ts')
  return freeze(complete(file, validate(file, config)))
}

const timeZone = z.string().refine((zone) => isTimeZone(zone), 'is no IANA time zone, e.g. Asia/Shanghai')
const name = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/, 'must be lower-case letters, digits, - and _, starting with a letter')
const share = z.number().min(0).max(1)
const mapping = z.union([
  z.string().min(1),
  z.strictObject({
    from: z.string().min(1),
    values: z.record(z.string(), z.string().nullable()).optional(),
    otherwise: z.string().nullable().optional(),
  }),
])
const reading = {
  nulls: z.array(z.string()).optional(),
  dates: z.array(z.string().min(2)).optional(),
  decimal: z.enum(['.', ',']).optional(),
  thousands: z.string().min(1).optional(),
  timeZone: timeZone.optional(),
}
const layout = {
  format: z.enum(['csv', 'ndjson', 'parquet']).optional(),
  delimiter: z.string().min(1).max(4).optional(),
  quote: z.string().max(1).optional(),
  escape: z.string().max(1).optional(),
  header: z.union([z.boolean(), z.array(z.string().min(1)).min(1)]).optional(),
}
const feed = z.strictObject({
  entity: z.enum(entityNames),
  from: z.string().min(1),
  columns: z.record(z.string(), mapping),
  where: z.string().min(1).optional(),
  cursor: z
    .strictObject({
      column: z.string().min(1),
      lag: z
        .strictObject({
          days: z.number().min(0).optional(),
          hours: z.number().min(0).optional(),
          minutes: z.number().min(0).optional(),
        })
        .optional(),
    })
    .optional(),
  deletions: z.boolean().optional(),
  version: z.string().min(1).optional(),
  rejectShare: share.optional(),
  ...reading,
  ...layout,
})
const base = { name, feeds: z.array(feed).min(1), ...reading }
const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('files'), folder: z.string().min(1), ...base, ...layout }),
  z.strictObject({ kind: z.literal('sqlite'), file: z.string().min(1), ...base }),
  z.strictObject({
    kind: z.literal('postgres'),
    url: z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres://'),
    ...base,
  }),
])
const policy = z.strictObject({
  eatsServiceWorkloadPercentile: share,
  influencedDays: z.number().int().positive(),
  coverageThreshold: share,
  staleAfterHours: z.number().positive(),
  serviceLeadSources: z.array(z.string()),
  cancelledStatuses: z.array(z.string()),
  visitKinds: z.array(z.string()),
  labourCategories: z.array(z.string()),
})
const schema = z.strictObject({
  company: z
    .strictObject({
      name: z.string().min(1).optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'must be three capital letters, e.g. CNY')
        .optional(),
      timeZone: timeZone.optional(),
    })
    .optional(),
  folder: z.string().min(1).optional(),
  server: z
    .strictObject({ host: z.string().optional(), port: z.number().int().min(0).max(65535).optional() })
    .optional(),
  sources: z.array(source),
  schedule: z
    .union([z.literal(false), z.strictObject({ cron: z.string().min(1), timeZone: timeZone.optional() })])
    .optional(),
  asOf: z.iso.date().optional(),
  policy: policy.partial().optional(),
  sample: z
    .strictObject({
      folder: z.string().min(1),
      scale: z.number().int().min(1).max(1000).optional(),
      seed: z.number().int().optional(),
    })
    .optional(),
})

function validate(file: string, value: unknown): UserConfig {
  const result = schema.safeParse(value)
  if (!result.success) {
    const lines = result.error.issues.map(
      (issue) => `  ${issue.path.map(String).join('.') || '(top)'}: ${issue.message}`,
    )
    throw new ConfigError(`${file} is not a valid configuration:\n${lines.join('\n')}`)
  }
  const config = value as UserConfig
  const names = config.sources.map((one) => one.name)
  const twice = names.find((one, i) => names.indexOf(one) !== i)
  if (twice !== undefined)
    throw new ConfigError(`${file}: two sources are named '${twice}'; give each a name of its own`)
  for (const one of config.sources) {
    const feeds = one.feeds.map((each) => `${each.entity} from ${each.from}`)
    const again = feeds.find((each, i) => feeds.indexOf(each) !== i)
    if (again !== undefined)
      throw new ConfigError(`${file}: source '${one.name}' feeds ${again} twice; keep one of them`)
  }
  return config
}

function complete(file: string, config: UserConfig): Config {
  const folder = dirname(file)
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path))
  const zone = config.company?.timeZone ?? 'UTC'
  const schedule = config.schedule === false ? undefined : (config.schedule ?? { cron: '30 5 * * *' })
  return {
    file,
    company: {
      name: config.company?.name ?? 'Trueworth',
      currency: config.company?.currency ?? 'CNY',
      timeZone: zone,
    },
    folder: absolute(config.folder ?? '.trueworth'),
    server: { host: config.server?.host ?? '127.0.0.1', port: config.server?.port ?? 4600 },
    sources: config.sources.map((one) => {
      if (one.kind === 'files') return { ...one, folder: absolute(one.folder) }
      if (one.kind === 'sqlite') return { ...one, file: absolute(one.file) }
      return one
    }),
    schedule: schedule && { cron: schedule.cron, timeZone: schedule.timeZone ?? zone },
    asOf: config.asOf,
    policy: { ...defaultPolicy, ...config.policy },
    sample: config.sample && {
      folder: absolute(config.sample.folder),
      scale: config.sample.scale ?? 1,
      seed: config.sample.seed ?? 1,
    },
  }
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(freeze)
  }
  return value
}
