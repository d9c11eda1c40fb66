import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, test } from 'node:test'
import type { Words } from '../../entities/entity.ts'
import { describeFault, describeRowFault, fault, placeholders, rowFault } from '../../entities/faults.ts'
import { explorationFaults } from '../../entities/exploration-faults.ts'
import { remoteFaults } from '../../entities/remote-faults.ts'
import { requestFaults } from '../../entities/request-faults.ts'
import { rowFaults } from '../../entities/row-faults.ts'
import { runFaults } from '../../entities/run-faults.ts'
import { signInFaults } from '../../entities/sign-in-faults.ts'

const root = resolve(import.meta.dirname, '../..')
const templates: [code: string, words: Words][] = [
  ...Object.entries(rowFaults).flatMap(([code, { reason, remedy }]): [string, Words][] => [
    [code, reason],
    [code, remedy],
  ]),
  ...Object.entries({ ...runFaults, ...remoteFaults, ...requestFaults, ...signInFaults, ...explorationFaults }),
]
const blanks = (text: string): string[] => [...new Set(placeholders(text))].toSorted()

describe('the catalogue of faults', () => {
  test('has every code in both languages, with the same blanks', () => {
    for (const [code, { en, zh }] of templates) {
      assert.match(zh, /\p{Script=Han}/u, code)
      assert.deepEqual(blanks(zh), blanks(en), code)
    }
  })

  test('has no code twice, and no remedy that shows the value: the loads write it only into the reason', () => {
    const codes = [runFaults, remoteFaults, requestFaults, explorationFaults, rowFaults, signInFaults].flatMap(
      (faults) => Object.keys(faults),
    )
    assert.equal(new Set(codes).size, codes.length)
    for (const [code, { reason, remedy }] of Object.entries(rowFaults)) {
      assert.ok(!blanks(remedy.en).includes('value'), code)
      assert.ok(placeholders(reason.en).filter((name) => name === 'value').length <= 1, code)
    }
  })

  test('has no code that nothing raises', () => {
    const files = globSync(
      [
        'api/**/*.ts',
        'data/**/*.ts',
        'models/**/*.ts',
        'pipelines/**/*.ts',
        'main/**/*.ts',
        'users/**/*.ts',
        'dashboards/**/*.ts',
      ],
      {
        cwd: root,
      },
    )
    const source = files.map((file) => readFileSync(resolve(root, file), 'utf8')).join('\n')
    const codes = [runFaults, remoteFaults, requestFaults, explorationFaults, rowFaults, signInFaults].flatMap(
      (faults) => Object.keys(faults),
    )
    assert.deepEqual(
      codes.filter((code) => !source.includes(`'${code}'`)),
      [],
    )
  })
})

describe('a fault', () => {
  const missing = { source: 'crm', table: 'ticket', tables: ['tickets', 'users'] }

  test('is said in the language of the reader, lists in its manner', () => {
    assert.equal(
      describeFault(fault('table_missing', { ...missing, near: 'tickets' }), 'zh'),
      'crm：没有该用户可见的表“ticket”。是否指“tickets”？现有的表：tickets、users。',
    )
    assert.equal(
      describeFault(fault('table_missing', { ...missing, near: 'tickets' }), 'en'),
      "crm: there is no table 'ticket' that this user may see. Did you mean 'tickets'? There are tickets, users.",
    )
  })

  test('leaves out the part whose detail is missing, and the column and value are filled in', () => {
    assert.doesNotMatch(describeFault(fault('table_missing', missing), 'en') ?? '', /Did you mean/)
    const { code, details } = rowFault('not_money', { decimal: ',' })
    assert.deepEqual(describeRowFault({ code, details: { ...details, value: '1.2.3' } }, 'zh'), {
      reason: '“1.2.3”不是金额',
      remedy: '数字的小数点为“,”：请设置 `decimal` 和 `thousands`；若该词表示空值，请加入 `nulls`',
    })
  })

  test('never takes what is filled in for a template', () => {
    const said = describeFault(fault('unexpected', { message: 'no [such] {message} in {source}' }), 'en')
    assert.equal(said, 'no [such] {message} in {source}')
  })

  test('that consists of faults says them one on each line', () => {
    const problems = [
      fault('mapping_unfilled', { place: 'p', column: 'a' }),
      fault('mapping_unfilled', { place: 'p', column: 'b' }),
    ]
    const said = describeFault(fault('mapping_unfit', { entity: 'requests', from: 't', source: 'crm', problems }), 'zh')
    assert.equal(said?.split('\n').length, 3)
    assert.match(said ?? '', /“b”是必填列/)
  })

  test('of a code from a newer version has no words', () => {
    assert.equal(describeFault({ code: 'of_tomorrow', details: {} }, 'zh'), undefined)
    assert.equal(describeRowFault({ code: 'toString', details: {} }, 'zh'), undefined)
  })
})
