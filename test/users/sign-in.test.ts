import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { operator, PASSWORD, Place, user } from './place.ts'

let place: Place
before(async () => {
  // The test says through a header from which address it asks, as a proxy in front would.
  place = await Place.open({ proxies: ['127.0.0.1'] })
})
after(async () => place.close())

let addresses = 0
/** Every test asks from addresses of its own, so that none waits for another. */
const elsewhere = () => ({ 'x-forwarded-for': `10.1.${Math.trunc(++addresses / 250)}.${addresses % 250}` })
const cookieOf = async (email: string) => place.cookieOf(email, PASSWORD, elsewhere())

const API = [
  '/api/query?metrics=revenue',
  '/api/catalog',
  '/api/pipelines',
  '/api/policy',
  '/openapi.json',
  '/api/none',
]
const PAGES = ['/', '/customers', '/pipelines', '/policy', '/leads', '/account', '/users', '/customer/pack?customer=C1']

test('who is not signed in gets a 401 from the API and is led to sign in from pages, whether they exist or not', async () => {
  for (const path of API) {
    const answer = await place.get(path, { accept: '*/*' })
    assert.equal(answer.status, 401, path)
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
    assert.equal(answer.headers.get('content-type'), 'application/problem+json')
    assert.match(((await answer.json()) as { detail: string }).detail, /Sign in at \/sign-in, or send a token/)
  }
  for (const path of [...PAGES, '/nothing-here']) {
    const answer = await place.get(path)
    assert.equal(answer.status, 302, path)
    assert.equal(answer.headers.get('location'), `/sign-in?${new URLSearchParams({ next: path }).toString()}`)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
  }
  for (const path of ['/account', '/users', '/users/x', '/sign-out', '/api/runs', '/api/policy/what-if'])
    assert.equal((await place.post(path, { do: 'lock' })).status, 401, path)
})

test('only health, assets and sign-in are open, and say nothing of what is inside', async () => {
  assert.equal((await place.get('/healthz')).status, 200)
  const page = await place.get('/sign-in?next=%2Fcustomers%3Fregion%3DEast')
  const text = await page.text()
  assert.equal(page.status, 200)
  assert.match(text, /name="next" value="\/customers\?region=East"/)
  assert.doesNotMatch(text, /href="\/customers"[^>]*>Customer value/)
  const asset = /href="(\/assets\/[^"]+\.css)"/.exec(text)?.[1] ?? ''
  assert.equal((await place.get(asset)).status, 200)
  for (const path of ['/assets/..%2f..%2fpackage.json', '/sign-in/with/none/x', '/api/auth/sign-in/email'])
    assert.ok([302, 401, 404].includes((await place.get(path)).status), path)
  assert.equal((await place.get('/api/auth/get-session', { accept: '*/*' })).status, 401)
  assert.equal((await place.post('/api/auth/sign-up/email', { email: 'x@example.com' })).status, 401)
})

test('the right password opens the page that was asked for, with a cookie no script and no other site can use', async () => {
  const answer = await place.post(
    '/sign-in',
    { email: ' ANN@example.com ', password: PASSWORD, next: '/account' },
    elsewhere(),
  )
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/account'])
  const [cookie = '', ...others] = answer.headers.getSetCookie()
  assert.deepEqual(others, [])
  assert.match(cookie, /^trueworth\.session_token=/)
  for (const flag of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=604800']) assert.ok(cookie.includes(flag), flag)
  assert.doesNotMatch(cookie, /Secure/, 'under http no browser would send it back')
  const page = await place.get('/account', { cookie: cookie.split(';')[0] ?? '' })
  assert.equal(page.status, 200)
  assert.equal(page.headers.get('cache-control'), 'no-store')
  assert.match(await page.text(), /ann@example\.com · Administrator/)
  assert.equal(
    (await place.get('/sign-in?next=/leads', { cookie: cookie.split(';')[0] ?? '' })).headers.get('location'),
    '/leads',
  )
})

test('a cookie that was tampered with, or that nobody signed, is none', async () => {
  const cookie = await cookieOf('bo@example.com')
  const [name = '', value = ''] = cookie.split('=')
  const token = decodeURIComponent(value)
  for (const other of [`x${token.slice(1)}`, token.slice(0, -3), token.split('.')[0] ?? '', `${token}x`, ''])
    assert.equal((await place.get('/account', { cookie: `${name}=${encodeURIComponent(other)}` })).status, 302)
})

test('after sign-in, or signed in before, nobody is sent to another site', async () => {
  const cookie = await cookieOf('ann@example.com')
  for (const next of [
    '//evil.example',
    'https://evil.example/',
    '/\\evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/.//evil.example/x',
    '/./\\evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    '//here.invalid//evil.example',
    '//here.invalid\\\\evil.example',
    '',
  ]) {
    const answer = await place.post('/sign-in', { email: 'ann@example.com', password: PASSWORD, next }, elsewhere())
    assert.equal(answer.headers.get('location'), '/', next)
    const again = await place.get(`/sign-in?${new URLSearchParams({ next }).toString()}`, { cookie })
    assert.equal(again.headers.get('location'), '/', next)
  }
  const dots = await place.get('/sign-in?next=/x/../leads%3Fstage=//one', { cookie })
  assert.equal(dots.headers.get('location'), '/leads?stage=//one')
})

/** What the answer says, without what was typed. */
const refusal = async (email: string, password: string) => {
  const answer = await place.post('/sign-in', { email, password }, elsewhere())
  const names = [...answer.headers.keys()].filter((name) => name !== 'date')
  return { status: answer.status, names, text: (await answer.text()).replaceAll(email, '…') }
}

test('no such user, a wrong password and a locked user are answered alike', async () => {
  const locked = await place.people.users.add(user('locked@example.com', 'Locked', ['sales']), operator)
  await place.people.users.change(locked, { locked: true }, operator)
  await place.people.users.add(
    { ...user('sso@example.com', 'Sso', ['sales']), password: undefined as unknown as string },
    operator,
  )
  const unknown = await refusal('nobody@example.com', PASSWORD)
  assert.equal(unknown.status, 401)
  assert.match(unknown.text, /E-mail address or password is not right, or the account is locked/)
  assert.deepEqual(await refusal('ann@example.com', 'wrong password, quite'), unknown)
  assert.deepEqual(await refusal('locked@example.com', PASSWORD), unknown)
  assert.deepEqual(await refusal('locked@example.com', 'wrong password, quite'), unknown)
  assert.deepEqual(await refusal('sso@example.com', PASSWORD), unknown)
})

test('an answer takes as long for no such user as for a wrong password: each hashes once', async () => {
  const times = { nobody: [] as number[], wrong: [] as number[] }
  for (let i = 0; i < 7; i++)
    for (const [kind, email] of [
      ['nobody', `nobody${i}@example.com`],
      ['wrong', 'bo@example.com'],
    ] as const) {
      const started = performance.now()
      await refusal(email, 'wrong password, quite')
      times[kind].push(performance.now() - started)
    }
  const median = (all: number[]) => all.toSorted((one, other) => one - other)[3] ?? 0
  const ratio = median(times.nobody) / median(times.wrong)
  assert.ok(ratio > 0.4 && ratio < 2.5, `medians ${median(times.nobody)} and ${median(times.wrong)} ms`)
})

test('an address that tries too often waits, and others do not', async () => {
  const from = { 'x-forwarded-for': '203.0.113.9' }
  const tries = await Promise.all(
    Array.from({ length: 24 }, async (_, i) =>
      place.post('/sign-in', { email: `guess${i}@example.com`, password: 'x' }, from),
    ),
  )
  assert.deepEqual(new Set(tries.map(({ status }) => status)), new Set([401, 429]))
  const waiting = await place.post('/sign-in', { email: 'ann@example.com', password: PASSWORD }, from)
  assert.equal(waiting.status, 429)
  assert.ok(Number(waiting.headers.get('retry-after')) > 0)
  assert.match(await waiting.text(), /Too many tries\. Wait \d+ seconds/)
  assert.ok(await cookieOf('ann@example.com'))
  // What a client claims beyond the proxy does not give it another address.
  const claimed = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' }
  assert.equal((await place.post('/sign-in', { email: 'ann@example.com', password: PASSWORD }, claimed)).status, 429)
})

test('an account that is guessed from many addresses waits, whether it exists or not, one try after the other or all at once', async () => {
  await place.people.users.add(user('target@example.com', 'Target', ['sales']), operator)
  const guess = async (email: string, password: string) =>
    (await place.post('/sign-in', { email, password }, elsewhere())).status
  const inTurn: number[] = []
  for (let i = 0; i < 12; i++) inTurn.push(await guess('target@example.com', `guess number ${i}`))
  const atOnce = await Promise.all(Array.from({ length: 12 }, async (_, i) => guess('no-target@example.com', `${i}`)))
  const expected = [...Array.from({ length: 10 }, () => 401), 429, 429]
  assert.deepEqual(inTurn, expected)
  assert.deepEqual(
    atOnce.toSorted((one, other) => one - other),
    expected,
  )
  assert.equal(await guess('target@example.com', PASSWORD), 429)
})

test('a page of another site can sign nobody in or out, nor change anything', async () => {
  const cookie = await cookieOf('ann@example.com')
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ]
  for (const headers of foreign) {
    for (const path of ['/sign-in', '/sign-out', '/account', '/users'])
      assert.equal(
        (await place.post(path, { email: 'ann@example.com', password: PASSWORD }, { cookie, ...headers })).status,
        403,
        path,
      )
  }
  assert.equal((await place.get('/account', { cookie })).status, 200)
})

test('a form that is too large is refused on a page that says so, and is no fault of the server', async () => {
  const told = place.faults.length
  const large = { email: 'x'.repeat(70_000), password: PASSWORD }
  const answer = await place.post('/sign-in', large, elsewhere())
  assert.equal(answer.status, 413)
  assert.match(await answer.text(), /What was sent is too large[^]*shorten it/)
  const chinese = await place.post('/sign-in?lang=zh', large, elsewhere())
  assert.match(await chinese.text(), /发送的内容过大/)
  const cookie = await cookieOf('ann@example.com')
  for (const path of ['/account', '/users', '/reports'])
    assert.equal((await place.post(path, large, { cookie })).status, 413, path)
  assert.deepEqual(place.faults.slice(told), [])
})

test('signing out ends the session on the server too', async () => {
  const cookie = await cookieOf('bo@example.com')
  assert.equal((await place.get('/sign-out', { cookie })).status, 405, 'no link signs anybody out')
  const out = await place.post('/sign-out', {}, { cookie })
  assert.deepEqual([out.status, out.headers.get('location')], [303, '/sign-in'])
  assert.match(out.headers.getSetCookie().join(), /trueworth\.session_token=;.*Max-Age=0/)
  assert.equal((await place.get('/account', { cookie })).status, 302)
})

test('who is locked or removed is out at once, and its tokens with it', async () => {
  const { users } = place.people
  const cy = await users.add(user('cy@example.com', 'Cy', ['analyst']), operator)
  const admin = await cookieOf('ann@example.com')
  const cookie = await cookieOf('cy@example.com')
  const page = await (await place.post('/account', { do: 'token', name: 'night job', days: '1' }, { cookie })).text()
  const authorization = `Bearer ${/<code class="token">(tw_\w+)<\/code>/.exec(page)?.[1]}`
  const sees = async () => [
    (await place.get('/account', { cookie })).status,
    (await place.get('/api/catalog', { authorization })).status,
  ]
  assert.deepEqual(await sees(), [200, 200])
  assert.equal((await place.post(`/users/${cy.id}`, { do: 'lock' }, { cookie: admin })).status, 303)
  assert.deepEqual(await sees(), [302, 401])
  await place.post(`/users/${cy.id}`, { do: 'unlock' }, { cookie: admin })
  assert.deepEqual(await sees(), [302, 200], 'the token is valid again; one signs in again')
  await place.post(`/users/${cy.id}`, { do: 'remove' }, { cookie: admin })
  assert.deepEqual(await sees(), [302, 401])
  await assert.rejects(users.find('cy@example.com'), /There is no user/)
})

test('a session that has run out is none', async () => {
  const cookie = await cookieOf('bo@example.com')
  await place.system.state.tables.updateTable('sessions').set({ expiresAt: '2020-01-01T00:00:00.000Z' }).execute()
  assert.equal((await place.get('/account', { cookie })).status, 302)
})

test('a new password needs the present one, and ends every other session', async () => {
  await place.people.users.add(user('di@example.com', 'Di', ['head']), operator)
  const [here, there] = [await cookieOf('di@example.com'), await cookieOf('di@example.com')]
  const change = async (present: string, next: string) =>
    place.post('/account', { do: 'password', present, next }, { cookie: here, ...elsewhere() })
  const wrong = await change('not the one I have', 'another good password')
  assert.equal(wrong.status, 422)
  assert.match(await wrong.text(), /role="alert"[^>]*>The present password is not right/)
  assert.equal((await change(PASSWORD, 'short')).status, 400)
  const changed = await change(PASSWORD, 'another good password')
  assert.equal(changed.status, 303)
  assert.equal((await place.get('/account', { cookie: there })).status, 302)
  assert.equal(
    (await place.get('/account', { cookie: changed.headers.getSetCookie()[0]?.split(';')[0] ?? '' })).status,
    200,
  )
  assert.equal((await place.post('/sign-in', { email: 'di@example.com', password: PASSWORD }, elsewhere())).status, 401)
  assert.ok(await place.cookieOf('di@example.com', 'another good password', elsewhere()))
})

test('a name is text, never markup, and errors are said in the language of the reader', async () => {
  const evil = '<script>alert(1)</script>'
  await place.people.users.add(user('evil@example.com', evil, ['admin']), operator)
  const cookie = await cookieOf('evil@example.com')
  for (const path of ['/account', '/users']) {
    const text = await (await place.get(path, { cookie })).text()
    assert.ok(!text.includes(evil) && text.includes('&lt;script&gt;'), path)
  }
  const chinese = await place.post(
    '/sign-in',
    { email: '"><b>@x', password: 'x' },
    { ...elsewhere(), 'accept-language': 'zh-CN' },
  )
  const text = await chinese.text()
  assert.match(text, /邮箱或密码不正确/)
  assert.ok(!text.includes('"><b>'))
})

test('nothing of all this was a fault of ours', () => {
  assert.deepEqual(place.faults, [])
})
