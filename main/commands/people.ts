import { userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Config } from '../../config/define.ts'
import { openState, type State } from '../../data/state.ts'
import { RequestError } from '../../errors.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import { describeError, textTable } from '../../terminal.ts'
import { writeAttributes } from '../../users/user.ts'
import { openPeople, openSignIn, type People } from '../people.ts'
import type { Say } from '../progress.ts'
import { runningServer } from '../running-server.ts'

export interface UserFlags {
  readonly role?: readonly string[]
  readonly attribute?: readonly string[]
  readonly lock?: boolean
  readonly unlock?: boolean
}

export interface AuditFlags {
  readonly user?: string
  readonly limit: number
  readonly json?: boolean
}

const now = (): Date => new Date()
/** Who may run commands here owns the folder, and so everything in it. */
export const operator = (): Viewer => ({ id: 'local', name: userInfo().username, roles: ['owner'] })

/** `trueworth user add`. */
export async function addUser(
  config: Config,
  email: string,
  { flags, say }: { flags: UserFlags & { name: string; password: boolean }; say: Say },
): Promise<number> {
  const { name, role: roles = [], attribute: attributes = [] } = flags
  return withPeople(config, async ({ users }) => {
    const first = (await users.count()) === 0
    const password = flags.password ? { password: await readPassword(say) } : {}
    const added = await users.add({ email, name, roles, attributes, ...password }, operator())
    say(`${added.email} may sign in: ${added.roles.join(', ')}`)
    const server = first ? await runningServer(config) : undefined
    if (server !== undefined) say(`the server at ${server.url} asks nobody to sign in yet; start it again`)
  })
}

/** `trueworth user list`. */
export async function listUsers(config: Config, { json }: { json?: boolean }): Promise<number> {
  return withPeople(config, async ({ users }) => {
    const all = await users.list()
    if (json) console.log(JSON.stringify(all, null, 2))
    else
      console.log(
        textTable(
          ['e-mail', 'name', 'roles', 'attributes', 'signs in by', 'state'],
          all.map((user) => [
            user.email,
            user.name,
            user.roles.join(', '),
            writeAttributes(user.attributes).join(', '),
            user.proofs.map((proof) => (proof === 'credential' ? 'password' : proof)).join(', '),
            user.locked ? 'locked' : '',
          ]),
        ),
      )
  })
}

/** `trueworth user change`. */
export async function changeUser(
  config: Config,
  email: string,
  { flags: { role: roles, attribute: attributes, lock, unlock }, say }: { flags: UserFlags; say: Say },
): Promise<number> {
  if (lock && unlock) throw new RequestError('--lock and --unlock: name one of them', { field: 'lock' })
  const change = {
    ...(roles && { roles }),
    ...(attributes && { attributes }),
    ...((lock || unlock) && { locked: lock === true }),
  }
  if (Object.keys(change).length === 0)
    throw new RequestError('nothing to change; name --role, --attribute, --lock or --unlock', { field: 'user' })
  return withPeople(config, async ({ users }) => {
    await users.change(await users.find(email), change, operator())
    say(`${email} is changed`)
  })
}

/** `trueworth user password`. */
export async function setPassword(config: Config, email: string, say: Say): Promise<number> {
  return withPeople(config, async ({ users }) => {
    const user = await users.find(email)
    await users.setPassword(user, await readPassword(say), operator())
    say(`${user.email} has a new password`)
  })
}

/** `trueworth user remove`. */
export async function removeUser(config: Config, email: string, say: Say): Promise<number> {
  return withPeople(config, async ({ users }) => {
    await users.remove(await users.find(email), operator())
    say(`${email} is no user any more`)
  })
}

/** `trueworth token make`: the token alone on standard output, for a pipe. */
export async function makeToken(
  config: Config,
  email: string,
  token: { readonly name: string; readonly days: number },
): Promise<number> {
  return withPeople(config, async (people, state) => {
    const user = await people.users.find(email)
    const onFault = (error: Error): void => console.error(describeError(error))
    const signIns = await openSignIn(config, people, { state, url: 'http://127.0.0.1', onFault, now })
    console.log(await signIns.makeToken(user, token, operator()))
  })
}

/** `trueworth token list`. */
export async function listTokens(config: Config, email: string, { json }: { json?: boolean }): Promise<number> {
  return withPeople(config, async ({ users }) => {
    const tokens = await users.tokens(await users.find(email))
    if (json) console.log(JSON.stringify(tokens, null, 2))
    else
      console.log(
        textTable(
          ['id', 'name', 'begins with', 'valid until', 'last used'],
          tokens.map(({ id, name, start, expires_at, used_at }) => [
            id,
            name,
            start,
            minute(expires_at ?? ''),
            minute(used_at ?? ''),
          ]),
        ),
      )
  })
}

/** `trueworth token revoke`. */
export async function revokeToken(
  config: Config,
  email: string,
  { id, say }: { id: string; say: Say },
): Promise<number> {
  return withPeople(config, async ({ users }) => {
    await users.revokeToken(await users.find(email), id, operator())
    say('the token is valid no more')
  })
}

/** `trueworth audit`. */
export async function auditCommand(config: Config, { user, limit, json }: AuditFlags): Promise<number> {
  return withPeople(config, async ({ users, audit }) => {
    const viewer = user === undefined ? {} : { viewer: (await users.find(user)).id }
    const entries = await audit.list({ limit, ...viewer })
    if (json) console.log(JSON.stringify(entries, null, 2))
    else {
      const emails = new Map((await users.list()).map(({ id, email }) => [id, email]))
      console.log(
        textTable(
          ['at', 'who', 'e-mail', 'what', 'which'],
          entries.map(({ at, viewer, viewer_id, action, subject }) => [
            minute(at),
            viewer,
            emails.get(viewer_id) ?? '',
            action.replaceAll('_', ' '),
            subject,
          ]),
        ),
      )
    }
  })
}

async function withPeople(config: Config, work: (people: People, state: State) => Promise<void>): Promise<number> {
  const state = openState(join(config.folder, 'state.sqlite'))
  try {
    await work(openPeople(config, state, now), state)
    return 0
  } finally {
    await state.close()
  }
}

const minute = (instant: string): string => instant.slice(0, 16).replace('T', ' ')

/** From who sits there, without showing it; else the first line of standard input. Never an argument: others see those. */
async function readPassword(say: Say): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const { stdin } = process
  if (stdin.isTTY) say('password:')
  const reader = createInterface({ input: stdin, output: silent, terminal: stdin.isTTY })
  try {
    for await (const line of reader) return line
    return ''
  } finally {
    reader.close()
  }
}
