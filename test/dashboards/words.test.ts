import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { en } from '../../dashboards/words/en.ts'
import { zh } from '../../dashboards/words/zh.ts'

const room = path.resolve(import.meta.dirname, '../../dashboards')
const blanks = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted((a, b) => a.localeCompare(b))

describe('words', () => {
  test('both languages have the same keys', () => {
    assert.deepEqual(Object.keys(zh).toSorted(), Object.keys(en).toSorted())
  })

  test('no word is empty, and each has the same blanks in both languages', () => {
    for (const [key, words] of Object.entries(en)) {
      const translated = zh[key as keyof typeof zh]
      assert.notEqual(words, '')
      assert.notEqual(translated, '')
      assert.deepEqual(blanks(translated), blanks(words), key)
    }
  })

  test('Chinese words are Chinese, but for names of things', () => {
    const names = new Set([
      'product',
      'period_custom',
      'finding_list',
      'download_csv',
      'download_arrow',
      'download_json',
      'coverage_of',
    ])
    for (const [key, words] of Object.entries(zh)) if (!names.has(key)) assert.match(words, /\p{Script=Han}/u, key)
  })

  test('every word is used by a page', () => {
    const files = globSync('**/*.ts', { cwd: room }).filter((file) => !/words\/(en|zh)\.ts$/.test(file))
    const source = files.map((file) => readFileSync(path.join(room, file), 'utf8')).join('\n')
    const families = [...source.matchAll(/`(\w+_)\$\{/g)].map(([, family = '']) => family)
    const unused = Object.keys(en).filter(
      (key) => !source.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)),
    )
    assert.deepEqual(unused, [])
  })
})
