// How much of sign-on one address may ask for, and what another system that is slow or not of our time does.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { Place } from './place.ts'

let issuer: Server
let place: Place
before(async () => {
  issuer = createServer((_request, response) => {
    const url = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`
    const found = {
      issuer: url,
      authorization_endpoint: `${url}/auth`,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/keys`,
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(found))
  })
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve))
  const { port } = issuer.address() as AddressInfo
  const directory = { id: 'directory', name: { en: 'Directory', zh: '公司目录' }, clientId: 'trueworth' }
  place = await Place.open({ oidc: [{ ...directory, issuer: `http://127.0.0.1:${port}` }], proxies: ['127.0.0.1'] })
})
after(async () => {
  await place.close()
  issuer.closeAllConnections()
  await new Promise((resolve) => issuer.close(resolve))
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
