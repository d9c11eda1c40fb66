import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SourceError } from '../../errors.ts'
import { fieldSql, landedType, openSqlServer, selectSql } from '../../pipelines/clients/sql-server.ts'

const column = (name: string, type: string) => ({ name, type, landed: landedType(type, 12, 2) })

describe('SQL Server', () => {
  test('every value is asked for as text that does not depend on the language of the server', () => {
    assert.deepEqual(
      ['datetime2', 'float', 'money', 'varbinary', 'nvarchar'].map((type) => fieldSql(column('a]b', type))),
      [
        'CONVERT(nvarchar(max), [a]]b], 121)',
        'CONVERT(nvarchar(max), [a]]b], 3)',
        'CONVERT(nvarchar(max), [a]]b], 2)',
        'LOWER(CONVERT(nvarchar(max), CAST([a]]b] AS varbinary(max)), 2))',
        'CONVERT(nvarchar(max), [a]]b])',
      ],
    )
  })

  test('types that DuckDB has are kept, all others are text', () => {
    assert.deepEqual(
      ['int', 'bit', 'decimal', 'money', 'datetimeoffset', 'date', 'xml', 'uniqueidentifier'].map((type) =>
        landedType(type, 12, 2),
      ),
      ['BIGINT', 'BOOLEAN', 'DECIMAL(12,2)', 'DECIMAL(19,4)', 'TIMESTAMP WITH TIME ZONE', 'DATE', 'VARCHAR', 'VARCHAR'],
    )
  })

  test('the bounds of a window are parameters', () => {
    const cursor = column('changed', 'datetime2')
    const table = { sql: '[dbo].[case]', columns: [column('id', 'int'), cursor] }
    assert.equal(
      selectSql({ table, cursor, since: `'; DROP TABLE x`, until: null, limit: 5 }),
      'SELECT TOP 5 CONVERT(nvarchar(max), [id]), CONVERT(nvarchar(max), [changed], 121) FROM [dbo].[case] WHERE ([changed] IS NULL OR [changed] >= @p0)',
    )
    assert.match(
      selectSql({ table, cursor, since: 'a', until: 'b', limit: undefined }),
      /WHERE \(\[changed\] >= @p0\) AND \[changed\] < @p1$/,
    )
  })

  test('a server that does not answer is worth another try, and the password stays secret', async () => {
    await assert.rejects(openSqlServer('sqlserver://sa:s3cret-word@127.0.0.1:1/erp', 'erp'), (error) => {
      assert.ok(error instanceof SourceError)
      assert.ok(error.retry, error.message)
      assert.match(error.message, /^erp: SQL Server: .*Check that the server runs/)
      assert.ok(!JSON.stringify(error).includes('s3cret-word') && !error.message.includes('s3cret-word'))
      return true
    })
  })
})
