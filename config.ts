import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseEnv } from 'node:util'
import { accessOf } from './config/access.ts'
import type { Config, UserConfig } from './config/define.ts'
import { mailOf } from './config/mail.ts'
import { defaultPolicy } from './config/policy.ts'
import { configSchema } from './config/schema.ts'
import type { Remote } from './config/source.ts'
import { ConfigError, hideSecret, TrueworthError } from './errors.ts'

/** Types the configuration as it is written. Wrong entity or column names do not compile. */
export function defineConfig(config: UserConfig): UserConfig {
  return config
}

export { recipe } from './config/recipes.ts'
export { executiveMonthly, headWeekly, salesDaily } from './config/ready-reports.ts'

/** Values of the secrets file; the environment goes before them. */
let secrets: NodeJS.Dict<string> = {}

/**
 * A value from the environment, else from the secrets file, for what must not stand in a configuration.
 * Throws ConfigError where it is in neither.
 */
export function env(name: string): string {
  const value = process.env[name] ?? secrets[name]
  if (value === undefined || value === '') {
    throw new ConfigError(
      `environment variable ${name} is not set; set it before starting, or in the secrets file, the configuration reads it`,
    )
  }
  return value
}

/**
 * Lines NAME=value of the file that TRUEWORTH_SECRETS names, else of `secrets.env` beside the configuration.
 * Throws ConfigError where it cannot be read, or others than its owner may read it.
 */
function readSecrets(folder: string): NodeJS.Dict<string> {
  const named = process.env['TRUEWORTH_SECRETS']
  const file = resolve(folder, named ?? 'secrets.env')
  if (!existsSync(file)) {
    if (named === undefined) return {}
    throw new ConfigError(`there is no secrets file ${file}; set TRUEWORTH_SECRETS to one that is there`)
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new ConfigError(`others may read the secrets file ${file}; run: chmod 600 ${file}`)
  const values = parseEnv(readFileSync(file, 'utf8'))
  for (const value of Object.values(values)) hideSecret(value ?? '')
  return values
}

/** What of a configuration is secret, wherever it was taken from: no error, log, record or manifest shows it. */
function hideSecrets({ sources, leadWebhook, webhooks, mail, signIn }: Config): void {
  for (const { clientSecret } of signIn?.oidc ?? []) if (clientSecret !== undefined) hideSecret(clientSecret)
  for (const webhook of [leadWebhook, ...Object.values(webhooks ?? {})])
    if (webhook !== undefined) hideSecret(webhook.secret)
  hideSecret(mail?.smtp.password ?? '')
  for (const source of sources) {
    if (source.kind === 'http') {
      const { auth } = source
      if (auth?.kind === 'bearer') hideSecret(auth.token)
      if (auth?.kind === 'basic') hideSecret(auth.password)
      if (auth?.kind === 'header' || auth?.kind === 'query') hideSecret(auth.value)
      if (auth?.kind === 'oauth2') hideSecret(auth.clientSecret)
    }
    if (source.kind === 'files' && source.remote !== undefined)
      for (const one of secretsOf(source.remote)) hideSecret(one)
    if (source.kind === 'postgres' || source.kind === 'mysql' || source.kind === 'sqlserver') {
      const password = URL.parse(source.url)?.password ?? ''
      hideSecret(source.url)
      hideSecret(password)
      hideSecret(decodeURIComponent(password))
    }
  }
}

/** A key of several lines is secret line by line too. */
function secretsOf(remote: Remote): string[] {
  if (remote.kind === 's3') return [remote.secretAccessKey]
  const { password = '', privateKey = '', passphrase = '' } = remote
  const lines = privateKey.split(/\r?\n/).filter((line) => line.length > 16 && !line.startsWith('-----'))
  return [password, passphrase, privateKey, ...lines]
}

/**
 * Reads, checks and freezes the configuration.
 * The file is `path`, else the environment's TRUEWORTH_CONFIG, else `trueworth.config.ts` in `root`.
 */
export async function loadConfig(root: string, path?: string): Promise<Config> {
  const file = resolve(root, path ?? process.env['TRUEWORTH_CONFIG'] ?? 'trueworth.config.ts')
  if (!existsSync(file)) throw new ConfigError(`there is no configuration file ${file}; name one with --config`)
  secrets = readSecrets(dirname(file))
  const loaded = await load(file)
  if (loaded.default === undefined) {
    throw new ConfigError(`${file} has no default export; write: export default defineConfig({ … })`)
  }
  const config = freeze(complete(file, validate(file, loaded.default)))
  hideSecrets(config)
  return config
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

function validate(file: string, value: unknown): UserConfig {
  const result = configSchema.safeParse(value)
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
  const warehouse = absolute(config.folder ?? '.trueworth')
  const zone = config.company?.timeZone ?? 'UTC'
  const schedule = config.schedule === false ? undefined : (config.schedule ?? { cron: '30 5 * * *' })
  return {
    file,
    company: {
      name: config.company?.name ?? 'Trueworth',
      currency: config.company?.currency ?? 'CNY',
      timeZone: zone,
    },
    folder: warehouse,
    server: { host: config.server?.host ?? '127.0.0.1', port: config.server?.port ?? 4600 },
    signIn: config.signIn,
    audit: config.audit,
    memory: config.memory,
    threads: config.threads,
    disk: config.disk,
    limits: config.limits,
    sources: config.sources.map((one) => {
      if (one.kind === 'files') {
        const { folder: below } = one
        return { ...one, folder: below === undefined ? join(warehouse, 'cache', one.name) : absolute(below) }
      }
      if (one.kind === 'sqlite') return { ...one, file: absolute(one.file) }
      return one
    }),
    schedule: schedule && { cron: schedule.cron, timeZone: schedule.timeZone ?? zone },
    asOf: config.asOf,
    policy: {
      ...defaultPolicy,
      ...config.policy,
      leads: { ...defaultPolicy.leads, ...config.policy?.leads },
    },
    access: accessOf(config.access),
    alerts: config.alerts,
    leadWebhook: config.leadWebhook,
    webhooks: config.webhooks,
    reports: config.reports,
    mail: config.mail && mailOf(config.mail),
    sample: config.sample && {
      folder: absolute(config.sample.folder),
      scale: config.sample.scale ?? 1,
      seed: config.sample.seed ?? 1,
    },
  }
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(freeze)
  }
  return value
}
