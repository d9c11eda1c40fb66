import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { Warehouse } from '../../../data/warehouse.ts'

const folder = resolve(import.meta.dirname, '../../../data/demo/sql')

test('a number that outgrows the width of its key keeps all its digits, so that keys stay unique at any scale', async () => {
  const settings = await readFile(join(folder, '01-settings.sql'), 'utf8')
  const macro = /CREATE MACRO padded[^;]*;/.exec(settings)?.[0] ?? assert.fail('there is no macro padded')
  const warehouse = await Warehouse.open(':memory:')
  try {
    const padded = await warehouse.read(async (session) => {
      await session.run(macro)
      return session.one(`SELECT padded(7, 3) AS short, padded(999, 3) AS full, padded(1000, 3) AS outgrown`)
    })
    assert.deepEqual(padded, { short: '007', full: '999', outgrown: '1000' })
  } finally {
    warehouse.close()
  }
})

test('keys are padded by that macro alone', async () => {
  for (const name of globSync('*.sql', { cwd: folder })) {
    const sql = await readFile(join(folder, name), 'utf8')
    const calls = sql.replace(/CREATE MACRO padded[^;]*;/, '').match(/\blpad\(/g) ?? []
    assert.deepEqual(calls, [], `${name} cuts numbers with lpad; write padded(number, width)`)
  }
})
