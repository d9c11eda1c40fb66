// How much of sign-on one address may ask for, and what another system does that is slow or whose clock is not ours.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import { cookiesOf, Place } from './place.ts'

const clientId = 'trueworth'
let issuer: Server
let place: Place
let keys: { publicKey: CryptoKey; privateKey: CryptoKey }
/** What the other system says next of who came: as claims, with seconds by which its clock is ahead. */
let says: { nonce: string; ahead: number }
/** The path that is not answered, and what would have been. */
let hangs: string | undefined
const held: (() => Promise<void>)[] = []

async function said(url: string): Promise<object> {
  const { nonce, ahead } = says
  const at = Math.floor(Date.now() / 1000) + ahead
  const claims = { sub: 'ann', email: 'ann@example.com', email_verified: true, name: 'Ann', nonce }
  const token = new SignJWT({ ...claims, iss: url, aud: clientId, iat: at, nbf: at, exp: at + 300 })
  const signed = await token.setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(keys.privateKey)
  return { access_token: 'a', token_type: 'Bearer', id_token: signed }
}

before(async () => {
  keys = await generateKeyPair('RS256')
  const key = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  issuer = createServer((request, response) => {
    const url = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`
    const { pathname } = new URL(request.url ?? '/', url)
    const found = {
      issuer: url,
      authorization_endpoint: `${url}/auth`,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    }
    const answer = async (): Promise<void> => {
      const body = pathname === '/token' ? await said(url) : pathname === '/keys' ? { keys: [key] } : found
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    }
    if (pathname === hangs) held.push(answer)
    else void answer()
  })
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve))
  const { port } = issuer.address() as AddressInfo
  const directory = { id: 'directory', name: { en: 'Directory', zh: '公司目录' }, clientId }
  place = await Place.open({ oidc: [{ ...directory, issuer: `http://127.0.0.1:${port}` }], proxies: ['127.0.0.1'] })
})
after(async () => {
  await place.close()
  issuer.closeAllConnections()
  await new Promise((resolve) => issuer.close(resolve))
})

/** Begins, and gives what brings back from the other system. */
async function begun(): Promise<{ nonce: string; back: () => Promise<Response> }> {
  const answer = await place.get('/sign-in/with/directory?next=/account')
  const asked = new URL(answer.headers.get('location') ?? '').searchParams
  const search = new URLSearchParams({ code: 'x', state: asked.get('state') ?? '' }).toString()
  const cookie = cookiesOf(answer)
  return {
    nonce: asked.get('nonce') ?? '',
    back: async () => place.get(`/api/auth/callback/directory?${search}`, { cookie }),
  }
}

test('the clock of the other system may differ a little; what it says for later, or for another sign-on, counts nothing', async () => {
  for (const [ahead, opens] of [
    [30, '/account'],
    [-30, '/account'],
    [120, '/sign-in'],
    [-400, '/sign-in'],
  ] as const) {
    const { nonce, back } = await begun()
    says = { nonce, ahead }
    assert.equal((await back()).headers.get('location')?.split('?')[0], opens, `${ahead} s`)
  }
  const { back } = await begun()
  says = { nonce: 'of another', ahead: 0 }
  assert.equal((await back()).headers.get('location')?.split('?')[0], '/sign-in')
})

test('another system that never answers keeps nobody waiting, and who came so late is not signed in', async () => {
  const { nonce, back } = await begun()
  says = { nonce, ahead: 0 }
  const sessions = async () => (await place.system.state.tables.selectFrom('sessions').select('id').execute()).length
  const before = await sessions()
  hangs = '/token'
  const started = performance.now()
  assert.match((await back()).headers.get('location') ?? '', /^\/sign-in\?error=/)
  hangs = '/.well-known/openid-configuration'
  const down = await place.get('/sign-in/with/directory')
  assert.equal(down.status, 503)
  assert.ok(performance.now() - started < 25_000)
  assert.ok(place.faults.some((line) => /directory did not answer within 10 seconds/.test(line)))
  hangs = undefined
  assert.equal((await place.get('/sign-in/with/directory')).status, 303, 'and works again once it answers')
  for (const answer of held) await answer()
  await setTimeout(500)
  assert.equal(await sessions(), before)
})

test('an office behind one address signs on; who begins or ends far too many waits, and is told how long', async () => {
  const from = { 'x-forwarded-for': '10.7.0.1', 'accept-language': 'zh' }
  const status = async (path: string) => (await place.get(path, from)).status
  for (const path of ['/sign-in/with/directory', '/api/auth/callback/directory?code=1&state=2']) {
    for (let i = 0; i < 600; i++) assert.equal(await status(path), 303, `${path} ${i}`)
    const waits = await place.get(path, from)
    assert.equal(waits.status, 429, path)
    assert.ok(Number(waits.headers.get('retry-after')) > 0)
    assert.match(await waits.text(), /尝试次数过多，请等待 \d+ 秒/)
  }
  const elsewhere = { 'x-forwarded-for': '10.7.0.2' }
  assert.equal((await place.get('/sign-in/with/directory', elsewhere)).status, 303)
})
