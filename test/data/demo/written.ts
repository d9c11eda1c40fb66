import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { makeSample, type SampleReport } from '../../../data/demo/sample.ts'
import { writeTruth } from '../../../data/demo/truth.ts'
import { writeSystems } from '../../../data/demo/write.ts'
import { openSqliteSource } from '../../../data/sqlite.ts'
import { openCompany } from './company.ts'
import { company } from './demo-company.ts'

let folder: string
let report: SampleReport
const steps: string[] = []
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trueworth-sample-'))
  report = await makeSample({
    folder: join(folder, 'first'),
    scale: 1,
    seed: 1,
    onProgress: ({ step }) => steps.push(step),
  })
})
after(() => rm(folder, { recursive: true, force: true }))

async function checksums(path: string): Promise<Record<string, string>> {
  const files = (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const entries = files.map(async (entry): Promise<[string, string]> => {
    const file = join(entry.parentPath, entry.name)
    return [
      file.slice(path.length),
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ]
  })
  return Object.fromEntries(await Promise.all(entries))
}

describe('the sample company on disk', () => {
  test('the same seed gives the same bytes, on one thread as on many', async () => {
    const again = join(folder, 'again')
    await writeSystems(company, { folder: again, scale: 1, seed: 1 })
    await writeTruth(company.session, { folder: again, scale: 1, seed: 1 })
    assert.deepEqual(await checksums(again), await checksums(join(folder, 'first')))
  })

  test('another seed gives another company', async () => {
    const company = await openCompany({ seed: 2 })
    const truth = JSON.parse(await readFile(join(folder, 'first', 'truth.json'), 'utf8')) as Truth
    const total = await company.number('SELECT sum(amount_cny) FROM order_lines')
    const names = await company.rows<{ name: string }>('SELECT name FROM customers ORDER BY customer_no LIMIT 1')
    company.close()
    assert.notEqual(total, truth.sums.find((sum) => sum.figure === 'order_lines.amount_cny')?.total)
    assert.notDeepEqual(names, [])
  })

  test('it leaves nothing but the four systems and the truth', async () => {
    assert.deepEqual((await readdir(join(folder, 'first'))).sort(), [
      'crm.sqlite',
      'dealers',
      'erp',
      'phone',
      'truth.json',
    ])
  })

  test('progress names each table and file set with its rows', () => {
    assert.ok(steps.includes('requests') && steps.includes('crm.sqlite/svc_task') && steps.includes('erp/ledger'))
    assert.ok(report.written.every((file) => file.rows > 0))
    assert.equal(
      report.rows,
      report.written.reduce((sum, file) => sum + file.rows, 0),
    )
  })

  test('the CRM keeps codes and Chinese words, and an updated_at on all that changes', () => {
    const crm = openSqliteSource(join(folder, 'first', 'crm.sqlite'))
    const [batch] = crm.batches('SELECT DISTINCT req_type FROM svc_request ORDER BY 1')
    assert.deepEqual(batch?.flat(), [1, 2, 3, 4, 5, 6])
    for (const table of crm.tables().filter((name) => name !== 'kpi_target' && name !== 'kb_search')) {
      assert.ok(
        crm.columns(table).some((column) => column.name === 'updated_at'),
        table,
      )
    }
    crm.close()
  })

  test('the truth counts what stands in the files', async () => {
    const truth = JSON.parse(await readFile(join(folder, 'first', 'truth.json'), 'utf8')) as Truth
    const written = Object.fromEntries(report.written.map((file) => [file.name, file.rows]))
    const expected = (entity: string): number => truth.rows.find((row) => row.entity === entity)?.rows ?? NaN
    assert.equal(written['crm.sqlite/svc_request'], expected('requests'))
    assert.equal(written['crm.sqlite/svc_task'], expected('tasks'))
    for (const { entity, file, lines } of truth.broken)
      assert.equal(written[`erp/${file}`], expected(entity) + lines, file)
  })
})

interface Truth {
  readonly rows: readonly { entity: string; rows: number }[]
  readonly broken: readonly { entity: string; file: string; lines: number }[]
  readonly sums: readonly { figure: string; currency: string | null; total: number }[]
}
