import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { goneRoleWarnings } from '../../main/people.ts'
import { startServer } from '../../main/server.ts'
import { Place } from './place.ts'

let place: Place
let admin = ''
before(async () => {
  place = await Place.open()
  admin = await place.cookieOf('ann@example.com')
  // As if the configuration had had the role when it was given.
  await has(['sales', 'nopay'])
})
after(async () => place.close())

const bo = async () => place.people.users.find('bo@example.com')
async function has(roles: readonly string[]): Promise<void> {
  const { id } = await bo()
  const row = { roles: JSON.stringify(roles) }
  await place.system.state.tables.updateTable('users').set(row).where('id', '=', id).execute()
}

test('who has a role that is gone is shown nothing, and reads on every page which role it is', async () => {
  const cookie = await place.cookieOf('bo@example.com')
  for (const [language, words] of [
    ['en', /not in the configuration \(nopay\)/],
    ['zh', /角色（nopay）已不在配置中/],
  ] as const) {
    const refused = await place.get('/leads', { cookie, 'accept-language': language })
    assert.equal(refused.status, 403)
    assert.match(await refused.text(), words)
  }
  assert.equal((await place.get('/api/catalog', { cookie })).status, 403)
})

test('the page Users shows it as gone and ticked: saving keeps it, taking the tick away mends it', async () => {
  const { id } = await bo()
  const page = async () => (await place.get('/users', { cookie: admin })).text()
  assert.match(await page(), /value="nopay" checked \/>\s*<span>nopay \(not in the configuration/)
  const save = async (roles: string[]) =>
    (await place.post(`/users/${id}`, { do: 'save', roles, attributes: 'region = East' }, { cookie: admin })).status
  assert.equal(await save(['head', 'nopay']), 303)
  assert.deepEqual((await bo()).roles, ['head', 'nopay'])
  assert.equal(await save(['head']), 303)
  assert.deepEqual((await bo()).roles, ['head'])
  assert.doesNotMatch(await page(), /value="nopay"/)
  assert.equal(await save(['head', 'nopay']), 400, 'and nobody gets it anew')
})

test('the server says at its start whose roles are gone', async () => {
  await has(['sales', 'nopay', 'old'])
  const [line = '', ...others] = await goneRoleWarnings(place.system.config, place.people)
  assert.match(
    line,
    /^bo@example\.com has the roles nopay, old, which are not in .* and is shown nothing; take it away/,
  )
  assert.deepEqual(others, [])
  const said: string[] = []
  const options = { host: '127.0.0.1', port: 0, version: '0.0.0', say: (one: string) => said.push(one) }
  await (await startServer(place.system, options)).close()
  assert.ok(said.includes(line))
})
