import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { OidcProvider } from '../config/sign-in.ts'
import { fault } from '../entities/faults.ts'
import { AccessError } from '../errors.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import type { Audit } from '../users/audit.ts'
import type { Origin, SignIns } from '../users/sign-ins.ts'
import type { UserRules } from '../users/user.ts'
import type { Users } from '../users/users.ts'
import { answer, fail, viewFor } from './answer-page.ts'
import { formOf, orWords } from './forms.ts'
import { accountPage, type AccountShown } from './pages/account.ts'
import { signInPage, type SignInProblem } from './pages/sign-in.ts'
import { usersPage, type UsersShown } from './pages/users.ts'
import type { Setting, View } from './render/view.ts'

/** What pages need of people: main hands it in. */
export interface PeoplePages {
  readonly signIns: Promise<SignIns>
  readonly users: Users
  readonly audit: Audit
  readonly rules: UserRules
  readonly leastPassword: number
  readonly oidc: readonly Pick<OidcProvider, 'id' | 'name'>[]
  readonly manages: (viewer: Viewer) => boolean
  /** From which address a request comes. */
  readonly addressOf: (c: Context) => string
}

interface Deps extends Setting {
  readonly viewer: (c: Context) => Viewer
  readonly people: PeoplePages
}

const ENTRIES = 200

/** Signing in and out, one's own account, and users: forms that the server takes, so that they work without JavaScript. */
export function addPeoplePages(pages: Hono, deps: Deps): void {
  const { signIns, users, manages, addressOf } = deps.people
  const limited = bodyLimit({ maxSize: 65_536 })
  const fromOf = (c: Context): Origin => ({ address: addressOf(c), headers: c.req.raw.headers })

  pages.get('/sign-in', async (c) => {
    const next = localPath(c.req.query('next'))
    if (deps.viewer(c).id !== '') return c.redirect(next, 303)
    return signIn(c, deps, { next, problem: c.req.query('error') === undefined ? undefined : 'failed' })
  })
  pages.post('/sign-in', limited, async (c) => {
    const form = await formOf(c)
    const [email, next] = [form.one('email'), localPath(form.one('next'))]
    const entered = await (await signIns).enter({ email, password: form.one('password') }, fromOf(c))
    if (entered.kind === 'entered') return sentOn(c, next, entered.cookies)
    if (entered.kind === 'refused') return signIn(c, deps, { next, email, problem: 'refused' }, 401)
    return toWait(c, deps, { next, email, seconds: entered.seconds })
  })
  pages.get('/sign-in/with/:provider', async (c) => {
    const next = localPath(c.req.query('next'))
    const sent = await (await signIns).signOn(c.req.param('provider'), next, fromOf(c))
    if (sent === undefined) return signIn(c, deps, { next, problem: 'failed' }, 503)
    if (sent.kind === 'wait') return toWait(c, deps, { next, seconds: sent.seconds })
    return sentOn(c, sent.to, sent.cookies)
  })
  pages.get('/api/auth/callback/:provider', async (c) => {
    const sent = await (await signIns).signedOn(new URL(c.req.url), fromOf(c))
    if (sent.kind === 'wait') return toWait(c, deps, { next: '/', seconds: sent.seconds })
    return sentOn(c, localPath(sent.to), sent.cookies)
  })
  pages.post('/sign-out', async (c) => sentOn(c, '/sign-in', await (await signIns).leave(deps.viewer(c), fromOf(c))))

  pages.get('/account', async (c) => account(c, deps))
  pages.post('/account', limited, async (c) => {
    const form = await formOf(c)
    const viewer = deps.viewer(c)
    const order = form.one('do')
    return orWords(c, deps, account, async () => {
      if (order === 'revoke') {
        await users.revokeToken(viewer, form.one('token'), viewer)
        return c.redirect('/account', 303)
      }
      if (order === 'token') {
        const token = { name: form.one('name'), days: Number(form.one('days')) }
        return account(c, deps, { made: await (await signIns).makeToken(viewer, token, viewer) })
      }
      const change = { present: form.one('present'), next: form.one('next') }
      const cookies = await (await signIns).changePassword(change, viewer, fromOf(c))
      return sentOn(c, '/account?done=password', cookies)
    })
  })

  const manager = (c: Context): Viewer => {
    const viewer = deps.viewer(c)
    if (!manages(viewer)) throw new AccessError(fault('users_not_allowed', {}))
    return viewer
  }
  pages.get('/users', async (c) => {
    manager(c)
    return usersShown(c, deps)
  })
  pages.post('/users', limited, async (c) => {
    const by = manager(c)
    const form = await formOf(c)
    const typed = { email: form.one('email'), name: form.one('name') }
    return orWords(
      c,
      deps,
      (c, deps, problem) => usersShown(c, deps, { ...problem, typed }),
      async () => {
        const password = form.one('password')
        const grants = { roles: form.all('roles'), attributes: form.lines('attributes') }
        await users.add({ ...typed, ...grants, ...(password !== '' && { password }) }, by)
        return c.redirect('/users?done=1', 303)
      },
    )
  })
  pages.post('/users/:id', limited, async (c) => {
    const by = manager(c)
    const form = await formOf(c)
    return orWords(c, deps, usersShown, async () => {
      const user = await users.find(c.req.param('id'))
      const order = form.one('do')
      if (order === 'lock' || order === 'unlock') await users.change(user, { locked: order === 'lock' }, by)
      else if (order === 'remove') await users.remove(user, by)
      else if (order === 'password') await users.setPassword(user, form.one('password'), by)
      else await users.change(user, { roles: form.all('roles'), attributes: form.lines('attributes') }, by)
      return c.redirect('/users?done=1', 303)
    })
  })
}

/** A path of this server; whatever else was asked for: the start. What begins with two slashes is another host to a browser. */
function localPath(asked: string | undefined): string {
  const url = asked?.startsWith('/') ? URL.parse(asked, 'http://here.invalid') : null
  const isHere = url?.host === 'here.invalid' && !/^\/\/|\\/.test(url.pathname)
  return isHere ? `${url.pathname}${url.search}` : '/'
}

function sentOn(c: Context, to: string, cookies: readonly string[]): Response {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true })
  c.header('Cache-Control', 'no-store')
  return c.redirect(to, 303)
}

async function signIn(
  c: Context,
  deps: Deps,
  asked: { next: string; email?: string; problem?: SignInProblem | undefined },
  status = 200,
): Promise<Response> {
  const view = await viewFor(c, deps)
  const body = signInPage({ email: '', ...asked, providers: deps.people.oidc }, view)
  return privately(c, view, { title: view.speech.say('sign_in_title'), body, status })
}

async function toWait(
  c: Context,
  deps: Deps,
  { seconds, ...asked }: { next: string; email?: string; seconds: number },
): Promise<Response> {
  c.header('Retry-After', String(seconds))
  return signIn(c, deps, { ...asked, problem: { seconds } }, 429)
}

async function account(
  c: Context,
  deps: Deps,
  more: Pick<Partial<AccountShown>, 'made' | 'problem'> & { status?: number } = {},
): Promise<Response> {
  const { users } = deps.people
  const viewer = deps.viewer(c)
  const user = (await users.list()).find(({ id }) => id === viewer.id)
  // The operator of this machine comes by a key, and is no user.
  if (user === undefined) return fail(c, deps, 404)
  const { status = 200, ...shown } = more
  const view = await viewFor(c, deps)
  const done = c.req.query('done') === 'password' ? { done: 'account_changed' as const } : {}
  const body = accountPage(
    { user, tokens: await users.tokens(user), leastPassword: deps.people.leastPassword, ...done, ...shown },
    view,
  )
  return privately(c, view, { title: view.speech.say('account'), body, status })
}

async function usersShown(
  c: Context,
  deps: Deps,
  more: Pick<Partial<UsersShown>, 'typed' | 'problem'> & { status?: number } = {},
): Promise<Response> {
  const { users, audit, rules } = deps.people
  const found = await viewFor(c, deps)
  // Links for language and theme lead to the page, wherever a form was sent.
  const view = { ...found, url: new URL(`/users${found.url.search}`, found.url) }
  const [person, before] = [c.req.query('person'), Number(c.req.query('before'))]
  const entries = await audit.list({
    limit: ENTRIES + 1,
    ...(person !== undefined && { viewer: person }),
    ...(before > 0 && { before }),
  })
  const { status = 200, ...shown } = more
  const body = usersPage(
    {
      users: await users.list(),
      roles: rules.roles,
      entries: entries.slice(0, ENTRIES),
      more: entries.length > ENTRIES,
      leastPassword: deps.people.leastPassword,
      done: c.req.query('done') !== undefined,
      ...shown,
    },
    view,
  )
  return privately(c, view, { title: view.speech.say('users_title'), body, status })
}

/** Nothing of these pages is kept by a browser. */
async function privately(c: Context, view: View, contents: Parameters<typeof answer>[2]): Promise<Response> {
  const response = await answer(c, view, contents)
  response.headers.set('Cache-Control', 'no-store')
  return response
}
