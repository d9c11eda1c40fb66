import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { defaultPolicy } from '../../../config/policy.ts'
import { intentFinder } from '../../../models/leads/intent.ts'

const { intentWords: words, intentExceptions: exceptions } = defaultPolicy.leads
const find = intentFinder({ words, exceptions })
const intents = (text: string): string[] => find(text).map(({ intent }) => intent)

describe('words of buying in requests', () => {
  test('Chinese and English words are found, in either script of the width', () => {
    for (const [text, expected] of [
      ['螺杆空压机询升级改造报价', ['quote', 'upgrade']],
      ['冷水机组配件询价', ['price']],
      ['询易损件价格和交期', ['price']],
      ['想买一台新机，请联系', ['purchase']],
      ['延保怎么办理', ['contract']],
      ['Price request for spare parts of AC-22.', ['price']],
      ['Would like a QUOTE for a new machine.', ['quote', 'purchase']],
      ['Please send ｑｕｏｔｅｓ today', ['quote']],
      ['设备太旧，考虑更新换代', ['replace']],
      ['不锈钢水泵报价', ['quote']],
      ['这台不能用了想买新的', ['purchase']],
      ['Seal for a 2.5 bar pump, quotation', ['quote']],
      ['报价 and lead time please', ['quote']],
    ] as const)
      assert.deepEqual(intents(text), expected, text)
  })

  test('a part of another word is no word of buying', () => {
    for (const text of [
      '客户说停机代价太大',
      '性价比一般，声音大',
      'Priceless help, thank you',
      'The misquoted part number was wrong',
      '评价很好',
      '触摸屏显示单价格式错误',
      'upgradeable firmware reported',
    ])
      assert.deepEqual(intents(text), [], text)
  })

  test('what is taken back in the same clause does not count, in another it does', () => {
    for (const text of [
      '只想修好，不需要报价',
      '不要报价，尽快维修',
      '暂不考虑升级',
      '没有询价，只是咨询操作',
      '客户拒绝升级',
      'No quote needed, just repair it.',
      "They don't want an upgrade",
      'Customer does not ask for a price',
      '无需更换新机',
    ])
      assert.deepEqual(intents(text), [], text)
    assert.deepEqual(intents('不是故障，请给报价'), ['quote'])
    assert.deepEqual(intents('Not urgent. Please quote a new unit.'), ['quote', 'purchase'])
    assert.deepEqual(intents('机器不转，询价'), ['price'])
  })

  test('what is asked of a program is no wish to buy an upgrade of the machine', () => {
    assert.deepEqual(intents('程序升级后死机'), [])
    assert.deepEqual(intents('Firmware upgrade failed'), [])
    assert.deepEqual(intents('软件升级后死机，考虑整机升级改造'), ['upgrade'])
  })

  test('texts without words, and lists without words', () => {
    assert.deepEqual(intents(''), [])
    assert.deepEqual(intents('，。！'), [])
    assert.deepEqual(intentFinder({ words: { quote: [''] }, exceptions })('报价'), [])
  })
})
