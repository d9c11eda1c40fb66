import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { goneRoles, localViewer } from '../api/access.ts'
import type { Config } from '../config/define.ts'
import { openState, type State } from '../data/state.ts'
import { ConfigError, hideSecret } from '../errors.ts'
import { dimensions } from '../models/metrics/catalogue.ts'
import { OWNER } from '../entities/actions.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import { openAudit, type Audit } from '../users/audit.ts'
import type { SignIns } from '../users/sign-ins.ts'
import type { UserRules } from '../users/user.ts'
import { openUsers, type Users } from '../users/users.ts'

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

/** Who may come in: everybody at this machine, or users who sign in. */
export type Door = 'local' | 'users'

/** Users and the log of one configuration. */
export interface People {
  readonly audit: Audit
  readonly users: Users
  readonly rules: UserRules
}

export function openPeople(config: Config, state: Pick<State, 'tables'>, now: () => Date): People {
  const audit = openAudit(state, { retention: config.audit, now })
  const rules = rulesFor(config)
  return { audit, rules, users: openUsers({ state, audit, rules, now }) }
}

/** Whoever signs in has a role of the configuration; the owner is at this machine. */
function rulesFor({ file, signIn, access }: Config): UserRules {
  const roles = Object.keys(access).filter((role) => role !== OWNER)
  const unknown = signIn?.newUsers?.find((role) => !roles.includes(role))
  if (unknown !== undefined)
    throw new ConfigError(`${file}: signIn.newUsers: there is no role '${unknown}'; valid are ${roles.join(', ')}`)
  const managing = roles.filter((role) => access[role]?.may?.includes('manage_users'))
  return { roles, managing, dimensions: Object.keys(dimensions) }
}

/**
 * Who may come in at this address. Throws ConfigError where others reach it and nobody could be told from anybody,
 * or where sign-in is configured and nobody could sign in.
 */
export async function doorOf(config: Config, host: string): Promise<Door> {
  const { signIn } = config
  const known = (await countUsers(config)) > 0 || (signIn?.oidc !== undefined && signIn.newUsers !== undefined)
  const add = 'add one: npm run trueworth -- user add you@example.com --name "Your Name" --role admin'
  if (!known && !LOOPBACK.includes(host))
    throw new ConfigError(
      `the server would listen on ${host}, where others can reach it, and there are no users yet; listen on 127.0.0.1, or ${add}`,
    )
  if (!known && signIn !== undefined)
    throw new ConfigError(`signIn is configured, and there are no users yet who could sign in; take it out, or ${add}`)
  if (known && !LOOPBACK.includes(host) && signIn?.url === undefined)
    throw new ConfigError(
      `the server would listen on ${host}, and nothing says where people open it; set signIn: { url: 'https://…' } in ${config.file}`,
    )
  return known ? 'users' : 'local'
}

/** Who has a role that the configuration does not have any more, and so is shown nothing; a line for each. */
export async function goneRoleWarnings({ access, file }: Config, { users }: People): Promise<string[]> {
  return (await users.list()).flatMap(({ email, roles }) => {
    const gone = goneRoles(access, { roles })
    if (gone.length === 0) return []
    const which = gone.length === 1 ? `role ${gone.join()}, which is` : `roles ${gone.join(', ')}, which are`
    return [
      `${email} has the ${which} not in ${file}, and is shown nothing; take it away (page Users, or user change ${email} --role …), or put it back`,
    ]
  })
}

async function countUsers(config: Config): Promise<number> {
  const file = join(config.folder, 'state.sqlite')
  if (!existsSync(file)) return 0
  const state = openState(file)
  try {
    return await openPeople(config, state, () => new Date()).users.count()
  } finally {
    await state.close()
  }
}

/** Sign-in under an address. The library behind it is loaded only here. */
export async function openSignIn(
  config: Config,
  { users, audit }: People,
  deps: {
    readonly state: State
    readonly url: string
    readonly onFault: (error: Error) => void
    readonly now: () => Date
  },
): Promise<SignIns> {
  const { openSignIns } = await import('../users/sign-ins.ts')
  const { sessionHours = 168, oidc = [], newUsers = [] } = config.signIn ?? {}
  return openSignIns({ ...deps, users, audit, secret: await secretOf(config), sessionHours, oidc, newUsers })
}

/** What cookies are signed with: made once, kept beside the warehouse, for its owner's eyes only. */
async function secretOf({ folder }: Config): Promise<string> {
  const file = join(folder, 'sign-in.secret')
  if (!existsSync(file)) await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  const secret = (await readFile(file, 'utf8')).trim()
  if (secret.length < 32)
    throw new ConfigError(
      `${file} is too short to sign with; remove it, a new one is made, and everybody signs in anew`,
    )
  hideSecret(secret)
  return secret
}

/** The operator of this machine, who shows the key of the note beside the warehouse. */
export function operatorWith(key: string): (headers: Headers) => Viewer | undefined {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  const expected = digest(`Bearer ${key}`)
  return (headers) => (timingSafeEqual(digest(headers.get('authorization') ?? ''), expected) ? localViewer : undefined)
}
