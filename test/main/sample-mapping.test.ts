import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { root } from '../support/command-line.ts'
import { Company } from './company.ts'

const config = (feeds: string, more = ''): string => `${more}
import { defineConfig } from '${root}/config.ts'
export default defineConfig({
  company: { currency: 'EUR', timeZone: 'Europe/Berlin' },
  folder: 'warehouse',
  sources: [{ name: 'office', kind: 'files', folder: 'exports', ${feeds} }],
})
`

describe('sample-mapping', () => {
  let company: Company
  const file = (): string => join(company.folder, 'office.mapping.ts')
  before(async () => {
    company = await Company.open(config('feeds: []'))
    await mkdir(join(company.folder, 'exports'))
    const write = (name: string, text: string): Promise<void> => writeFile(join(company.folder, 'exports', name), text)
    await write('clients.csv', 'Client No,Name,Kind,Region\n1,Mill,direct,North\n2,Quarry,prospect,South\n')
    await write(
      'cases.csv',
      'Case,Client No,Opened,Closed,Text\nC1,1,2026-05-01 10:00,,Pump leaks\nC2,2,2026-05-02 11:00,2026-05-02 12:00,Price?\n',
    )
  })
  after(() => company.remove())

  test('a source without feeds fits, and check says how to get some', async () => {
    const { code, stdout } = await company.command('check')
    assert.equal(code, 0)
    assert.match(stdout, /no feeds yet: npm run trueworth -- sample-mapping office proposes some/)
  })

  test('what it writes is tried at once, and loads as it is once it is imported', async () => {
    const made = await company.command('sample-mapping', 'office')
    assert.equal(made.code, 0, made.stdout + made.stderr)
    assert.match(made.stdout, /✓ cases\.csv → requests[^]*2 rows tried, 0 would be rejected/)
    assert.match(made.stderr, /written: .*office\.mapping\.ts/)
    await company.write(config('feeds', "import { feeds } from './office.mapping.ts'"))
    const run = await company.command('run')
    assert.equal(run.code, 0, run.stderr)
    const { stdout } = await company.command('query', 'requests', '--by', 'customer', '--order', 'customer', '--json')
    assert.match(stdout, /Mill[^]*Quarry/)
    await company.write(config('feeds: []'))
  })

  test('a file that is there is not written over unless it is asked for', async () => {
    await writeFile(file(), '// corrected by hand')
    const kept = await company.command('sample-mapping', 'office')
    assert.equal(kept.code, 2)
    assert.match(kept.stderr, /office\.mapping\.ts is there already.*--force/)
    assert.equal(await readFile(file(), 'utf8'), '// corrected by hand')
    assert.equal((await company.command('sample-mapping', 'office', '--force')).code, 0)
    assert.match(await readFile(file(), 'utf8'), /export const feeds: Feed\[\]/)
  })

  test('a name that is no source ends with 2 and the nearest one', async () => {
    const { code, stderr } = await company.command('sample-mapping', 'ofice')
    assert.equal(code, 2)
    assert.match(stderr, /no source 'ofice'\. Did you mean 'office'\? It has office/)
  })

  test('what is still open ends with 3, and the file says what', async () => {
    await writeFile(join(company.folder, 'exports', 'machines.csv'), 'Machine,Client No,Serial\nM1,1,S1\n')
    await writeFile(join(company.folder, 'exports', 'products.csv'), 'Product,Name\nP1,Pump\n')
    const { code, stdout } = await company.command('sample-mapping', 'office', '--force')
    assert.equal(code, 3)
    assert.match(stdout, /✗ products\.csv → products/)
    assert.match(await readFile(file(), 'utf8'), /REQUIRED, and nothing looks like it:\n\s+\/\/ kind: "'machine'"/)
  })
})
