import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { root, trueworth } from '../support/command-line.ts'
import { Company } from './company.ts'

const OPTIONS: Record<string, readonly string[]> = {
  start: ['--host', '--port', '--verbose'],
  serve: ['--host', '--port'],
  check: ['--json'],
  'sample-mapping': ['--from', '--rows', '--out', '--force', '--json'],
  run: ['--only', '--full', '--as-of', '--since', '--until', '--accept', '--json', '--verbose'],
  rebuild: ['--as-of', '--json', '--verbose'],
  batches: ['--json'],
  rejects: ['--json'],
  quarantine: ['--reason', '--json', '--verbose'],
  release: ['--reason', '--json', '--verbose'],
  correct: ['--set', '--reason', '--json', '--verbose'],
  query: [
    '--by',
    '--where',
    '--period',
    '--grain',
    '--compare',
    '--top',
    '--totals',
    '--order',
    '--limit',
    '--offset',
    '--as-of',
    '--known-at',
    '--format',
    '--json',
    '--out',
  ],
  mcp: [],
  deliveries: ['--json', '--again'],
  past: ['--out', '--known-at', '--as-of', '--json'],
  models: ['--columns', '--docs', '--picture', '--json'],
  sample: ['--folder', '--scale', '--seed', '--json', '--verbose'],
  generate: [],
}

describe('how a call is understood', () => {
  test('help names every command, the exit codes and examples, and ends with 0', async () => {
    const { code, stdout } = await trueworth(['--help'])
    assert.equal(code, 0)
    for (const command of Object.keys(OPTIONS)) assert.match(stdout, new RegExp(`^  ${command} `, 'm'))
    assert.match(stdout, /Exit codes: 0 done/)
    assert.match(stdout, /npm run trueworth -- check/)
  })

  for (const [command, options] of Object.entries(OPTIONS)) {
    test(`${command} --help documents each option it has`, async () => {
      const { code, stdout } = await trueworth([command, '--help'])
      assert.equal(code, 0)
      const documented = [...stdout.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, option]) => option)
      assert.deepEqual(
        documented.filter((option) => option !== '--help'),
        options,
      )
    })
  }

  test('a command that does not exist ends with 64 and the nearest one', async () => {
    const { code, stderr } = await trueworth(['qery', 'revenue'])
    assert.equal(code, 64)
    assert.match(stderr, /unknown command 'qery'\n\(Did you mean query\?\)/)
  })

  test('a day that is in no calendar ends with 64', async () => {
    for (const day of ['2026-02-30', 'tomorrow', '2026-6-1']) {
      const { code, stderr } = await trueworth(['run', '--as-of', day])
      assert.equal(code, 64)
      assert.match(stderr, new RegExp(`'${day}' is invalid. Write a day of the calendar, as 2026-06-30`))
    }
  })
})

describe('what cannot be written or listened on', () => {
  test('a file in a folder that is not there ends with 2 and its name', async () => {
    const { code, stderr } = await trueworth(['models', '--picture', '/nowhere/at/all.svg'])
    assert.equal(code, 2)
    assert.match(stderr, /^ConfigError: \/nowhere\/at\/all\.svg cannot be written: ENOENT/)
  })

  test('a port that is none ends with 64', async () => {
    const { code, stderr } = await trueworth(['serve', '--port', '99999'])
    assert.equal(code, 64)
    assert.match(stderr, /Write a port from 0 to 65535/)
  })
})

describe('what is wrong with the configuration', () => {
  let company: Company
  before(async () => {
    company = await Company.open('export default { sources: [] }')
  })
  after(() => company.remove())

  const refused = async (config: string, expected: RegExp, exitCode = 2, command: readonly string[] = ['check']) => {
    await company.write(config)
    const { code, stderr, stdout } = await company.command(...command)
    assert.equal(code, exitCode, stderr)
    assert.match(stderr, expected)
    assert.doesNotMatch(stderr + stdout, /^\s+at /m, 'no stack')
  }

  test('a file that is not there ends with 2 and says how to name one', async () => {
    const { code, stderr } = await company.commandWith('nowhere.config.ts', 'run')
    assert.equal(code, 2)
    assert.match(stderr, /no configuration file .*nowhere\.config\.ts; name one with --config/)
  })

  test('a wrong word ends with 2 and the path to it', () =>
    refused(
      `export default { sources: [{ name: 'crm', kind: 'files', folder: '.', feeds: [{ entity: 'requsts', from: 'a.csv', columns: {} }] }] }`,
      /sources\.0\.feeds\.0\.entity/,
    ))

  test('a default export that is missing ends with 2', () => refused('export const x = 1', /has no default export/))

  test('a file that does not parse ends with 2 and names the file', () =>
    refused('export default { sources: [ }', /cannot be read, at trueworth\.config\.ts:1/))

  test('an environment variable that is not set ends with 2 and its name', () =>
    refused(
      `import { env } from '${import.meta.resolve('../../config.ts')}'
       export default { sources: [{ name: 'crm', kind: 'postgres', url: env('URL_OF_NO_CRM'), feeds: [{ entity: 'customers', from: 'a', columns: {} }] }] }`,
      /environment variable URL_OF_NO_CRM is not set/,
    ))

  test('a folder that cannot be made ends with 2 and its name', () =>
    refused(
      `export default { folder: import.meta.filename + '/below', sources: [] }`,
      /cannot be made: .*Set `folder`/,
      2,
      ['run'],
    ))

  test('a question before the first run ends with 2 and says what to do', () =>
    refused('export default { sources: [] }', /No figures have been published yet.*trueworth -- run/, 2, [
      'query',
      'revenue',
    ]))

  test('a source that does not exist ends with 64', () =>
    refused('export default { sources: [] }', /there is no source or feed crm/, 64, ['run', '--only', 'crm']))

  test('a source that cannot be reached ends with 3, its address without the password', async () => {
    const sources = `[
      { name: 'crm', kind: 'postgres', url: 'postgres://reader:hush-hush@127.0.0.1:1/crm', feeds: [{ entity: 'customers', from: 'account', columns: { customer_id: 'id', name: 'name' } }] },
      { name: 'erp', kind: 'sqlite', file: 'nowhere.sqlite', feeds: [{ entity: 'orders', from: 'sales', columns: { order_id: 'id' } }] }]`
    await company.write(`export default { sources: ${sources} }`)
    const { code, stdout, stderr } = await company.command('check')
    assert.equal(code, 3)
    assert.match(stdout, /crm \(postgres\): not connected/)
    assert.match(stdout, /erp \(sqlite\): not connected/)
    assert.match(stdout, /127\.0\.0\.1:1/)
    assert.doesNotMatch(stdout + stderr, /hush-hush/)
  })

  test('a run whose only source is not there ends with 3, and says it once', async () => {
    await company.write(
      `export default { folder: 'warehouse', sources: [{ name: 'erp', kind: 'sqlite', file: 'nowhere.sqlite', feeds: [{ entity: 'orders', from: 'sales', columns: { order_id: 'id', customer_id: 'customer', ordered_at: 'day' } }] }] }`,
    )
    const { code, stderr } = await company.command('run')
    assert.equal(code, 3)
    assert.equal(stderr.split('nowhere.sqlite').length - 1, 1, stderr)
    assert.match(stderr, /FAILED to read erp\.orders/)
    const asJson = JSON.parse((await company.command('run', '--json')).stdout) as { exit_code: number; error: string }
    assert.equal(asJson.exit_code, 3)
    assert.match(asJson.error, /nowhere\.sqlite/)
  })
})

describe('a run of which a part fails', () => {
  let company: Company
  before(async () => {
    company = await Company.open('export default { sources: [] }')
    await company.write('id,day\nA-1,2026-05-04\nA-2,soon\n', 'orders.csv')
    await company.write('id\nC-1\n', 'customers.csv')
  })
  after(() => company.remove())

  const orders = `{ entity: 'orders', from: 'orders.csv', columns: { order_id: 'id', customer_id: "'C-1'", ordered_at: 'day' } }`
  const customers = `{ entity: 'customers', from: 'customers.csv', columns: { customer_id: 'id', name: 'id', kind: "'direct'" } }`
  const run = async (folder: string, feeds: string) => {
    await company.write(
      `export default { folder: '${folder}', sources: [{ name: 'erp', kind: 'files', folder: import.meta.dirname, feeds: [${feeds}] }] }`,
    )
    return company.command('run')
  }

  test('ends with 1 where others were published', async () => {
    const { code, stderr } = await run('some', `${orders}, ${customers}`)
    assert.match(stderr, /1 of 2 rows of orders\.csv from erp do not fit/)
    assert.equal(code, 1)
  })

  test('ends with 3 where there is no other', async () => {
    const { code, stderr } = await run('none', orders)
    assert.match(stderr, /do not fit/)
    assert.equal(code, 3)
  })
})

describe('the graph of the models', () => {
  test('models prints what each stands on, for all or for one', async () => {
    const { code, stdout } = await trueworth(['models', 'marts.customers'])
    assert.equal(code, 0)
    assert.match(stdout, /marts\.customers/)
    assert.match(stdout, /core\.order_lines/)
    const graph = JSON.parse((await trueworth(['models', '--json'])).stdout) as { name: string; upstream: string[] }[]
    assert.ok(graph.find(({ name }) => name === 'core.orders')?.upstream.includes('core.order_lines'))
  })

  test('models --docs is what is written about one model, or the document of all', async () => {
    const one = await trueworth(['models', 'core.orders', '--docs'])
    assert.match(one.stdout, /^### core\.orders\n/)
    assert.doesNotMatch(one.stdout, /### core\.tasks/)
    const all = await trueworth(['models', '--docs'])
    assert.equal(all.stdout.trimEnd(), (await readFile(join(root, 'docs/models.md'), 'utf8')).trimEnd())
  })

  test('models --columns has the type and the meaning of each column', async () => {
    const { stdout } = await trueworth(['models', 'core.orders', '--columns', '--json'])
    const columns = JSON.parse(stdout) as { model: string; column: string; type: string; about: string }[]
    const revenue = columns.find(({ model, column }) => model === 'core.orders' && column === 'revenue')
    assert.equal(revenue?.type, 'DECIMAL(18,2)')
    assert.ok(columns.every(({ about }) => about.trim() !== ''))
  })

  test('a model that does not exist ends with 64 and the nearest one', async () => {
    const { code, stderr } = await trueworth(['models', 'marts.custmers'])
    assert.equal(code, 64)
    assert.match(stderr, /Did you mean 'marts\.customers'\?/)
  })
})
