import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createReadStream } from 'node:fs'
import { after, before, describe, test, type TestContext } from 'node:test'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { data, Example, lacking, loads } from './example.ts'

const skip = lacking('maven-crm')

describe('Maven CRM opportunities as CSV files', { skip }, () => {
  let example: Example
  before(async () => {
    example = await Example.open('crm-opportunities')
  })
  after(() => example.remove())

  test('8,800 opportunities load with the totals of their publisher', async () => {
    assert.deepEqual(loads(await example.run()), { customers: 85, products: 7, employees: 35, opportunities: 8_800 })
    await hasPublishedTotals(example)
  })
  test('the metrics give the same, by owner and so by region', () => hasPublishedMetrics(example))
  test('all 8,800 go through the funnel, whose steps sum to the same by anything they are split by', async () => {
    const funnel = ['opportunities', 'qualified_opportunities', 'won_opportunities', 'lost_opportunities', 'won_amount']
    const all = await example.figures(funnel)
    // Of a lost one the file tells no stage before the end: it was a lead, and nothing more is known.
    const expected = [8_800, 1_589 + 4_238, 4_238, 2_473, 10_005_534]
    assert.deepEqual(Object.values(all), expected)
    for (const dimension of [
      'owner_department',
      'opportunity_owner',
      'customer',
      'region',
      'product',
      'origin',
      'month',
    ]) {
      const { rows } = await example.answer(funnel, '--by', dimension, '--limit', '1000')
      const sums = funnel.map((metric) => rows.reduce((sum, row) => sum + Number(row[metric]), 0))
      assert.deepEqual(sums, expected, dimension)
    }
    const { evidence } = await example.answer(['qualified_opportunities'])
    assert.equal(evidence.coverage['qualified_opportunities']?.share, 2_089 / 8_800)
    const steps = await example.answer(['stage_exits', 'seriously_low_conversions'])
    assert.deepEqual(steps.rows, [{ stage_exits: 0, seriously_low_conversions: 0 }])
  })
  test('names that were spelt in two ways are one', async () => {
    const { strange } = await example.row(`
      SELECT count(*) AS strange FROM raw.opportunities ANTI JOIN raw.products USING (product_id)`)
    assert.equal(strange, 0)
    assert.equal((await example.row(`SELECT count(*) AS n FROM raw.customers WHERE industry = 'technolgy'`))['n'], 0)
  })
  test('a second run brings nothing new and changes nothing, and rebuild makes the same tables', () =>
    isStable(example))
})

describe('the same opportunities from a PostgreSQL database', { skip }, () => {
  let postgres: TestPostgres
  let example: Example
  before(async () => {
    postgres = await startPostgres()
    await fill(postgres.url)
    example = await Example.open('crm-postgres', { CRM_URL: postgres.url })
  })
  after(async () => {
    await example.remove()
    await postgres.stop()
  })

  test('the tables give the figures that the files gave', async () => {
    assert.deepEqual(loads(await example.run()), { customers: 85, products: 7, employees: 35, opportunities: 8_800 })
    await hasPublishedTotals(example)
    await hasPublishedMetrics(example)
  })
  test('a second run brings nothing new and changes nothing, and rebuild makes the same tables', () =>
    isStable(example))
  test('a deal that is won in the database is won in the figures after the next run', async (context: TestContext) => {
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    context.after(() => client.end())
    const { rows } = await client.query<{ opportunity_id: string }>(
      `UPDATE sales_pipeline SET deal_stage = 'Won', close_date = '2017-12-31', close_value = 1000
       WHERE opportunity_id = (SELECT min(opportunity_id) FROM sales_pipeline WHERE deal_stage = 'Engaging') RETURNING opportunity_id`,
    )
    await example.run()
    assert.deepEqual(await example.figures(['won_amount', 'won_opportunities']), {
      won_amount: 10_006_534,
      won_opportunities: 4_239,
    })
    const past = await example.row(
      `SELECT stage, outcome, ended_how FROM history.opportunities WHERE opportunity_id = '${rows[0]?.opportunity_id}'`,
    )
    assert.deepEqual(past, { stage: 'Engaging', outcome: null, ended_how: 'updated' })
  })
})

async function hasPublishedTotals(example: Example): Promise<void> {
  const stages = await example.rows(
    'SELECT stage, count(*) AS opportunities FROM raw.opportunities GROUP BY stage ORDER BY 2 DESC',
  )
  assert.deepEqual(
    stages.map(({ stage, opportunities }) => [stage, opportunities]),
    [
      ['Won', 4_238],
      ['Lost', 2_473],
      ['Engaging', 1_589],
      ['Prospecting', 500],
    ],
  )
  const won = await example.rows(`
    SELECT department, CAST(sum(amount) AS BIGINT) AS won
    FROM raw.opportunities JOIN raw.employees ON employee_id = owner_id WHERE outcome = 'won' GROUP BY ALL ORDER BY 1`)
  assert.deepEqual(
    won.map((row) => [row['department'], row['won']]),
    [
      ['Central', 3_346_293],
      ['East', 3_090_594],
      ['West', 3_568_647],
    ],
  )
  const kan = await example.row(
    `SELECT CAST(sum(amount) AS BIGINT) AS won FROM raw.opportunities WHERE outcome = 'won' AND customer_id = 'Kan-code'`,
  )
  assert.equal(kan['won'], 341_455)
}

async function hasPublishedMetrics(example: Example): Promise<void> {
  assert.deepEqual(await example.figures(['won_amount', 'opportunities', 'won_opportunities']), {
    won_amount: 10_005_534,
    opportunities: 8_800,
    won_opportunities: 4_238,
  })
  const by = async (dimension: string, metric = 'won_amount'): Promise<Record<string, unknown>> => {
    const answer = await example.answer([metric], '--by', dimension, '--limit', '1000')
    return Object.fromEntries(answer.rows.map((row) => [row[dimension] as string, row[metric]]))
  }
  assert.deepEqual(await by('owner_department'), { Central: 3_346_293, East: 3_090_594, West: 3_568_647 })
  assert.equal((await by('customer'))['Kan-code'], 341_455)
  assert.deepEqual(await by('sales_step', 'opportunities'), { won: 4_238, lost: 2_473, qualified: 1_589, lead: 500 })
  const { rows } = await example.answer(['won_amount'], '--by', 'opportunity_owner', '--limit', '100')
  const regions = new Map(
    (await readFile(join(data, 'maven-crm', 'sales_teams.csv'), 'utf8'))
      .split(/\r?\n/)
      .map((line) => line.split(','))
      .map(([agent = '', , region = '']) => [agent, region]),
  )
  const byRegion: Record<string, number> = {}
  for (const row of rows as { opportunity_owner: string; won_amount: number }[]) {
    const region = regions.get(row.opportunity_owner) ?? 'nobody knows'
    byRegion[region] = (byRegion[region] ?? 0) + row.won_amount
  }
  assert.deepEqual(byRegion, { Central: 3_346_293, East: 3_090_594, West: 3_568_647 })
}

async function isStable(example: Example): Promise<void> {
  const tables = await example.tables()
  const again = await example.run()
  assert.deepEqual([again.published, again.rows], [false, 0])
  assert.deepEqual(await example.tables(), tables)
  await example.command('rebuild')
  assert.deepEqual(await example.tables(), tables)
}

/** The four files as tables of a database, with the types a CRM would give them. */
async function fill(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`
    CREATE TABLE accounts (account text PRIMARY KEY, sector text, year_established int, revenue numeric, employees int, office_location text, subsidiary_of text);
    CREATE TABLE products (product text PRIMARY KEY, series text, sales_price numeric);
    CREATE TABLE sales_teams (sales_agent text PRIMARY KEY, manager text, regional_office text);
    CREATE TABLE sales_pipeline (opportunity_id text PRIMARY KEY, sales_agent text, product text, account text, deal_stage text, engage_date date, close_date date, close_value numeric)`)
  for (const table of ['accounts', 'products', 'sales_teams', 'sales_pipeline']) {
    await pipeline(
      createReadStream(join(data, 'maven-crm', `${table}.csv`)),
      client.query(copyFrom(`COPY ${table} FROM STDIN (FORMAT csv, HEADER)`)),
    )
  }
  await client.end()
}
