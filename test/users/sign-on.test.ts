// Sign-on against a real OpenID Connect server, over HTTP, as a browser goes through it.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { Provider } from 'oidc-provider'
import { cookiesOf, operator, Place, user } from './place.ts'

const CLIENT = { client_id: 'trueworth', client_secret: 'a secret of the test' }
/** Accounts of the other system. */
const ACCOUNTS: Record<string, { email: string; email_verified: boolean; name: string }> = {
  ann: { email: 'Ann@example.com', email_verified: true, name: 'Ann of the directory' },
  new: { email: 'new@example.com', email_verified: true, name: 'New Person' },
  unproved: { email: 'bo@example.com', email_verified: false, name: 'Not Bo' },
  unprovednew: { email: 'stranger@example.com', email_verified: false, name: 'Stranger' },
  evil: { email: 'evil@example.com', email_verified: true, name: `Eve\u001b[2K${'e'.repeat(200)}\n` },
  locked: { email: 'locked@example.com', email_verified: true, name: 'Locked' },
}

let issuer: Server | undefined
let issuerUrl = ''
const asked: URL[] = []

async function startIssuer(returns: readonly string[], port = 0): Promise<void> {
  issuer = createServer()
  await new Promise<void>((resolve) => issuer?.listen(port, '127.0.0.1', resolve))
  issuerUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`
  const provider = new Provider(issuerUrl, {
    clients: [
      { ...CLIENT, redirect_uris: [...returns], grant_types: ['authorization_code'], response_types: ['code'] },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...ACCOUNTS[id] }) }),
  })
  const answer = provider.callback()
  issuer.on('request', (request, response) => {
    asked.push(new URL(request.url ?? '/', issuerUrl))
    void answer(request, response)
  })
}

async function stopIssuer(): Promise<void> {
  issuer?.closeAllConnections()
  await new Promise((resolve) => issuer?.close(resolve))
}

const signIn = {
  id: 'directory',
  name: { en: 'Directory', zh: '公司目录' },
  clientId: CLIENT.client_id,
  clientSecret: CLIENT.client_secret,
}
const open = async (more: object = {}, provider: object = {}) =>
  Place.open({ oidc: [{ ...signIn, issuer: issuerUrl, ...provider }], ...more })

let place: Place
let openPlace: Place
let trusting: Place
before(async () => {
  // The port of the issuer is known before its clients are: the places are opened first.
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  issuerUrl = `http://127.0.0.1:${port}`
  place = await open()
  openPlace = await open({ newUsers: ['analyst'] })
  trusting = await open({}, { trustEmail: true })
  const returns = [place, openPlace, trusting].map(({ server }) => `${server.url}/api/auth/callback/directory`)
  await startIssuer(returns, port)
  const locked = await place.people.users.add(user('locked@example.com', 'Locked', ['sales']), operator)
  await place.people.users.change(locked, { locked: true }, operator)
})
after(async () => {
  await Promise.all([place, openPlace, trusting].map(async (one) => one.close()))
  await stopIssuer()
})

/** A browser that keeps cookies by host and goes where it is sent, up to `stop`. */
class Browser {
  readonly #cookies = new Map<string, Map<string, string>>()

  async go(
    url: string,
    init: RequestInit = {},
    stop: (url: URL) => boolean = () => false,
  ): Promise<{ url: URL; answer: Response }> {
    let next = new URL(url)
    let how = init
    for (let hop = 0; hop < 20; hop++) {
      const jar = this.#jar(next)
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(next, {
        ...how,
        redirect: 'manual',
        headers: { accept: 'text/html', ...Object.fromEntries(new Headers(how.headers)), cookie },
      })
      for (const one of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? []
        if (value === '' || /expires=Thu, 01 Jan 1970|max-age=0/i.test(one)) jar.delete(name)
        else jar.set(name, value)
      }
      const location = answer.headers.get('location')
      if (location === null) return { url: next, answer }
      next = new URL(location, next)
      if (stop(next)) return { url: next, answer }
      how = {}
    }
    throw new Error('sent round in a circle')
  }

  /** At the other system: names the account, and consents. */
  async proves(account: string, at: { url: URL; answer: Response }): Promise<{ url: URL; answer: Response }> {
    const form = (prompt: string, more: object = {}) => ({
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ prompt, ...more }).toString(),
    })
    const consent = await this.go(at.url.href, form('login', { login: account, password: 'any' }))
    return this.go(consent.url.href, form('consent'))
  }

  async signsOn(where: Place, account: string, next = '/account'): Promise<{ url: URL; answer: Response }> {
    const login = await this.go(`${where.server.url}/sign-in/with/directory?next=${encodeURIComponent(next)}`)
    assert.equal(login.url.origin, issuerUrl, await login.answer.clone().text())
    return this.proves(account, login)
  }

  #jar({ port }: URL): Map<string, string> {
    const jar = this.#cookies.get(port) ?? new Map<string, string>()
    this.#cookies.set(port, jar)
    return jar
  }
}

test('the sign-in page offers the other system by a link, in both languages', async () => {
  const english = await (await place.get('/sign-in?next=/leads')).text()
  assert.match(english, /href="\/sign-in\/with\/directory\?next=%2Fleads"\s*>\s*Sign in with Directory/)
  assert.match(await (await place.get('/sign-in?lang=zh')).text(), /使用公司目录登录/)
})

test('a user who was added signs on by its address, with PKCE, state and nonce, and no token of the other system is kept', async () => {
  asked.length = 0
  const { url, answer } = await new Browser().signsOn(place, 'ann')
  assert.deepEqual([url.pathname, answer.status], ['/account', 200])
  assert.match(await answer.text(), /ann@example\.com · Administrator/)
  const { searchParams } = asked.find(({ pathname }) => pathname === '/auth') ?? assert.fail('nobody was asked')
  assert.equal(searchParams.get('code_challenge_method'), 'S256')
  assert.ok((searchParams.get('code_challenge') ?? '').length > 40)
  assert.ok(searchParams.get('state') && searchParams.get('nonce'))
  assert.deepEqual((searchParams.get('scope') ?? '').split(' ').toSorted(), ['email', 'openid', 'profile'])
  const accounts = await place.system.state.tables
    .selectFrom('accounts')
    .selectAll()
    .where('providerId', '=', 'directory')
    .execute()
  assert.deepEqual(
    accounts.map(({ accountId, accessToken, refreshToken, idToken }) => [
      accountId,
      accessToken,
      refreshToken,
      idToken,
    ]),
    [['ann', null, null, null]],
  )
  const ann = await place.people.users.find('ann@example.com')
  assert.deepEqual([ann.name, ann.roles, ann.proofs.toSorted()], ['Ann', ['admin'], ['credential', 'directory']])
  const again = await new Browser().signsOn(place, 'ann')
  assert.equal(again.url.pathname, '/account', 'and a second time')
})

const failed = async ({ url, answer }: { url: URL; answer: Response }, why: string): Promise<void> => {
  assert.equal(url.pathname, '/sign-in', why)
  assert.match(await answer.text(), /role="alert"[^>]*>Signing on did not succeed/, why)
}

test('who was not added, whose address is not proved, and who is locked, does not come in', async () => {
  const known = async () => (await place.people.users.list()).map(({ email }) => email)
  const before = await known()
  for (const account of ['new', 'unproved', 'unprovednew', 'locked'])
    await failed(await new Browser().signsOn(place, account), account)
  assert.deepEqual(await known(), before, 'and nobody was added')
  const bo = await place.people.users.find('bo@example.com')
  assert.deepEqual(bo.proofs, ['credential'], 'nor linked by an address that is not proved')
  const [{ action, subject } = {}] = await place.people.audit.list({ limit: 1 })
  assert.deepEqual([action, subject], ['sign_in_refused', 'directory'])
})

test('where the configuration takes new users, one with a proved address gets the roles it names; others do not', async () => {
  const { url } = await new Browser().signsOn(openPlace, 'new')
  assert.equal(url.pathname, '/account')
  const added = await openPlace.people.users.find('new@example.com')
  assert.deepEqual(
    [added.name, added.roles, added.attributes, added.locked, added.proofs],
    ['New Person', ['analyst'], {}, false, ['directory']],
  )
  const log = await openPlace.people.audit.list({ viewer: added.id })
  assert.ok(log.some(({ action, subject }) => action === 'user_added' && subject === 'new@example.com analyst'))
  await new Browser().signsOn(openPlace, 'evil')
  assert.equal((await openPlace.people.users.find('evil@example.com')).name, `Eve [2K${'e'.repeat(93)}`)
  await failed(await new Browser().signsOn(openPlace, 'unprovednew'), 'not proved')
  await assert.rejects(openPlace.people.users.find('stranger@example.com'))
})

test('where the system is trusted with addresses, one that it did not prove finds its user', async () => {
  const { url } = await new Browser().signsOn(trusting, 'unproved')
  assert.equal(url.pathname, '/account')
})

test('an answer without the state of this browser, a forged and a repeated one bring nobody in', async () => {
  const browser = new Browser()
  const login = await browser.go(`${place.server.url}/sign-in/with/directory`)
  const isBack = ({ pathname }: URL) => pathname.startsWith('/api/auth/callback')
  const consent = await browser.go(login.url.href, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'prompt=login&login=ann&password=any',
  })
  const back = await browser.go(
    consent.url.href,
    { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'prompt=consent' },
    isBack,
  )
  await failed(await new Browser().go(back.url.href), 'another browser')
  const forged = new URL(back.url)
  forged.searchParams.set('state', 'forged')
  await failed(await browser.go(forged.href), 'forged state')
  assert.equal((await browser.go(back.url.href)).url.pathname, '/customers')
  await browser.go(`${place.server.url}/sign-out`, { method: 'POST' })
  await failed(await browser.go(back.url.href), 'the state is used up')
  const bare = await new Browser().go(`${place.server.url}/api/auth/callback/directory`)
  await failed(bare, 'nothing at all')
  await failed(await new Browser().go(`${place.server.url}/api/auth/callback/none?code=1&state=2`), 'no such system')
})

test('after sign-on nobody is sent to another site, and no script is run', async () => {
  for (const next of ['//evil.example', 'https://evil.example', 'javascript:alert(1)']) {
    const { url } = await new Browser().signsOn(place, 'ann', next)
    assert.equal(url.origin, place.server.url, next)
  }
})

test('while the other system is down a password still opens, and when it is back sign-on works without a restart', async () => {
  const { port } = new URL(issuerUrl)
  await stopIssuer()
  const fresh = await open()
  try {
    const down = await fresh.get('/sign-in/with/directory')
    assert.equal(down.status, 503)
    assert.match(await down.text(), /Signing on did not succeed/)
    const entered = await fresh.post('/sign-in', { email: 'ann@example.com', password: 'correct horse battery' })
    assert.equal((await fresh.get('/account', { cookie: cookiesOf(entered) })).status, 200)
    assert.ok(
      fresh.faults.some((line) => /sign-in: .*directory/.test(line)),
      fresh.faults.join('\n'),
    )
    await startIssuer([`${fresh.server.url}/api/auth/callback/directory`], Number(port))
    const { url } = await new Browser().signsOn(fresh, 'ann')
    assert.equal(url.pathname, '/account')
  } finally {
    await fresh.close()
  }
})
