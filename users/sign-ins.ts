import { betterAuth } from 'better-auth'
import { fault } from '../entities/faults.ts'
import { hasUnseen } from '../entities/unseen.ts'
import { RequestError, SourceError } from '../errors.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import { allowSkew } from './allow-skew.ts'
import { Attempts } from './attempts.ts'
import type { Audit } from './audit.ts'
import { ADDRESS, AUTH_PATH, authOptions, type AuthSettings } from './auth-options.ts'
import { checkPassword, viewerOf, type User } from './user.ts'
import { grantsOf, type Users } from './users.ts'

/** From where a request comes: its address, and what its browser sent. */
export interface Origin {
  readonly address: string
  readonly headers: Headers
}

/** Too much was tried: try again after so long. */
interface Wait {
  readonly kind: 'wait'
  readonly seconds: number
}

/** What became of a try to sign in; `cookies` are for the browser. */
export type Entered =
  { readonly kind: 'entered'; readonly cookies: readonly string[] } | { readonly kind: 'refused' } | Wait

/** Where a browser is sent on. */
export type SentOn = { readonly kind: 'sent'; readonly to: string; readonly cookies: readonly string[] } | Wait

export interface SignIns {
  /** Who sends a request, by its token or its session; undefined: nobody who may. */
  viewerOf(headers: Headers): Promise<Viewer | undefined>
  /** Answers alike, and takes alike long, whether there is such a user or not, and whether it is locked. */
  enter(proof: { readonly email: string; readonly password: string }, from: Origin): Promise<Entered>
  leave(viewer: Viewer, from: Origin): Promise<readonly string[]>
  /** To another system; `next` is the path to open afterwards. Undefined where there is none of that id, or it does not answer. */
  signOn(provider: string, next: string, from: Origin): Promise<SentOn | undefined>
  /** Back from another system. */
  signedOn(url: URL, from: Origin): Promise<SentOn>
  /** Throws RequestError. The cookies are those of a new session: all others end. */
  changePassword(
    change: { readonly present: string; readonly next: string },
    viewer: Viewer,
    from: Origin,
  ): Promise<readonly string[]>
  /** The text of the token: nobody sees it again. Throws RequestError. */
  makeToken(
    user: Pick<User, 'id'>,
    token: { readonly name: string; readonly days: number },
    by: Viewer,
  ): Promise<string>
}

const MOST_TOKEN_DAYS = 365
/** Milliseconds that another system has to answer. */
const PATIENCE = 10_000
const NOBODY: Viewer = { id: '', name: '', roles: [] }

export interface SignInsDeps extends Omit<AuthSettings, 'signedIn' | 'signedUp'> {
  readonly users: Users
  readonly audit: Audit
  readonly now: () => Date
}

/** Sign-in by the library that keeps sessions, tokens and sign-on; nothing of its own HTTP interface is open but the way back. */
export function openSignIns(deps: SignInsDeps): SignIns {
  const { users, audit, oidc, url } = deps
  const settings: AuthSettings = {
    ...deps,
    signedIn: async (id) => {
      const { name, email } = await users.find(id)
      await audit.record({ id, name, roles: [] }, 'signed_in', email)
    },
    signedUp: async (id) => {
      const { name, email, roles } = await users.find(id)
      await audit.record({ id, name, roles: [] }, 'user_added', `${email} ${roles.join(',')}`)
    },
  }
  const auth = betterAuth(authOptions(settings, []))
  // Apart, and made when it is first needed: a system that does not answer holds up nobody who has a password.
  const makeSso = () => betterAuth(authOptions(settings, oidc))
  let sso: ReturnType<typeof makeSso> | undefined
  const ssoWith = async (provider: string): Promise<ReturnType<typeof makeSso> | undefined> => {
    const has = async (one: ReturnType<typeof makeSso>) => {
      const found = (await one.$context).socialProviders.find(({ id }) => id === provider)
      if (found !== undefined) allowSkew(found)
      return found !== undefined
    }
    if (!oidc.some(({ id }) => id === provider)) return undefined
    if (sso === undefined || !(await has(sso))) sso = makeSso()
    return (await has(sso)) ? sso : undefined
  }
  /** Undefined where the other system takes longer than anybody waits. */
  const inTime = async <T>(provider: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> => {
    const signal = AbortSignal.timeout(PATIENCE)
    const { promise: late, resolve } = Promise.withResolvers<undefined>()
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
    const done = await Promise.race([work(signal), late])
    if (done === undefined && signal.aborted) {
      // Found anew next time: what it is waiting for may never come.
      sso = undefined
      const words = `sign-in: ${provider} did not answer within ${PATIENCE / 1000} seconds`
      deps.onFault(new SourceError(words, { source: 'sign-in', retry: true }))
    }
    return done
  }
  const attempts = new Attempts(deps.now)
  const asked = (path: string, { address, headers }: Origin, body: object): Request =>
    new Request(new URL(AUTH_PATH + path, url), {
      method: 'POST',
      headers: {
        ...carried(headers),
        [ADDRESS]: address,
        Origin: new URL(url).origin,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    })
  const signIns: SignIns = {
    viewerOf: async (headers) => {
      const [, token] = /^Bearer *(.*)$/i.exec(headers.get('authorization') ?? '') ?? []
      if (token !== undefined) return viewerOfToken(token.trim())
      if (!headers.has('cookie')) return undefined
      const found = await auth.api.getSession({ headers })
      return found?.user.locked === false
        ? { ...grantsOf(found.user), id: found.user.id, name: found.user.name }
        : undefined
    },
    enter: async ({ email, password }, from) => {
      const account = email.trim().toLowerCase()
      // Read from the tables, so that the command line, which is another process, lets in again as the page does.
      const seconds = attempts.wait(account, await users.changedAt(account))
      if (seconds > 0) return { kind: 'wait', seconds }
      attempts.begun(account)
      try {
        const answer = await auth.handler(asked('/sign-in/email', from, { email: account, password }))
        // From this address nothing was tried: it is no try of the account.
        if (answer.status === 429) return waitOf(answer)
        if (answer.ok) {
          attempts.right(account)
          return { kind: 'entered', cookies: answer.headers.getSetCookie() }
        }
        attempts.tried(account)
      } finally {
        attempts.ended(account)
      }
      await recordRefused(account)
      return { kind: 'refused' }
    },
    leave: async (viewer, from) => {
      const answer = await auth.api.signOut({ headers: from.headers, asResponse: true })
      await audit.record(viewer, 'signed_out', '')
      return answer.headers.getSetCookie()
    },
    signOn: async (provider, next, from) => {
      const body = { provider, callbackURL: next, errorCallbackURL: '/sign-in', disableRedirect: true }
      const answer = await inTime(provider, async () =>
        (await ssoWith(provider))?.handler(asked('/sign-in/social', from, body)),
      )
      if (answer?.status === 429) return waitOf(answer)
      if (answer === undefined || !answer.ok) return undefined
      const { url: to } = (await answer.json()) as { url: string }
      return { kind: 'sent', to, cookies: answer.headers.getSetCookie() }
    },
    signedOn: async (asked, { address, headers }) => {
      const provider = asked.pathname.split('/').at(-1) ?? ''
      const own = { ...carried(headers), [ADDRESS]: address }
      const answer = await inTime(provider, async (signal) =>
        (await ssoWith(provider))?.handler(
          new Request(new URL(asked.pathname + asked.search, url), { headers: own, signal }),
        ),
      )
      if (answer?.status === 429) return waitOf(answer)
      const to = answer?.headers.get('location') ?? '/sign-in?error=sign_on'
      if (to.startsWith('/sign-in')) await audit.record(NOBODY, 'sign_in_refused', provider)
      return { kind: 'sent', to, cookies: answer?.headers.getSetCookie() ?? [] }
    },
    changePassword: async ({ present, next }, viewer, from) => {
      checkPassword(next, 'next')
      const body = { currentPassword: present, newPassword: next, revokeOtherSessions: true }
      const answer = await auth.handler(asked('/change-password', from, body))
      if (answer.status === 429)
        throw new RequestError(fault('too_many_tries', { seconds: waitOf(answer).seconds }), { status: 422 })
      if (!answer.ok) throw new RequestError(fault('password_wrong', {}), { field: 'present', status: 422 })
      await audit.record(viewer, 'password_set', (await users.find(viewer.id)).email)
      return answer.headers.getSetCookie()
    },
    makeToken: async ({ id }, { name, days }, by) => {
      if (name.trim() === '' || name.trim().length > 32 || hasUnseen(name.trim()))
        throw new RequestError(fault('token_name', {}), { field: 'name' })
      if (!Number.isInteger(days) || days < 1 || days > MOST_TOKEN_DAYS)
        throw new RequestError(fault('token_days', { most: MOST_TOKEN_DAYS }), { field: 'days' })
      const body = { name: name.trim(), userId: id, expiresIn: days * 86_400 }
      const { key, start } = await auth.api.createApiKey({ body })
      await audit.record(by, 'token_made', `${name.trim()} ${start ?? ''}`)
      return key
    },
  }
  return signIns

  async function viewerOfToken(token: string): Promise<Viewer | undefined> {
    const { valid, key } = await auth.api.verifyApiKey({ body: { key: token } })
    if (!valid || key === null) return undefined
    const user = await users.find(key.referenceId)
    return user.locked ? undefined : viewerOf(user)
  }

  /** Under the name of a user it was tried for; what else was typed may be a password in the wrong field. */
  async function recordRefused(account: string): Promise<void> {
    const user = (await users.list()).find(({ email }) => email === account)
    await audit.record(user ?? NOBODY, 'sign_in_refused', user?.email ?? '')
  }
}

/** What of a request the library may know. */
function carried(headers: Headers): Record<string, string> {
  const names = ['cookie', 'user-agent']
  return Object.fromEntries(names.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? '']] : [])))
}

function waitOf(answer: Response): Wait {
  return { kind: 'wait', seconds: Number(answer.headers.get('x-retry-after') ?? 60) }
}
