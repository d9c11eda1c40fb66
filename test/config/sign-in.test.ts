import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configOf } from '../../config.ts'
import { ConfigError } from '../../errors.ts'

const provider = { id: 'x', name: { en: 'X', zh: '甲' }, issuer: 'https://x.example', clientId: 'c' }
const read = (config: object) => configOf('/nowhere', { sources: [], ...config })

test('what sign-in cannot be is refused with its place and what would be valid', () => {
  const url = /signIn\.url: must be an address without a path, e\.g\. 'https:\/\/trueworth\.example\.com'/
  for (const [wrong, words] of [
    [{ signIn: { url: 'trueworth.example' } }, url],
    [{ signIn: { url: 'https://x.example/below' } }, url],
    [{ signIn: { url: 'ftp://x.example' } }, url],
    [{ signIn: { proxies: ['proxy'] } }, /signIn\.proxies\.0: must be an IP address/],
    [
      { signIn: { oidc: [{ ...provider, id: 'X Y' }] } },
      /signIn\.oidc\.0\.id: must be small letters, digits and hyphens/,
    ],
    [{ signIn: { oidc: [provider, provider] } }, /signIn\.oidc: has an id twice/],
    [
      { signIn: { oidc: [{ ...provider, clientSecret: '' }] } },
      /signIn\.oidc\.0\.clientSecret: is empty; take it from the environment/,
    ],
    [{ signIn: { newUsers: [] } }, /signIn\.newUsers: /],
    [{ signIn: { sessionHours: 0 } }, /signIn\.sessionHours: /],
    [{ signIn: { password: 'x' } }, /signIn: Unrecognized key/],
    [{ audit: { days: 0 } }, /audit\.days: /],
  ] as const)
    assert.throws(
      () => read(wrong),
      (error) => error instanceof ConfigError && words.test(error.message),
      JSON.stringify(wrong),
    )
  assert.equal(read({ signIn: { url: 'https://x.example', oidc: [provider] } }).signIn?.oidc?.[0]?.id, 'x')
})
