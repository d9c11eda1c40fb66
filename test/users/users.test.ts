import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { getMigrations } from 'better-auth/db/migration'
import * as fc from 'fast-check'
import { openState, type State } from '../../data/state.ts'
import { RequestError } from '../../errors.ts'
import { Attempts } from '../../users/attempts.ts'
import { en } from '../../dashboards/words/en.ts'
import { AUDIT_ACTIONS, openAudit } from '../../users/audit.ts'
import { authOptions } from '../../users/auth-options.ts'
import { readAttributes, writeAttributes } from '../../users/user.ts'
import { openUsers } from '../../users/users.ts'
import { operator, PASSWORD, Place, user } from './place.ts'

const rules = { roles: ['sales', 'admin'], managing: ['admin'], dimensions: ['region', 'customer'] }
const now = () => new Date('2026-03-01T00:00:00Z')

test('the library that signs people in would change nothing about the tables we make for it', async () => {
  const state = openState(':memory:')
  const settings = {
    state,
    secret: 'x'.repeat(40),
    url: 'http://127.0.0.1:4600',
    sessionHours: 1,
    oidc: [],
    newUsers: [],
    onFault: assert.fail,
    signedIn: async () => undefined,
    signedUp: async () => undefined,
  }
  const { toBeAdded, toBeCreated } = await getMigrations(authOptions(settings, []))
  assert.deepEqual([toBeAdded, toBeCreated], [[], []])
  await state.close()
})

describe('users', () => {
  let state: State
  before(() => {
    state = openState(':memory:')
  })
  after(async () => state.close())
  const opened = () => openUsers({ state, audit: openAudit(state, { now }), rules, now })

  test('what a user cannot be is refused with the field and what would be valid, and nobody is added', async () => {
    const users = opened()
    const refused = async (change: object, field: string, words: RegExp) =>
      assert.rejects(users.add({ ...user('ok@example.com', 'Ok', ['sales']), ...change }, operator), (error) => {
        assert.ok(error instanceof RequestError)
        assert.equal(error.field, field)
        assert.match(error.message, words)
        return true
      })
    for (const email of ['', 'x', 'x@', '@x.com', 'a b@example.com', `${'x'.repeat(250)}@example.com`])
      await refused({ email }, 'email', /is no e-mail address/)
    for (const name of ['  ', 'Ann\nMei  saw  /', 'Ann\u001b[2K', 'Ann\u202e'])
      await refused({ name }, 'name', /The name is empty.*cannot be seen/)
    await refused({ roles: [] }, 'roles', /at least one role of: sales, admin/)
    await refused({ roles: ['sales', 'boss'] }, 'roles', /There is no role 'boss'\. Valid: sales, admin/)
    await refused({ password: 'x'.repeat(11) }, 'password', /12 to 128 characters/)
    await refused({ password: 'x'.repeat(129) }, 'password', /12 to 128 characters/)
    for (const line of ['region', 'region =', 'colour = red', '= x'])
      await refused(
        { attributes: [line] },
        'attributes',
        /is not a dimension and its value.*Dimensions: region, customer/,
      )
    assert.equal(await users.count(), 0)
    await users.add(user('Twice@Example.com', 'Twice', ['sales']), operator)
    await refused({ email: 'twice@example.com' }, 'email', /'twice@example\.com' is a user already/)
  })

  test('a password is kept as a hash alone, of its own salt', async () => {
    const users = opened()
    for (const email of ['one@example.com', 'two@example.com']) await users.add(user(email, 'One', ['sales']), operator)
    const kept = await state.tables.selectFrom('accounts').selectAll().execute()
    assert.ok(!JSON.stringify(kept).includes(PASSWORD))
    const hashes = kept.map(({ password }) => password)
    assert.equal(new Set(hashes).size, hashes.length)
  })

  test('sessions that have run out are forgotten, others stay', async () => {
    const users = opened()
    const { id } = await users.add(user('old@example.com', 'Old', ['sales']), operator)
    const at = now().toISOString()
    for (const [key, expiresAt] of [
      ['old', '2026-02-28T23:59:59.999Z'],
      ['new', '2026-03-01T00:00:00.001Z'],
    ] as const) {
      const dates = { createdAt: at, updatedAt: at, expiresAt }
      await state.tables
        .insertInto('sessions')
        .values({ id: key, token: key, userId: id, ipAddress: null, userAgent: null, ...dates })
        .execute()
    }
    await users.tidy()
    const left = await state.tables.selectFrom('sessions').select('id').execute()
    assert.deepEqual(left, [{ id: 'new' }])
  })

  test('nobody locks, removes or demotes oneself; any other may', async () => {
    const users = opened()
    const one = await users.add(user('self@example.com', 'Self', ['admin']), operator)
    for (const work of [
      async () => users.change(one, { locked: true }, one),
      async () => users.change(one, { roles: ['sales'] }, one),
      async () => users.remove(one, one),
    ])
      await assert.rejects(work, /another administrator can/)
    await users.change(one, { roles: ['admin', 'sales'] }, one)
    await users.change(one, { locked: true }, operator)
    assert.equal((await users.find(one.id)).locked, true)
  })

  test('attributes are read as they are written, whatever their values are', () => {
    const value = fc
      .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
      .filter((text) => /^\S(.*\S)?$/.test(text))
    const attributes = fc.dictionary(
      fc.constantFrom('region', 'customer'),
      fc.uniqueArray(value, { minLength: 1, maxLength: 4 }),
      {
        noNullPrototype: true,
      },
    )
    fc.assert(
      fc.property(attributes, (given) => assert.deepEqual(readAttributes(writeAttributes(given), rules), given)),
    )
  })
})

describe('the audit log', () => {
  test('keeps no more days and no more entries than it is told to, the newest', async () => {
    const state = openState(':memory:')
    let clock = Date.parse('2026-01-01T00:00:00Z')
    const audit = openAudit(state, { retention: { days: 10, rows: 5 }, now: () => new Date(clock) })
    for (let day = 0; day < 20; day++) {
      await audit.record(operator, 'saw', `day ${day}`)
      clock += 86_400_000
    }
    await audit.trim()
    const subjects = async () => (await audit.list()).map(({ subject }) => subject)
    assert.deepEqual(await subjects(), ['day 19', 'day 18', 'day 17', 'day 16', 'day 15'])
    clock += 6.5 * 86_400_000
    await audit.trim()
    assert.deepEqual(await subjects(), ['day 19', 'day 18', 'day 17'])
    await state.close()
  })

  test('has words for everything it may say', () => {
    for (const action of AUDIT_ACTIONS) assert.ok(Object.hasOwn(en, `audit_action_${action}`), action)
  })

  test('a subject is cut, not the log', async () => {
    const state = openState(':memory:')
    const audit = openAudit(state, { now })
    await audit.record(operator, 'saw', 'x'.repeat(100_000))
    const subject = (await audit.list())[0]?.subject ?? ''
    assert.match(subject, /^x{16000} … \[\+84000\]$/)
    const question = `/api/query?${'a=b&'.repeat(3_000)}metrics=profit`
    await audit.record(operator, 'saw', question)
    assert.equal((await audit.list())[0]?.subject, question)
    await state.close()
  })
})

test('however tries are spread, an account is tried no more than twenty times within any quarter of an hour', () => {
  const steps = fc.array(
    fc.record({ account: fc.constantFrom('a', 'b'), after: fc.integer({ min: 0, max: 400_000 }) }),
    { maxLength: 200 },
  )
  fc.assert(
    fc.property(steps, (tries) => {
      let clock = 0
      const attempts = new Attempts(() => new Date(clock))
      const made: Record<string, number[]> = { a: [], b: [] }
      for (const { account, after } of tries) {
        clock += after
        if (attempts.wait(account) > 0) continue
        made[account]?.push(clock)
        attempts.tried(account)
      }
      for (const times of Object.values(made))
        for (const [i, time] of times.entries()) assert.ok((times[i + 20] ?? Infinity) - time >= 900_000)
    }),
  )
})

describe('the page of users', () => {
  let place: Place
  let admin = ''
  before(async () => {
    place = await Place.open()
    admin = await place.cookieOf('ann@example.com')
  })
  after(async () => place.close())

  test('only an administrator sees and changes users; what others tried is in the log', async () => {
    const cookie = await place.cookieOf('bo@example.com')
    const bo = await place.people.users.find('bo@example.com')
    assert.equal((await place.get('/users', { cookie })).status, 403)
    const grab = { do: 'save', roles: ['admin'], attributes: '' }
    assert.equal((await place.post(`/users/${bo.id}`, grab, { cookie })).status, 403)
    assert.equal(
      (await place.post('/users', { email: 'x@example.com', name: 'X', roles: 'admin' }, { cookie })).status,
      403,
    )
    assert.deepEqual((await place.people.users.find(bo.id)).roles, ['sales'])
    const refused = (await place.people.audit.list({ viewer: bo.id })).filter(({ action }) => action === 'refused')
    assert.deepEqual(
      refused.map(({ subject }) => subject).toSorted(),
      ['/users', 'POST /users', `POST /users/${bo.id}`].toSorted(),
    )
    assert.doesNotMatch(await (await place.get('/account', { cookie })).text(), /href="\/users"/)
  })

  test('an administrator adds a user, grants, sets a password, locks and removes; a change holds at once', async () => {
    const added = await place.post(
      '/users',
      {
        email: 'el@example.com',
        name: 'El',
        roles: ['head', 'analyst'],
        attributes: 'region = 华东\r\nregion = East, and more',
        password: PASSWORD,
      },
      { cookie: admin },
    )
    assert.equal(added.headers.get('location'), '/users?done=1')
    const { users } = place.people
    const el = await users.find('el@example.com')
    assert.deepEqual([el.roles, el.attributes], [['head', 'analyst'], { region: ['华东', 'East, and more'] }])
    const cookie = await place.cookieOf('el@example.com')
    assert.equal((await place.get('/users', { cookie })).status, 403)
    const order = async (form: Record<string, string | string[]>) =>
      (await place.post(`/users/${el.id}`, form, { cookie: admin })).status
    assert.equal(await order({ do: 'save', roles: 'admin', attributes: 'region = East' }), 303)
    assert.equal((await place.get('/users', { cookie })).status, 200)
    assert.equal(await order({ do: 'password', password: 'a wholly new password' }), 303)
    assert.equal((await place.get('/users', { cookie })).status, 302)
    assert.ok(await place.cookieOf('el@example.com', 'a wholly new password'))
    assert.equal(await order({ do: 'lock' }), 303)
    assert.match(await (await place.get('/users', { cookie: admin })).text(), /Locked/)
    assert.equal(await order({ do: 'remove' }), 303)
    assert.equal(await order({ do: 'remove' }), 404)
  })

  test('what is refused is said on the page, with what was typed', async () => {
    const answer = await place.post('/users', { email: 'no address', name: 'Fay', roles: 'admin' }, { cookie: admin })
    const text = await answer.text()
    assert.equal(answer.status, 400)
    assert.match(
      text,
      /role="alert">.no address. is no e-mail address|role="alert">&#39;no address&#39; is no e-mail address/,
    )
    assert.match(text, /name="name" value="Fay"/)
    const ann = await place.people.users.find('ann@example.com')
    for (const order of ['lock', 'remove'])
      assert.equal((await place.post(`/users/${ann.id}`, { do: order }, { cookie: admin })).status, 422, order)
  })

  test('the log says who signed in, saw and changed what, and never a secret', async () => {
    await place.get('/customers?region=%E5%8D%8E%E4%B8%9C&period=2025', { cookie: admin })
    await place.get('/api/query?metrics=revenue', { cookie: admin })
    const { audit, users } = place.people
    const ann = await users.find('ann@example.com')
    const entries = await audit.list({ viewer: ann.id })
    const has = (action: string, subject: string) =>
      entries.some((one) => one.action === action && one.subject === subject)
    assert.ok(has('signed_in', 'ann@example.com'))
    assert.ok(has('saw', '/customers?region=华东&period=2025'))
    assert.ok(has('user_added', 'el@example.com head,analyst'))
    for (const action of ['user_changed', 'user_locked', 'user_removed', 'password_set'])
      assert.ok(
        entries.some((one) => one.action === action),
        action,
      )
    assert.ok(!entries.some(({ subject }) => subject.startsWith('/assets/') || subject === '/healthz'))
    const all = JSON.stringify(await audit.list({ limit: 1000 }))
    for (const secret of [PASSWORD, 'a wholly new password']) assert.ok(!all.includes(secret))
    const page = await (await place.get(`/users?person=${ann.id}`, { cookie: admin })).text()
    assert.match(page, /Only Ann/)
    assert.match(page, /\/customers\?region=华东&amp;period=2025/)
  })

  test('an order is written down with what it says', async () => {
    const body = JSON.stringify({ only: ['nobody'] })
    const headers = { cookie: admin, 'content-type': 'application/json', origin: place.server.url }
    await (await fetch(`${place.server.url}/api/runs`, { method: 'POST', headers, body })).text()
    const entry = (await place.people.audit.list()).find(({ action }) => ['ordered', 'refused'].includes(action))
    assert.match(`${entry?.action} ${entry?.subject}`, /^(ordered \{"only":\["nobody"\]\}|refused POST \/api\/runs)$/)
  })
})
