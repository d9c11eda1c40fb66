import assert from 'node:assert/strict'
import { appendFile, writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { FilesSource } from '../../../config/source.ts'
import { SourceError } from '../../../errors.ts'
import { literal } from '../../../data/quote.ts'
import { changedFiles, findFiles, refuseChanging } from '../../../pipelines/sources/file-list.ts'
import { Reading } from './reading.ts'

describe('names of files, and files that change', () => {
  let reading: Reading
  before(async () => {
    reading = await Reading.begin()
  })
  after(() => reading.end())

  test('a name with the marks of a pattern is that file and no other', async () => {
    const names = ['a1', 'a[1]', 'a*', "a'?", 'a%20\n']
    for (const name of names) {
      await writeFile(reading.path(`${name}.csv`), `id\n${name.replace('\n', '')} csv\n`)
      await writeFile(reading.path(`${name}.ndjson`), `{"id": "${name.replace('\n', '')} ndjson"}\n`)
      await reading.warehouse.read((session) =>
        session.run(
          `COPY (SELECT ${literal(`${name.replace('\n', '')} parquet`)} AS id) TO ${literal(reading.path(`${name}.parquet`))} (FORMAT parquet)`,
        ),
      )
    }
    const source: FilesSource = { kind: 'files', name: 'files', folder: reading.folder, feeds: [] }
    for (const format of ['csv', 'ndjson', 'parquet']) {
      const { table, unreadable } = await reading.extract(source, { from: `a*.${format}` })
      assert.deepEqual(unreadable, [])
      const found = table.map((row) => [row['_file'], row['id']])
      const wanted = names.map((name) => [`${name}.${format}`, `${name.replace('\n', '')} ${format}`])
      assert.deepEqual(new Map(found as [string, string][]), new Map(wanted as [string, string][]))
      assert.equal(found.length, names.length)
    }
  })

  test('a file that goes on being written deletes nothing: it is tried again', async () => {
    await writeFile(reading.path('whole.csv'), 'id\n1\n')
    const files = await changedFiles(await findFiles(reading.folder, 'whole.csv', 'files'), new Map(), 'files')
    await refuseChanging(files, 'files')
    await appendFile(reading.path('whole.csv'), '2\n')
    await assert.rejects(
      refuseChanging(files, 'files'),
      (error) =>
        error instanceof SourceError && error.retry && /whole\.csv changed while it was read/.test(error.message),
    )
  })
})
