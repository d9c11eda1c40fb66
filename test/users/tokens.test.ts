import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PASSWORD, Place } from './place.ts'

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

test('a token stands for its user until it is revoked; a wrong one is not mended by a cookie', async () => {
  const cookie = await cookieOf('bo@example.com')
  const page = await place.post('/account', { do: 'token', name: 'excel', days: '30' }, { cookie })
  const text = await page.text()
  const token = /<code class="token">(tw_\w+)<\/code>/.exec(text)?.[1] ?? ''
  assert.ok(token.length > 40)
  assert.doesNotMatch(await (await place.get('/account', { cookie })).text(), new RegExp(token), 'shown once')
  const kept = await place.system.state.tables.selectFrom('tokens').selectAll().execute()
  assert.ok(kept.length > 0 && !JSON.stringify(kept).includes(token), 'only its hash is kept')
  const status = async (headers: Record<string, string>) => (await place.get('/api/catalog', headers)).status
  assert.equal(await status({ authorization: `Bearer ${token}` }), 200)
  for (const wrong of [`Bearer ${token}x`, 'Bearer', `Bearer ${token.toLowerCase()}`])
    assert.equal(await status({ authorization: wrong, cookie }), 401, wrong)
  assert.equal(await status({ authorization: `Basic ${token}` }), 401)
  const bo = await place.people.users.find('bo@example.com')
  const { id = '' } = (await place.people.users.tokens(bo)).find(({ name }) => name === 'excel') ?? {}
  const ann = await cookieOf('ann@example.com')
  assert.equal(
    (await place.post('/account', { do: 'revoke', token: id }, { cookie: ann })).status,
    404,
    'not another’s',
  )
  assert.equal((await place.post('/account', { do: 'revoke', token: id }, { cookie })).status, 303)
  assert.equal(await status({ authorization: `Bearer ${token}` }), 401)
  for (const [name, days] of [
    ['', '1'],
    ['x'.repeat(33), '1'],
    ['night\u001b[2Kjob', '1'],
    ['y', '0'],
    ['y', '366'],
    ['y', '1.5'],
    ['y', 'x'],
  ] as const)
    assert.equal((await place.post('/account', { do: 'token', name, days }, { cookie })).status, 400, `${name} ${days}`)
})

test('a token that has run out is none', async () => {
  const cookie = await cookieOf('bo@example.com')
  const text = await (await place.post('/account', { do: 'token', name: 'old', days: '1' }, { cookie })).text()
  const authorization = `Bearer ${/<code class="token">(tw_\w+)<\/code>/.exec(text)?.[1]}`
  assert.equal((await place.get('/api/catalog', { authorization })).status, 200)
  await place.system.state.tables
    .updateTable('tokens')
    .set({ expiresAt: '2020-01-01T00:00:00.000Z' })
    .where('name', '=', 'old')
    .execute()
  assert.equal((await place.get('/api/catalog', { authorization })).status, 401)
})

test('what an assistant asks is written down once, as a question; that it listed names or said hello is not', async () => {
  const cookie = await cookieOf('bo@example.com')
  const { audit, users } = place.people
  const { id } = await users.find('bo@example.com')
  const asked = { name: 'query', arguments: { metrics: 'revenue' } }
  const headers = { cookie, 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
  const before = (await audit.list({ viewer: id })).length
  for (const message of [
    { jsonrpc: '2.0', id: 1, method: 'ping' },
    { jsonrpc: '2.0', id: 2, method: 'tools/call', params: asked },
    { jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: 'find_figures', arguments: {} } },
  ]) {
    const body = JSON.stringify(message)
    await (await fetch(`${place.server.url}/mcp`, { method: 'POST', headers, body })).text()
  }
  assert.equal((await place.get('/api/catalog', { cookie })).status, 200)
  assert.equal((await place.get('/leads', { cookie })).status, 200)
  const entries = await audit.list({ viewer: id })
  const subjects = entries.slice(0, entries.length - before).map(({ subject }) => subject)
  assert.deepEqual(
    subjects.filter((subject) => /mcp|catalog/.test(subject)),
    [],
  )
  assert.ok(subjects.includes('/leads'))
})

test('nothing of all this was a fault of ours', () => {
  assert.deepEqual(place.faults, [])
})

test('the description for programs says how to say who asks', async () => {
  const cookie = await cookieOf('bo@example.com')
  const { components, security, paths } = (await (await place.get('/openapi.json', { cookie })).json()) as {
    components: { securitySchemes: { token: object; session: { in: string; name: string } } }
    security: object[]
    paths: Record<string, { get: { security?: object[] } }>
  }
  const { token, session } = components.securitySchemes
  assert.ok('scheme' in token && token.scheme === 'bearer')
  assert.equal(session.in, 'cookie')
  assert.equal(session.name, cookie.split('=')[0])
  assert.deepEqual(security, [{ token: [] }, { session: [] }])
  assert.deepEqual(paths['/healthz']?.get.security, [])
})
