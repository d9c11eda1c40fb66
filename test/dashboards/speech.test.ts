import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createSpeech } from '../../dashboards/words/speech.ts'

const company = { currency: 'CNY', timeZone: 'Asia/Shanghai' }
const english = createSpeech({ ...company, language: 'en' })
const chinese = createSpeech({ ...company, language: 'zh' })

describe('speech', () => {
  test('money at a glance is in millions in English and in 万 and 亿 in Chinese', () => {
    assert.equal(english.glance(12_345_678, 'money'), '¥12.3M')
    assert.equal(chinese.glance(12_345_678, 'money'), '¥1234.6万')
    assert.equal(chinese.glance(212_345_678, 'money'), '¥2.1亿')
  })

  test('money in full has separators and no cents', () => {
    assert.equal(english.figure(-1_234_567.4, 'money'), '−¥1,234,567')
    assert.equal(chinese.figure(1_234_567.4, 'money'), '¥1,234,567')
  })

  test('a figure that rounds to zero has no sign', () => {
    assert.equal(english.figure(-0.2, 'money'), '¥0')
    assert.equal(english.figure(-0.2, 'count'), '0')
    assert.equal(english.figure(-0.04, 'hours'), '0.0')
    assert.equal(english.figure(-10, 'count'), '−10')
    assert.equal(english.figure(-100.5, 'money'), '−¥101')
  })

  test('no figure is a dash, not a zero', () => {
    assert.equal(english.figure(null, 'money'), '–')
    assert.equal(english.glance(null, 'count'), '–')
  })

  test('shares are per cent', () => {
    assert.equal(english.figure(0.8349, 'share'), '83.5%')
  })

  test('a change is measured against the size of the figure before', () => {
    assert.equal(english.change(110, 100, 'count'), '+10%')
    assert.equal(english.change(50, -100, 'count'), '+150%')
    assert.equal(english.change(90, 100, 'count'), '-10%')
  })

  test('a change of a share is told in percentage points', () => {
    assert.equal(english.change(0.5, 0.48, 'share'), '+2 points')
    assert.equal(chinese.change(0.4799, 0.48, 'share'), '0 个百分点')
  })

  test('instants are shown in the time zone of the company, days as they are', () => {
    assert.equal(english.instant('2026-01-04T21:30:00.000Z'), '5 Jan 2026, 05:30')
    assert.equal(chinese.instant('2026-01-04T21:30:00.000Z'), '2026年1月5日 05:30')
    assert.equal(english.day('2025-12-31'), '31 Dec 2025')
    assert.equal(chinese.day('2025-12-31'), '2025年12月31日')
    assert.equal(chinese.month('2025-12-01'), '2025年12月')
  })

  test('a value filled in stands as it is, even when it looks like a blank', () => {
    assert.match(english.say('finding_dropped', { name: '{from}', from: 1, to: 2 }), /revenue: \{from\}, rank 1/)
  })
})
