import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import * as errors from '../../errors.ts'
import { pages, readPage, root, tableRows } from './pages.ts'

const source = (path: string): string => readFileSync(resolve(root, path), 'utf8')
const operations = readPage('docs/operations.md')
const connect = readPage('docs/connect-your-systems.md')

describe('pages', () => {
  test('every relative link points to a file that is there, and to a heading that is there', () => {
    for (const { path, links } of pages) {
      for (const link of links.filter((one) => !/^https?:/.test(one))) {
        const [file = '', anchor] = link.split('#')
        const target = file === '' ? path : join(dirname(path), file)
        assert.ok(existsSync(resolve(root, target)), `${path}: ${link} leads nowhere`)
        if (anchor !== undefined) assert.ok(readPage(target).anchors.has(anchor), `${path}: ${link}: no such heading`)
      }
    }
  })

  test('every page of docs/ is in its index', () => {
    const index = readPage('docs/README.md')
    for (const { path } of pages.filter(({ path }) => path.startsWith('docs/') && path !== index.path)) {
      assert.ok(index.links.includes(path.slice('docs/'.length)), `docs/README.md does not name ${path}`)
    }
  })

  test('every option that a table explains is one that a source or feed has', () => {
    const options = [...tableRows(connect, 'option'), ...tableRows(connect, 'option of a feed')]
    assert.ok(options.length > 10, 'the tables of options are there')
    for (const [option = ''] of options) {
      assert.match(source('config/source.ts'), new RegExp(`readonly ${option.replaceAll('`', '')}\\??:`), option)
    }
  })

  test('every flag that is named is one of the command line', () => {
    const flags = pages.flatMap(({ path, words, blocks }) =>
      [...words, ...blocks.filter(({ language }) => language === 'sh').map(({ text }) => text)]
        .flatMap((text) => text.match(/(?<=^|\s)--[a-z][a-z-]*/g) ?? [])
        .map((flag) => ({ path, flag })),
    )
    assert.ok(flags.length > 10)
    const known = [
      'main.ts',
      'main/commands/people-commands.ts',
      'main/commands/delivery-commands.ts',
      'test/bench/bench.ts',
      'package.json',
    ]
      .map(source)
      .join('\n')
    for (const { path, flag } of flags)
      assert.match(known, new RegExp(`${flag}\\b|\\b${flag.slice(2)}: \\{`), `${path}: ${flag}`)
  })

  test('the exit codes are those of the errors', () => {
    const classes = [
      new errors.ConfigError(''),
      new errors.SourceError('', { source: '', retry: false }),
      new errors.ModelError('', { model: '', phase: 'run' }),
      new errors.AuditError('', { model: '', audit: '', count: 0, outcomes: [] }),
      new errors.QueryError('', { sql: '' }),
      new errors.RequestError(''),
      new errors.LimitError({ code: 'takes_too_long', details: {} }, { status: 503 }),
      new errors.AccessError(''),
    ]
    const told = tableRows(operations, 'code').map(([code]) => Number(code))
    assert.deepEqual(
      told,
      [0, 1, ...classes.map(({ exitCode }) => exitCode)].toSorted((one, other) => one - other),
    )
  })

  test('no page is without a heading, and none has a line wider than a screen outside of tables', () => {
    const written = pages.filter(({ path }) => !/(entities|metrics|models|decisions)\.md$/.test(path))
    for (const { path, text } of written) {
      assert.match(text, /^# \S/, path)
      const wide = text
        .split('\n')
        .filter((line) => line.length > 170 && !line.startsWith('|') && !line.startsWith('!'))
      assert.deepEqual(wide, [], path)
    }
  })
})
