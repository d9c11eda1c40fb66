import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { configOf } from '../../config.ts'
import type { UserConfig } from '../../config/define.ts'
import type { MailSettings } from '../../config/mail.ts'

const whole: MailSettings = {
  smtp: { host: 'smtp.example.com' },
  from: 'Trueworth <reports@example.com>',
  operator: 'operator@example.com',
}
const mailOf = (smtp: object, more: object = {}) =>
  configOf('/tmp', { sources: [], mail: { ...whole, ...more, smtp: { ...whole.smtp, ...smtp } } }).mail
const refused = (smtp: object, more: object, words: RegExp) =>
  assert.throws(
    () => mailOf(smtp, more),
    (error: Error) => error.name === 'ConfigError' && words.test(error.message),
  )
const password = 'right and long enough'

describe('the mail server in the configuration', () => {
  test('STARTTLS holds unless the port, this machine or the configuration say otherwise', () => {
    const told = (smtp: object) => {
      const { secure, port } = mailOf(smtp)?.smtp ?? {}
      return [secure, port]
    }
    assert.deepEqual(told({}), ['starttls', 587])
    assert.deepEqual(told({ port: 25 }), ['starttls', 25])
    assert.deepEqual(told({ port: 465 }), ['tls', 465])
    assert.deepEqual(told({ secure: 'tls' }), ['tls', 465])
    assert.deepEqual(told({ secure: 'none' }), ['none', 25])
    for (const host of ['localhost', '127.0.0.1', '::1']) assert.deepEqual(told({ host }), ['none', 25])
    assert.deepEqual(told({ host: '127.0.0.1', user: 'a', password }), ['starttls', 587])
    assert.deepEqual(told({ host: '127.0.0.1.example.com' }), ['starttls', 587])
    assert.equal(mailOf({})?.smtp.allowSelfSigned, false)
  })

  test('a password is never sent for all to read', () => {
    refused({ secure: 'none', user: 'a', password }, {}, /mail\.smtp\.secure: is 'none', which sends the password/)
    refused({ host: 'localhost', secure: 'none', user: 'a', password }, {}, /mail\.smtp\.secure/)
  })

  test('what is wrong is named with its place', () => {
    refused({ host: 'smtp://smtp.example.com' }, {}, /mail\.smtp\.host: must be the name of a host alone/)
    refused({ user: 'a' }, {}, /mail\.smtp: needs both of `user` and `password`/)
    refused({ port: 0 }, {}, /mail\.smtp\.port/)
    refused({ user: 'a', password: '' }, {}, /mail\.smtp\.password: is empty/)
    refused({ password_: 'x' }, {}, /mail\.smtp: Unrecognized key/)
    refused({}, { from: 'nobody' }, /mail\.from: must be one mail address/)
    refused({}, { from: 'A <a@b>\r\nBcc: <c@d>' }, /mail\.from/)
    refused({}, { operator: 'a@b, c@d' }, /mail\.operator/)
    refused({}, { replyTo: 'x' }, /mail\.replyTo/)
  })

  test('webhooks have names of their own and a secret', () => {
    const webhooks = (value: object) => () => configOf('/tmp', { sources: [], webhooks: value } as UserConfig)
    const one = { url: 'https://erp.example/in', secret: 'not a secret, but long enough' }
    assert.deepEqual(webhooks({ erp: one })().webhooks, { erp: one })
    assert.throws(webhooks({ leads: one }), /webhooks\.leads.*is the name of `leadWebhook`/)
    assert.throws(webhooks({ ERP: one }), /webhooks\.ERP/)
    assert.throws(webhooks({ erp: { ...one, secret: 'short' } }), /webhooks\.erp\.secret/)
    assert.throws(webhooks({ erp: { ...one, url: 'file:///etc' } }), /webhooks\.erp\.url/)
  })
})
