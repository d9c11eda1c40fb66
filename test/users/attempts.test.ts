import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Attempts } from '../../users/attempts.ts'
import { operator, PASSWORD, Place } from './place.ts'

test('an account that waits is not forgotten, however many others are tried; its time runs out all the same', () => {
  let clock = 0
  const attempts = new Attempts(() => new Date(clock))
  for (let i = 0; i < 10; i++) attempts.tried('target')
  assert.equal(attempts.wait('target'), 900)
  for (let i = 0; i < 30_000; i++) attempts.tried(`other ${i}`)
  for (let i = 0; i < 11_000; i++) for (let times = 0; times < 10; times++) attempts.tried(`third ${i}`)
  clock = 899_000
  assert.equal(attempts.wait('target'), 1)
  clock = 900_000
  assert.equal(attempts.wait('target'), 0)
})

test('tries before an account was released are forgotten, tries after it count', () => {
  let clock = 1_000
  const attempts = new Attempts(() => new Date(clock))
  for (let i = 0; i < 10; i++) attempts.tried('target')
  assert.equal(attempts.wait('target', new Date(999)), 900)
  assert.equal(attempts.wait('target', new Date(1_000)), 0)
  clock = 2_000
  for (let i = 0; i < 10; i++) attempts.tried('target')
  assert.equal(attempts.wait('target', new Date(1_500)), 900)
})

test('tries under way count until they end; one that ends right, or was none, leaves nothing', () => {
  const attempts = new Attempts(() => new Date(0))
  for (let i = 0; i < 10; i++) attempts.begun('target')
  assert.equal(attempts.wait('target'), 5)
  assert.equal(attempts.wait('other'), 0)
  for (let i = 0; i < 10; i++) attempts.ended('target')
  assert.equal(attempts.wait('target'), 0)
  for (let i = 0; i < 10; i++) attempts.tried('target')
  attempts.right('target')
  assert.equal(attempts.wait('target'), 0)
})

test('an account that waits may sign in at once after a new password or when it is unlocked, from wherever that was ordered', async () => {
  const place = await Place.open({ proxies: ['127.0.0.1'] })
  const { users } = place.people
  let address = 0
  const enter = async (password: string) =>
    (
      await place.post(
        '/sign-in',
        { email: 'bo@example.com', password },
        { 'x-forwarded-for': `10.8.0.${(address += 1)}` },
      )
    ).status
  const guessed = async () => {
    for (let i = 0; i < 10; i++) assert.equal(await enter(`guess ${i}`), 401)
    assert.equal(await enter(PASSWORD), 429)
  }
  await guessed()
  await users.setPassword(await users.find('bo@example.com'), 'a wholly new password', operator)
  assert.equal(await enter(PASSWORD), 401, 'the old one is wrong now')
  assert.equal(await enter('a wholly new password'), 303)
  await users.setPassword(await users.find('bo@example.com'), PASSWORD, operator)
  await guessed()
  await users.change(await users.find('bo@example.com'), { locked: false }, operator)
  assert.equal(await enter(PASSWORD), 303)
  await place.close()
})

test('an address is the same whichever port a proxy writes beside it', async () => {
  const place = await Place.open({ proxies: ['127.0.0.1'] })
  const enter = async (address: string, i: number) =>
    (
      await place.post(
        '/sign-in',
        { email: `y${i}@example.com`, password: 'x' },
        { 'x-forwarded-for': `9.9.9.9, ${address}` },
      )
    ).status
  for (const written of [(port: number) => `10.6.0.1:${port}`, (port: number) => `[2001:db8:6::1]:${port}`]) {
    const all = await Promise.all(Array.from({ length: 24 }, async (_, i) => enter(written(5000 + i), i)))
    assert.equal(all.filter((status) => status === 429).length, 4, written(0))
  }
  for (const fresh of ['10.6.0.2:5000', '10.6.0.3', '[2001:db8:7::1]', 'unknown'])
    assert.equal(await enter(fresh, 99), 401, fresh)
  await place.close()
})

test('what an address may not try is no try of an account', async () => {
  const place = await Place.open({ proxies: ['127.0.0.1'] })
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const enter = async (email: string, password: string, address: string) =>
    (await place.post('/sign-in', { email, password }, from(address))).status
  const used = await Promise.all(
    Array.from({ length: 24 }, async (_, i) => enter(`x${i}@example.com`, 'x', '10.9.0.1')),
  )
  assert.equal(used.filter((status) => status === 401).length, 20)
  for (let i = 0; i < 12; i++) assert.equal(await enter('ann@example.com', `guess ${i}`, '10.9.0.1'), 429)
  assert.equal(await enter('ann@example.com', PASSWORD, '10.9.0.2'), 303)
  await place.close()
})
