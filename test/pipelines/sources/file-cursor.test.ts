import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { FilesSource } from '../../../config/source.ts'
import { Reading } from './reading.ts'

describe('cursor of files', () => {
  let reading: Reading
  before(async () => {
    reading = await Reading.begin()
  })
  after(() => reading.end())
  const source = (): FilesSource => ({ kind: 'files', name: 'files', folder: reading.folder, feeds: [] })
  const write = (name: string, text: string): Promise<void> => writeFile(reading.path(name), text)

  test('a cursor is read as it is laid out, whatever word stands for nothing', async () => {
    await write('laid.csv', 'id,at\n1,NULL\n2,31/12/2025\n3,01/02/2026\n')
    const laid = { from: 'laid.csv', cursor: { column: 'at' }, dates: ['%d/%m/%Y'], nulls: ['NULL'] }
    const all = await reading.extract(source(), laid)
    assert.equal(all.cursor, '2026-02-01 00:00:00+00')
    const later = await reading.extract(source(), laid, { since: all.cursor })
    assert.deepEqual(
      later.table.map((row) => row['id']),
      ['1', '3'],
    )
    const { dates: _unsaid, ...unread } = laid
    assert.equal((await reading.extract(source(), unread)).cursor, null)
  })

  test('the hour that comes twice in autumn hides nothing where instants carry their offset', async () => {
    await write('autumn.csv', 'id,at\n1,2025-10-26T02:30:00+02:00\n2,2025-10-26T02:10:00+01:00\n')
    const feed = { from: 'autumn.csv', cursor: { column: 'at' } }
    const all = await reading.extract(source(), feed)
    assert.equal(all.cursor, '2025-10-26T02:10:00+01:00')
    const late = await reading.extract(source(), feed, { since: '2025-10-26T02:30:00+02:00' })
    assert.deepEqual(
      late.table.map((row) => row['id']),
      ['1', '2'],
    )
  })
})
