import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Alert } from '../../config/alerts.ts'
import { inRegion, narrow, OWNER, within, type Watched } from './company.ts'

const requests: Alert = { name: 'many', metric: 'requests', by: 'customer', period: 'all_time', when: { above: 0 } }
const east = { address: 'east@example.com', viewer: inRegion('华东') }
const near = { address: 'near@example.com', viewer: narrow }

/** Customers that each address is told of. */
const toldTo = (company: Watched): Record<string, string[]> =>
  Object.fromEntries(
    company
      .taken()
      .flatMap(({ to, text }) =>
        to.map(({ address }) => [address, ['C1', 'C2', 'C5'].filter((id) => text.includes(id))]),
      ),
  )

describe('a message', () => {
  test('tells a user nothing of a group that a role of it hides', async () => {
    const alert = { ...requests, with: ['region'], to: ['guest@example.com', { role: 'narrow' }] } as const
    await within({ watch: [alert], users: [near] }, async (company) => {
      await company.evaluate()
      const texts = Object.fromEntries(company.taken().map(({ to, text, html }) => [to[0]?.address, text + html]))
      assert.match(texts['guest@example.com'] ?? '', /华东/)
      assert.match(texts[near.address] ?? '', /C1/)
      assert.doesNotMatch(texts[near.address] ?? '', /华东/)
    })
  })

  test('to an address that is of a user tells what that user may see, and nothing to one locked out', async () => {
    const people = { C1: 'East@example.com', C5: 'East@example.com' }
    const alerts: readonly Alert[] = [
      { ...requests, to: ['East@example.com'] },
      { ...requests, to: [{ person: 'customer' }] },
    ]
    for (const alert of alerts) {
      await within({ watch: [alert], users: [east], more: { people } }, async (company) => {
        await company.evaluate()
        const told = toldTo(company)
        assert.ok(told[east.address]?.includes('C1'))
        assert.ok(!told[east.address]?.includes('C5'))
      })
      await within({ watch: [alert], locked: [east.address], more: { people } }, async (company) => {
        await company.evaluate()
        const told = toldTo(company)
        assert.deepEqual(Object.keys(told), [OWNER])
        assert.deepEqual(told[OWNER], ['C1', 'C2', 'C5'])
      })
    }
  })

  test('to an owner who is a user tells what the owner may see, by default and instead of others', async () => {
    for (const to of [undefined, [{ role: 'nobody' }]]) {
      const alert = { ...requests, ...(to && { to }), owner: east.address }
      await within({ watch: [alert], users: [east] }, async (company) => {
        await company.evaluate()
        assert.deepEqual(toldTo(company), { [east.address]: ['C1', 'C2'] })
      })
      await within({ watch: [alert], locked: [east.address] }, async (company) => {
        await company.evaluate()
        assert.deepEqual(toldTo(company), {})
      })
    }
  })

  test('names to an owner those who have no address only where the owner knows people of that kind', async () => {
    const alert = { ...requests, with: ['region'], to: [{ person: 'region' }] } as const
    const texts = async (owner: string): Promise<string> => {
      let all = ''
      await within({ watch: [{ ...alert, owner }], users: [near] }, async (company) => {
        await company.evaluate()
        all = company
          .taken()
          .map(({ text }) => text)
          .join('')
      })
      return all
    }
    assert.match(await texts('guest@example.com'), /华东/)
    assert.match(await texts(near.address), /C1/)
    assert.doesNotMatch(await texts(near.address), /华东/)
  })

  test('of an alert in error says why to an owner who sees sources, or is no user', async () => {
    const said = async (owner: string, locked: readonly string[] = []): Promise<string[]> => {
      let texts: string[] = []
      await within({ watch: [{ ...requests, owner }], users: [east, near], locked }, async (company) => {
        await company.warehouse.write((session) => session.run('ALTER TABLE marts.requests RENAME TO requests_away'))
        await company.build()
        texts = company.taken().map(({ text }) => text)
      })
      return texts
    }
    assert.match((await said(OWNER)).join(), /requests_away|marts/)
    for (const { address } of [east, near]) {
      const [text = ''] = await said(address)
      assert.match(text, /It could not be evaluated\./)
      assert.doesNotMatch(text, /marts/)
    }
    assert.deepEqual(await said(OWNER, [OWNER]), [])
  })
})
