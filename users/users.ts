import type { State } from '../data/state.ts'
import type { UserTable } from '../data/user-tables.ts'
import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'
import type { Selectable } from 'kysely'
import type { Viewer } from '../models/metrics/metric.ts'
import type { Audit } from './audit.ts'
import { checkEmail, checkName, checkPassword, checkRoles, readAttributes, type User, type UserRules } from './user.ts'

/** A token as its owner knows it; its text is shown once, when it is made. */
export interface Token {
  readonly id: string
  readonly user_id: string
  readonly name: string
  readonly start: string
  readonly created_at: string
  readonly expires_at: string | null
  readonly used_at: string | null
}

export interface NewUser {
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
  /** Lines `dimension = value`. */
  readonly attributes: readonly string[]
  /** Absent: it signs in by another system only. */
  readonly password?: string
}

export interface UserChange {
  readonly roles?: readonly string[]
  readonly attributes?: readonly string[]
  readonly locked?: boolean
}

/** The users as an administrator keeps them. Each change is written to the audit log under the name of who made it. */
export interface Users {
  count(): Promise<number>
  list(): Promise<User[]>
  /** By id or e-mail address. Throws RequestError where there is none. */
  find(idOrEmail: string): Promise<User>
  /** When somebody last changed the user of an address or set its password; undefined: there is none. */
  changedAt(email: string): Promise<Date | undefined>
  add(user: NewUser, by: Viewer): Promise<User>
  /** Who is locked is signed out everywhere. */
  change(user: User, change: UserChange, by: Viewer): Promise<void>
  /** Signs the user out everywhere. */
  setPassword(user: User, password: string, by: Viewer): Promise<void>
  remove(user: User, by: Viewer): Promise<void>
  tokens(user: Pick<User, 'id'>): Promise<Token[]>
  revokeToken(user: Pick<User, 'id'>, token: string, by: Viewer): Promise<void>
  /** Forgets sessions and tokens that have run out. */
  tidy(): Promise<void>
}

interface UsersDeps {
  readonly state: Pick<State, 'tables'>
  readonly audit: Audit
  readonly rules: UserRules
  readonly now: () => Date
}

export function openUsers({ state: { tables }, audit, rules, now }: UsersDeps): Users {
  const some = async (where?: string): Promise<User[]> => {
    const all = tables.selectFrom('users').selectAll().orderBy('email')
    const rows = await (
      where === undefined
        ? all
        : all.where((eb) => eb.or([eb('id', '=', where), eb('email', '=', where.toLowerCase())]))
    ).execute()
    const proofs = await tables.selectFrom('accounts').select(['userId', 'providerId']).execute()
    return rows.map((row) =>
      userOf(
        row,
        proofs.filter(({ userId }) => userId === row.id).map(({ providerId }) => providerId),
      ),
    )
  }
  const setHash = async (id: string, password: string): Promise<void> => {
    const hash = await hashOf(password)
    const at = now().toISOString()
    await tables
      .insertInto('accounts')
      .values({
        ...NO_GRANTS,
        id: crypto.randomUUID(),
        accountId: id,
        providerId: 'credential',
        userId: id,
        password: hash,
        createdAt: at,
        updatedAt: at,
      })
      .onConflict((conflict) =>
        conflict.columns(['providerId', 'accountId']).doUpdateSet({ password: hash, updatedAt: at }),
      )
      .execute()
  }
  const signOutEverywhere = async ({ id }: User): Promise<void> => {
    await tables.deleteFrom('sessions').where('userId', '=', id).execute()
  }
  const users: Users = {
    count: async () => (await tables.selectFrom('users').select('id').execute()).length,
    list: () => some(),
    find: async (idOrEmail) => {
      const [user] = await some(idOrEmail)
      if (user === undefined)
        throw new RequestError(fault('user_unknown', { user: idOrEmail }), { field: 'user', status: 404 })
      return user
    },
    changedAt: async (email) => {
      const rows = await tables
        .selectFrom('users')
        .leftJoin('accounts', (on) =>
          on.onRef('accounts.userId', '=', 'users.id').on('accounts.providerId', '=', 'credential'),
        )
        .select(['users.updatedAt as changed', 'accounts.updatedAt as proved'])
        .where('email', '=', email)
        .execute()
      const last = rows
        .flatMap(({ changed, proved }) => [changed, proved ?? changed])
        .toSorted()
        .at(-1)
      return last === undefined ? undefined : new Date(last)
    },
    add: async (user, by) => {
      const email = checkEmail(user.email)
      const [name, roles] = [checkName(user.name), checkRoles(user.roles, rules)]
      const attributes = readAttributes(user.attributes, rules)
      if (user.password !== undefined) checkPassword(user.password)
      const [known] = await some(email)
      if (known !== undefined) throw new RequestError(fault('user_exists', { email }), { field: 'email', status: 422 })
      const [id, at] = [crypto.randomUUID(), now().toISOString()]
      // Who adds an address vouches for it, so that sign-on from another system finds its user.
      const made = { id, name, email, emailVerified: 1, image: null, createdAt: at, updatedAt: at, locked: 0 }
      await tables
        .insertInto('users')
        .values({ ...made, roles: JSON.stringify(roles), attributes: JSON.stringify(attributes) })
        .execute()
      if (user.password !== undefined) await setHash(id, user.password)
      await audit.record(by, 'user_added', `${email} ${roles.join(',')}`)
      return users.find(id)
    },
    change: async (user, { roles, attributes, locked }, by) => {
      const manages = (names: readonly string[]): boolean => names.some((name) => rules.managing.includes(name))
      const loses = locked === true || (roles !== undefined && manages(user.roles) && !manages(roles))
      if (loses && user.id === by.id) throw new RequestError(fault('user_self', {}), { status: 422 })
      const row = {
        ...(roles && { roles: JSON.stringify(checkRoles(roles, rules, user.roles)) }),
        ...(attributes && { attributes: JSON.stringify(readAttributes(attributes, rules)) }),
        ...(locked !== undefined && { locked: locked ? 1 : 0 }),
      }
      await tables
        .updateTable('users')
        .set({ ...row, updatedAt: now().toISOString() })
        .where('id', '=', user.id)
        .execute()
      if (locked === true) await signOutEverywhere(user)
      if (locked !== undefined) await audit.record(by, locked ? 'user_locked' : 'user_unlocked', user.email)
      if (roles !== undefined || attributes !== undefined)
        await audit.record(by, 'user_changed', `${user.email} ${row.roles ?? ''} ${row.attributes ?? ''}`.trim())
    },
    setPassword: async (user, password, by) => {
      await setHash(user.id, checkPassword(password))
      await signOutEverywhere(user)
      await audit.record(by, 'password_set', user.email)
    },
    remove: async (user, by) => {
      if (user.id === by.id) throw new RequestError(fault('user_self', {}), { status: 422 })
      await tables.deleteFrom('users').where('id', '=', user.id).execute()
      await audit.record(by, 'user_removed', user.email)
    },
    tokens: async ({ id }) => {
      const rows = await tables
        .selectFrom('tokens')
        .selectAll()
        .where('referenceId', '=', id)
        .orderBy('createdAt')
        .execute()
      return rows.map((row) => ({
        id: row.id,
        user_id: row.referenceId,
        name: row.name ?? '',
        start: row.start ?? '',
        created_at: row.createdAt,
        expires_at: row.expiresAt,
        used_at: row.lastRequest,
      }))
    },
    revokeToken: async ({ id }, token, by) => {
      const found = (await users.tokens({ id })).find((one) => one.id === token)
      if (found === undefined)
        throw new RequestError(fault('token_unknown', { token }), { field: 'token', status: 404 })
      await tables.deleteFrom('tokens').where('id', '=', token).execute()
      await audit.record(by, 'token_revoked', `${found.name} ${found.start}`)
    },
    tidy: async () => {
      const at = now().toISOString()
      for (const table of ['sessions', 'tokens'] as const)
        await tables.deleteFrom(table).where('expiresAt', '<', at).execute()
    },
  }
  return users
}

const NO_GRANTS = {
  accessToken: null,
  refreshToken: null,
  idToken: null,
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null,
  scope: null,
}

function userOf(row: Selectable<UserTable>, proofs: readonly string[]): User {
  const { id, email, name } = row
  return { id, email, name, ...grantsOf(row), locked: row.locked !== 0, proofs, created_at: row.createdAt }
}

/** Roles and attributes as they are kept. */
export function grantsOf({
  roles,
  attributes,
}: {
  roles: string
  attributes: string
}): Pick<User, 'roles' | 'attributes'> {
  return { roles: JSON.parse(roles) as string[], attributes: JSON.parse(attributes) as User['attributes'] }
}

/** The library that checks passwords hashes them too; loaded when there is one to hash. */
async function hashOf(password: string): Promise<string> {
  const { hashPassword } = await import('better-auth/crypto')
  return hashPassword(password)
}
