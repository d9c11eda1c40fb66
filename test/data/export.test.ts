import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { exportTo } from '../../data/export.ts'
import { Warehouse } from '../../data/warehouse.ts'
import { QueryError } from '../../errors.ts'

const SQL = `SELECT i AS order_id, '客户, "' || i || '"' AS name, CAST(i AS DECIMAL(18,2)) / 4 AS amount, CASE WHEN i % 2 = 0 THEN DATE '2025-01-01' END AS day
  FROM range(100) numbers(i) WHERE i >= CAST($1 AS INTEGER) AND 'x' <> $2 ORDER BY i -- all of them`

describe('an export', () => {
  let folder: string
  let warehouse: Warehouse
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "trueworth-'export-"))
    warehouse = await Warehouse.open(':memory:')
  })
  after(async () => {
    warehouse.close()
    await rm(folder, { recursive: true })
  })

  for (const format of ['parquet', 'csv'] as const) {
    test(`to ${format} gives back the rows of the query, with its parameters`, async () => {
      const path = join(folder, `orders.${format}`)
      const [written, expected, found] = await warehouse.read(async (session) => [
        await exportTo(session, SQL, [10, "it's"], { path, format }),
        await session.rows(SQL, [10, "it's"]),
        await session.rows(`SELECT * FROM read_${format}('${path.replaceAll("'", "''")}')`),
      ])
      assert.equal(written, 90)
      assert.deepEqual(found, expected)
    })
  }

  test('to CSV has a header and plain values', async () => {
    const path = join(folder, 'plain.csv')
    await warehouse.read((session) => exportTo(session, SQL, [98, 'y'], { path, format: 'csv' }))
    assert.equal(
      await readFile(path, 'utf8'),
      'order_id,name,amount,day\n98,"客户, ""98""",24.5,2025-01-01\n99,"客户, ""99""",24.75,\n',
    )
  })

  test('of a failing query leaves no file', async () => {
    const path = join(folder, 'failed.parquet')
    const exporting = warehouse.read((session) => exportTo(session, 'SELECT nothing', [], { path, format: 'parquet' }))
    await assert.rejects(exporting, (error) => error instanceof QueryError)
    assert.equal(existsSync(path), false)
  })
})
