import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { tableFromIPC } from 'apache-arrow'
import { literal } from '../../data/quote.ts'
import type { CheckReport } from '../../pipelines/check/check.ts'
import type { PlainReport } from '../../main/plain-report.ts'
import { Company, sampleConfig } from './company.ts'

let company: Company
before(async () => {
  company = await Company.ofSample()
})
after(() => company.remove())

const TOP = ['query', 'revenue', 'profit_margin', '--by', 'customer', '--order', '-revenue', '--limit', '3']

async function json<Answer>(...args: readonly string[]): Promise<Answer> {
  const { code, stdout, stderr } = await company.command(...args)
  assert.equal(code, 0, stderr)
  assert.equal(stderr, '', 'with --json nothing but JSON is printed')
  return JSON.parse(stdout) as Answer
}

test('sample --json says what was made, and nothing else', async () => {
  const made = await json<{ rows: number; milliseconds: number }>('sample', '--json')
  assert.ok(made.rows > 200_000)
})

test('check says that the sample fits, in words and as JSON, and loads nothing', async () => {
  const report = await json<CheckReport>('check', '--json')
  assert.equal(report.fits, true)
  assert.deepEqual(
    report.sources.map(({ source }) => source),
    ['crm', 'erp', 'dealers', 'phone'],
  )
  const { code, stdout } = await company.command('check')
  assert.equal(code, 0)
  assert.match(stdout, /✓ svc_request → requests/)
  assert.match(stdout, /Everything configured fits\.\n$/)
  assert.equal((await company.command('query', 'revenue')).code, 2, 'nothing was loaded')
})

test('check of a mapping that does not fit names the column, the nearest one, and the figures it costs', async () => {
  const broken = `sampleSources(sample.folder).map((source) => ({ ...source, feeds: source.feeds
    .filter(({ entity }) => entity !== 'tasks')
    .map((feed) => feed.entity === 'customers' && source.name === 'crm' ? { ...feed, columns: { ...feed.columns, name: 'accont_name' } } : feed) }))`
  await company.write(sampleConfig(broken), 'broken.config.ts')
  const { code, stdout } = await company.commandWith('broken.config.ts', 'check')
  assert.equal(code, 3)
  assert.match(stdout, /✗ account → customers\n +.*there is no column 'accont_name'\. Did you mean '\w*name\w*'\?/)
  assert.match(stdout, /Not fed by any source:.*tasks/)
  assert.match(
    stdout,
    /Figures that will be missing:\n(?:.*\n)*?.*Service hours 服务工时.*: needs tasks\.actual_minutes/,
  )
  assert.match(stdout, /Not everything fits\. Nothing was loaded\.\n$/)
})

test('run says what, how many rows and how long in a few aligned lines', async () => {
  const { code, stdout, stderr } = await company.command('run')
  assert.equal(code, 0, stderr)
  assert.equal(stdout, '')
  const lines = stderr.trimEnd().split('\n')
  assert.ok(lines.length < 20, `${lines.length} lines`)
  const { all, broken } = await company.given()
  assert.match(stderr, /^ {2}read {3}crm, 17 tables +[\d,]+ rows +[\d.]+ m?s$/m)
  assert.match(stderr, new RegExp(`^ {2}load {3}erp, 11 tables +[\\d,]+ rows +[\\d.]+ m?s {2}${broken} rejected$`, 'm'))
  assert.match(stderr, /^ {2}build {2}marts, \d+ models +[\d,]+ rows/m)
  assert.match(lines.at(-1) ?? '', new RegExp(`^version 1 published: ${all} rows, ${broken} rejected .*in [\\d.]+ s$`))
  const ends = lines.filter((line) => line.startsWith('  ')).map((line) => line.search(/ rows/))
  assert.equal(new Set(ends).size, 1, 'figures stand below each other')
})

test('run --json is the report of the run; the second one brings nothing new or what the lag reads again', async () => {
  const second = await json<PlainReport>('run', '--json')
  assert.deepEqual([second.exit_code, second.status, second.error], [0, 'succeeded', null])
  assert.ok(second.rows < 1_000)
  assert.ok(second.steps.every(({ status, milliseconds }) => status === 'succeeded' && milliseconds >= 0))
  const third = await json<PlainReport>('run', '--json')
  assert.deepEqual([third.published, third.rows], [false, 0])
})

test('run --only reads the feed that it names, --full all of it again', async () => {
  const only = await json<PlainReport>('run', '--only', 'crm.requests', '--full', '--json')
  assert.deepEqual(
    only.steps
      .filter(({ step }) => step === 'extract')
      .map(({ source, entity, rows }) => [source, entity, rows.toLocaleString('en')]),
    [['crm', 'requests', (await company.given()).requests]],
  )
})

test('run --as-of gives the figures of that day, and no later ones', async () => {
  await json('run', '--as-of', '2025-06-30', '--json')
  const past = await json<{ evidence: { as_of: string } }>('query', 'revenue', '--json')
  assert.equal(past.evidence.as_of, '2025-06-30')
  const [future] = await company.rows(`SELECT count(*) AS n FROM core.order_lines WHERE ordered_on > DATE '2025-06-30'`)
  assert.equal(future?.['n'], 0)
  await json('run', '--json')
})

test('run --verbose says each feed and each model', async () => {
  const { stderr } = await company.command(
    'run',
    '--only',
    'crm.requests',
    '--full',
    '--as-of',
    '2026-06-29',
    '--verbose',
  )
  const { requests } = await company.given()
  assert.match(stderr, new RegExp(`^ {2}read {3}crm\\.requests +${requests} rows`, 'm'))
  assert.match(stderr, /^ {2}build {2}marts\.customers +600 rows/m)
  await json('run', '--json')
})

test('a table shows figures to the right and Chinese names two columns wide', async () => {
  const { stdout } = await company.command(...TOP)
  const [head = '', rule = '', ...rows] = stdout.split('\n')
  assert.match(head, /^customer +customer_label +revenue +profit_margin$/)
  assert.match(rule, /^─+( {2}─+){3}$/)
  assert.equal(rows.filter((row) => /^C\d+ +\S+ +[\d,]+\.\d\d +-?[\d.]+ %$/.test(row)).length, 3)
  assert.match(stdout, /3 of \d+ rows · as of 2026-06-30 · known at .* · version \d+\n/)
})

test('the same question as CSV, JSON, Arrow and Parquet gives the same figures', async () => {
  const file = (format: string): string => join(company.folder, `answer.${format}`)
  const { rows } = await json<{ rows: { customer: string; revenue: number }[] }>(...TOP, '--json')
  assert.equal(rows.length, 3)
  const expected = rows.map(({ customer, revenue }) => [customer, revenue])
  for (const format of ['csv', 'arrow', 'parquet']) {
    assert.equal((await company.command(...TOP, '--format', format, '--out', file(format))).code, 0)
  }
  const [head, ...lines] = (await readFile(file('csv'), 'utf8')).trimEnd().split(/\r?\n/)
  assert.equal(head, 'customer,customer_label,revenue,profit_margin')
  assert.deepEqual(
    lines.map((line) => line.split(',')).map(([customer, , revenue]) => [customer, Number(revenue)]),
    expected,
  )
  const arrow = tableFromIPC(await readFile(file('arrow')))
  assert.deepEqual(
    [...(arrow.getChild('customer') ?? [])],
    expected.map(([customer]) => customer),
  )
  const parquet = await company.rows(`SELECT customer, revenue FROM read_parquet(${literal(file('parquet'))})`)
  assert.deepEqual(
    parquet.map((row) => [row['customer'], row['revenue']]),
    expected,
  )
})

test('a question that cannot be understood ends with 64, the field and the nearest word', async () => {
  const metric = await company.command('query', 'revenu')
  assert.equal(metric.code, 64)
  assert.match(metric.stderr, /^metrics: metric 'revenu' is unknown\. Did you mean 'revenue'\? Valid: /)
  const dimension = await company.command('query', 'revenue', '--by', 'custmer')
  assert.equal(dimension.code, 64)
  assert.match(dimension.stderr, /^by: .*'custmer'.*Did you mean 'customer'\?/)
  const filter = await company.command('query', 'revenue', '--where', 'region')
  assert.equal(filter.code, 64)
  assert.match(filter.stderr, /field:operator:value/)
})

test('rebuild makes the same tables from landing alone', async () => {
  const sums = (): Promise<unknown> =>
    company.rows(`
      SELECT 'customers' AS name, count(*) AS rows, sum(CAST(hash(t) AS HUGEINT)) AS sum FROM marts.customers AS t
      UNION ALL SELECT 'months', count(*), sum(CAST(hash(t) AS HUGEINT)) FROM marts.customer_months AS t
      UNION ALL SELECT 'requests', count(*), sum(CAST(hash(t) AS HUGEINT)) FROM raw.requests AS t
      UNION ALL SELECT 'rejects', count(*), 0 FROM meta.rejects`)
  const before = await sums()
  const report = await json<PlainReport>('rebuild', '--json')
  assert.deepEqual([report.status, report.published], ['succeeded', true])
  assert.deepEqual(await sums(), before)
})
