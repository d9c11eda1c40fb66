import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { after, before, describe, test } from 'node:test'
import { installMacros, macroNames } from '../../data/macros.ts'
import { Warehouse, type Session } from '../../data/warehouse.ts'
import { ConfigError } from '../../errors.ts'

/** Still, quarter and half hours, winter as the exception (Dublin), a changed rule, both hemispheres, a day left out (Apia, 2011), a month's pause (Casablanca). */
const ZONES = [
  'UTC',
  'Asia/Shanghai',
  'Asia/Kathmandu',
  'Europe/Dublin',
  'Europe/Moscow',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
]

describe('the macros', () => {
  let warehouse: Warehouse
  let session: Session
  before(async () => {
    warehouse = await Warehouse.open(':memory:')
    session = await warehouse.session()
  })
  after(() => {
    session.close()
    warehouse.close()
  })

  const differing = async (zone: string, seconds: string): Promise<unknown[]> =>
    session.rows(`WITH instants AS (SELECT make_timestamp(CAST(second AS BIGINT) * 1000000) AS instant FROM ${seconds}),
      both_ways AS (SELECT instant, local_time(instant) AS fast, timezone('${zone}', timezone('UTC', instant)) AS slow, local_date(instant) AS day FROM instants)
      SELECT * FROM both_ways WHERE fast IS DISTINCT FROM slow OR day IS DISTINCT FROM CAST(slow AS DATE) LIMIT 3`)

  for (const zone of ZONES) {
    test(`local time in ${zone} is what ICU says, every five hours from 1960 to 2080`, async () => {
      await installMacros(session, { timeZone: zone })
      assert.deepEqual(await differing(zone, 'range(-315619200, 3471292800, 18000) seconds(second)'), [])
    })
  }

  for (const zone of ['America/New_York', 'Pacific/Apia']) {
    test(`local time in ${zone} is what ICU says one second before, at and after each clock change`, async () => {
      await installMacros(session, { timeZone: zone })
      const shown = (second: string): string =>
        `timezone('${zone}', timezone('UTC', make_timestamp((${second}) * 1000000))) - make_timestamp((${second}) * 1000000)`
      const changes = `SELECT second AS change FROM range(1104537600, 2051222400, 3600) seconds(second)
        WHERE ${shown('second')} <> ${shown('second - 3600')}`
      const edges = `(SELECT change + step AS second FROM (${changes}), (VALUES (-1), (0), (1)) steps(step))`
      assert.notDeepEqual(await session.rows(changes), [])
      assert.deepEqual(await differing(zone, edges), [])
    })
  }

  test('local time is what ICU says at any second of any zone', async () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/')))
    const seconds = fc.array(fc.integer({ min: -4_000_000_000, max: 6_000_000_000 }), { minLength: 20, maxLength: 50 })
    const law = fc.asyncProperty(zones, seconds, async (zone, instants) => {
      const { known } = (await session.one<{ known: boolean }>(
        'SELECT $1 IN (SELECT name FROM pg_timezone_names()) AS known',
        [zone],
      )) ?? { known: false }
      fc.pre(known)
      await installMacros(session, { timeZone: zone })
      assert.deepEqual(
        await differing(zone, `(VALUES ${instants.map((instant) => `(${instant})`).join(', ')}) seconds(second)`),
        [],
      )
    })
    await fc.assert(law, { numRuns: 12 })
  })

  test('nothing, the ends of time, text and days are instants too', async () => {
    await installMacros(session, { timeZone: 'Asia/Shanghai' })
    const sql = `SELECT local_time(NULL) AS nothing, CAST(local_time(TIMESTAMP 'infinity') AS VARCHAR) AS ever, local_date('2025-01-01 20:00:00') AS text,
      local_time(DATE '2025-01-01') AS day, local_date(CAST('2024-12-31 15:59:59.999999' AS TIMESTAMP)) AS eve, local_date(TIMESTAMP '2024-12-31 16:00:00') AS new_year`
    assert.deepEqual(await session.one(sql), {
      nothing: null,
      ever: 'infinity',
      text: '2025-01-02',
      day: '2025-01-01T08:00:00.000Z',
      eve: '2024-12-31',
      new_year: '2025-01-01',
    })
  })

  test('the functions Trino has answer as Trino does', async () => {
    const sql = `SELECT day_of_week(DATE '2025-01-05') AS sunday, last_day_of_month(DATE '2024-02-10') AS last, regexp_like('报价单 quote', 'quo.e') AS is_like,
      (SELECT approx_percentile(value, 0.5) FROM range(5) numbers(value)) AS middle`
    assert.deepEqual(await session.one(sql), { sunday: 7, last: '2024-02-29', is_like: true, middle: 2 })
  })

  test('the list of names is what is installed', async () => {
    const rows = await session.rows<{ name: string }>(
      `SELECT DISTINCT function_name AS name FROM duckdb_functions() WHERE function_type = 'macro' AND NOT internal`,
    )
    assert.deepEqual(rows.map((row) => row.name).sort(), [...macroNames].sort())
  })

  test('an unknown time zone is refused by name', async () => {
    await assert.rejects(
      installMacros(session, { timeZone: 'Asia/Nowhere' }),
      (error) => error instanceof ConfigError && /Asia\/Nowhere/.test(error.message),
    )
  })
})
