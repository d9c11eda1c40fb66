import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkEmail } from '../../users/user.ts'
import { operator, PASSWORD, Place, user } from './place.ts'

let place: Place
before(async () => {
  place = await Place.open({ proxies: ['127.0.0.1'] })
})
after(async () => place.close())

test('addresses of any script are kept alike, however they are written; what no mail server takes is none', () => {
  for (const [kept, ...written] of [
    ['jürgen@example.com', 'Jürgen@Example.com', ' JÜRGEN@example.com ', 'ju\u0308rgen@example.com'],
    ['user@xn--bcher-kva.example', 'user@bücher.example', 'User@BÜCHER.example', 'user@xn--bcher-kva.example'],
    ['王@xn--fsqu00a.xn--fiqs8s', '王@例子.中国', '王@例子。中国'],
    ["o'neil+a@mail.example.co", "O'Neil+a@mail.example.co"],
  ] as const)
    for (const text of written) assert.equal(checkEmail(text), kept, text)
  for (const text of [
    '',
    'x',
    'x@',
    '@例子.中国',
    '王@中国',
    '王 李@例子.中国',
    '.x@example.com',
    'x..y@example.com',
    'x.@example.com',
    '王@例\u0000子.中国',
    '王@exa mple.中国',
    '王@@例子.中国',
    'x\u001b@example.com',
    `${'王'.repeat(65)}@例子.中国`,
  ])
    assert.throws(() => checkEmail(text), /is no e-mail address/, text)
})

test('who has such an address signs in with it by password, and a wrong one is refused', async () => {
  let address = 0
  for (const [written, typed] of [
    ['jürgen@example.com', 'JÜRGEN@example.com'],
    ['user@bücher.example', 'user@xn--bcher-kva.example'],
    ['王@例子.中国', '王@例子.中国'],
  ] as const) {
    await place.people.users.add(user(written, 'Any', ['head']), operator)
    const from = () => ({ 'x-forwarded-for': `10.5.0.${(address += 1)}` })
    const refused = await place.post('/sign-in', { email: typed, password: 'not the password' }, from())
    assert.equal(refused.status, 401, typed)
    const cookie = await place.cookieOf(typed, PASSWORD, from())
    assert.equal((await place.get('/account', { cookie })).status, 200, typed)
    assert.ok(await place.people.users.find(written))
    await assert.rejects(place.people.users.add(user(typed, 'Twice', ['head']), operator), /is a user already/)
  }
  assert.doesNotMatch(await (await place.get('/sign-in')).text(), /type="email"/, 'browsers take ASCII alone for one')
})
