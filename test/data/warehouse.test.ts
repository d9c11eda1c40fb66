import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Warehouse, type Session } from '../../data/warehouse.ts'
import { ConfigError, QueryError } from '../../errors.ts'

const ENDLESS = 'SELECT COUNT(*) FROM range(10_000_000_000) a, range(1000) b WHERE (a.range * b.range) % 7 = 3'

describe('the warehouse', () => {
  let folder: string
  let warehouse: Warehouse
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trueworth-warehouse-'))
    warehouse = await Warehouse.open(join(folder, 'made', 'warehouse.duckdb'))
  })
  after(async () => {
    warehouse.close()
    await rm(folder, { recursive: true })
  })

  test('what a write commits is read, what it throws on is not', async () => {
    const before = warehouse.commits
    await warehouse.write((session) => session.run('CREATE TABLE kept AS SELECT 1 AS a; INSERT INTO kept VALUES (2)'))
    const failing = warehouse.write(async (session) => {
      await session.run('INSERT INTO kept VALUES (3)')
      throw new Error('stopped')
    })
    await assert.rejects(failing, /stopped/)
    assert.deepEqual(await warehouse.read((session) => session.rows('SELECT a FROM kept ORDER BY a')), [
      { a: 1 },
      { a: 2 },
    ])
    assert.equal(warehouse.commits, before + 1)
  })

  test('writes run one after the other, and readers do not wait for them', async () => {
    await warehouse.write((session) => session.run('CREATE TABLE counted AS SELECT 0 AS n'))
    const add = async (): Promise<void> =>
      warehouse.write(async (session) => {
        const row = await session.one<{ n: number }>('SELECT n FROM counted')
        await session.run('UPDATE counted SET n = $1', [(row?.n ?? 0) + 1])
        assert.ok(await warehouse.read((reader) => reader.one('SELECT n FROM counted')))
      })
    await Promise.all(Array.from({ length: 8 }, add))
    assert.deepEqual(await warehouse.read((session) => session.one('SELECT n FROM counted')), { n: 8 })
  })

  test('a snapshot is of the moment of its first statement, and knows how many commits that was', async () => {
    await warehouse.write((session) => session.run('CREATE TABLE moments AS SELECT 0 AS n'))
    const seen: { n: number | undefined; commits: number | undefined }[] = []
    const look = async (): Promise<void> =>
      warehouse.snapshot(async (session, commits) => {
        await pause(1)
        const n = (await session.one<{ n: number }>('SELECT n FROM moments'))?.n
        seen.push({ n, commits: commits() })
        await pause(2)
        assert.deepEqual(await session.one('SELECT n FROM moments'), { n }, 'still the same moment')
      })
    const base = warehouse.commits
    const writes = async (): Promise<void> => {
      for (let i = 0; i < 40; i++) {
        await warehouse.write((session) => session.run('UPDATE moments SET n = n + 1'))
        await pause(10)
      }
    }
    const looks = async (): Promise<void> => {
      for (let i = 0; i < 40; i++) await look()
    }
    await Promise.all([writes(), ...Array.from({ length: 6 }, looks)])
    await look()
    assert.equal(seen.at(-1)?.n, 40)
    assert.ok(seen.some(({ commits }) => commits !== undefined && commits > base && commits < base + 40))
    for (const { n, commits } of seen) if (commits !== undefined) assert.equal(n, commits - base)
  })

  test('those without a file put aside what does not fit in memory each for itself', async () => {
    const settings = { memory_limit: '40MB', threads: '1' }
    const all = await Promise.all([1, 2].map(async () => Warehouse.open(':memory:', { settings })))
    const sorted = `SELECT COUNT(*) AS n FROM (SELECT range AS one, repeat('x', 40) || range AS text FROM range(600000) ORDER BY text, one LIMIT 500000)`
    const counts = await Promise.all(
      all.map(async (one) =>
        one.read(async (session) => [
          (await session.one<{ n: number }>(sorted))?.n,
          (await session.one<{ folder: string }>(`SELECT current_setting('temp_directory') AS folder`))?.folder,
        ]),
      ),
    )
    assert.deepEqual(
      counts.map(([n]) => n),
      [500_000, 500_000],
    )
    const folders = counts.map(([, folder]) => String(folder))
    assert.equal(new Set(folders).size, 2)
    for (const one of all) one.close()
    assert.ok(folders.every((folder) => !folder.startsWith(process.cwd()) && !existsSync(folder)))
  })

  test('a snapshot reads one moment, whatever is published meanwhile', async () => {
    await warehouse.write((session) => session.run('CREATE TABLE moving AS SELECT 1 AS n'))
    await warehouse.snapshot(async (session) => {
      assert.deepEqual(await session.one('SELECT n FROM moving'), { n: 1 })
      await warehouse.write((writer) => writer.run('UPDATE moving SET n = 2'))
      assert.deepEqual(await session.one('SELECT n FROM moving'), { n: 1 })
    })
    assert.deepEqual(await warehouse.read((session) => session.one('SELECT n FROM moving')), { n: 2 })
  })

  test('values arrive by the one policy', async () => {
    const sql = `SELECT 1::BIGINT AS whole, 9007199254740993::BIGINT AS large, 1.10::DECIMAL(18,2) AS money, 'NaN'::DOUBLE AS nothing,
      12345678901234567.89::DECIMAL(38,2) AS riches, DATE '2025-02-03' AS day, TIMESTAMP '2025-02-03 04:05:06.789' AS instant,
      [1, 2] AS list, {'a': DATE '2025-01-01'} AS record, NULL AS missing`
    assert.deepEqual(await warehouse.read((session) => session.one(sql)), {
      whole: 1,
      large: '9007199254740993',
      money: 1.1,
      nothing: null,
      riches: '12345678901234567.89',
      day: '2025-02-03',
      instant: '2025-02-03T04:05:06.789Z',
      list: [1, 2],
      record: { a: '2025-01-01' },
      missing: null,
    })
  })

  test('parameters of every kind are bound, never pasted', async () => {
    const parameters = ["'; DROP TABLE kept; --", 7, 2.5, 9_007_199_254_740_993n, true, null]
    const row = await warehouse.read((session) =>
      session.one('SELECT $1 AS a, $2 AS b, $3 AS c, $4 AS d, $5 AS e, $6 AS f', parameters),
    )
    assert.deepEqual(row, { a: "'; DROP TABLE kept; --", b: 7, c: 2.5, d: '9007199254740993', e: true, f: null })
  })

  test('a large answer comes in batches and ends early where the reader leaves', async () => {
    await warehouse.read(async (session) => {
      let rows = 0
      for await (const batch of session.batches<{ i: number }>(
        'SELECT i FROM range(100000) numbers(i) WHERE i >= $1',
        [10],
      ))
        rows += batch.length
      assert.equal(rows, 99_990)
      for await (const batch of session.batches(ENDLESS.replace('COUNT(*)', '1 AS one'))) {
        assert.deepEqual(batch[0], { one: 1 })
        break
      }
      assert.deepEqual(await session.one('SELECT 1 AS one'), { one: 1 })
    })
  })

  test('a large answer that fails on its way says so, in and out of a transaction', async () => {
    const late = `SELECT CAST(CASE WHEN i = 500000 THEN 'x' ELSE '1' END AS INTEGER) AS a FROM range(600000) numbers(i)`
    const readAll = async (session: Session): Promise<void> => {
      for await (const batch of session.batches(late)) assert.ok(batch.length > 0)
    }
    for (const reading of [() => warehouse.read(readAll), () => warehouse.snapshot(readAll)]) {
      await assert.rejects(
        reading(),
        (error) => error instanceof QueryError && /broke off after \d+ rows/.test(error.message),
      )
    }
    const session = await warehouse.session()
    await assert.rejects(readAll(session), /broke off/)
    assert.deepEqual(await session.one('SELECT 1 AS one'), { one: 1 })
    session.close()
  })

  test('a large answer inside a transaction leaves it open', async () => {
    await warehouse.write(async (session) => {
      await session.run('CREATE TABLE steps AS SELECT 1 AS n')
      for await (const batch of session.batches('SELECT n FROM steps')) assert.deepEqual(batch, [{ n: 1 }])
      for await (const batch of session.batches(ENDLESS.replace('COUNT(*)', '1 AS one'))) if (batch) break
      await session.run('INSERT INTO steps VALUES (2)')
    })
    assert.deepEqual(await warehouse.read((session) => session.one('SELECT COUNT(*) AS n FROM steps')), { n: 2 })
  })

  test('a failing statement is a QueryError that keeps its SQL, and the next reader is served', async () => {
    const failing = warehouse.read((session) => session.rows('SELECT nothing FROM kept'))
    await assert.rejects(failing, (error) => error instanceof QueryError && error.sql === 'SELECT nothing FROM kept')
    const late = warehouse.read((session) =>
      session.rows('SELECT CAST(a AS VARCHAR) AS a, 1 / 0 AS b, CAST($1 AS INTEGER) FROM kept', ['x']),
    )
    await assert.rejects(late, /Conversion Error/)
    assert.equal((await warehouse.read((session) => session.rows('SELECT a FROM kept'))).length, 2)
  })

  test('an aborted read stops what runs', async () => {
    const started = performance.now()
    const reading = warehouse.read((session) => session.rows(ENDLESS), { signal: AbortSignal.timeout(50) })
    await assert.rejects(reading, /Interrupted|INTERRUPT/)
    assert.ok(performance.now() - started < 5_000)
    await assert.rejects(
      warehouse.read((session) => session.rows('SELECT 1'), { signal: AbortSignal.abort() }),
      /abort/i,
    )
  })

  test('every connection keeps the clock of UTC', async () => {
    const zone = `SELECT current_setting('TimeZone') AS zone`
    assert.deepEqual(await warehouse.read((session) => session.one(zone)), { zone: 'UTC' })
    assert.deepEqual(await warehouse.write((session) => session.one(zone)), { zone: 'UTC' })
  })

  test('a second process is told who holds the file', async () => {
    const path = join(folder, 'made', 'warehouse.duckdb')
    const script = `import { Warehouse } from ${JSON.stringify(new URL('../../data/warehouse.ts', import.meta.url).href)}
      await Warehouse.open(${JSON.stringify(path)}).catch((error) => console.log(error.name, error.message))`
    const answer = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    assert.match(
      answer.stdout + answer.stderr,
      new RegExp(`^ConfigError .*held by process ${process.pid} .*stop it and try again`),
    )
    await assert.rejects(
      Warehouse.open(path),
      (error) => error instanceof ConfigError && /in this process already/.test(error.message),
    )
  })

  test('a closed file can be opened again, with what was written', async () => {
    const path = join(folder, 'again.duckdb')
    const first = await Warehouse.open(path, { settings: { threads: '1' } })
    await first.write((session) => session.run('CREATE TABLE a AS SELECT 1 AS n'))
    assert.deepEqual(await first.read((session) => session.one(`SELECT current_setting('threads') AS n`)), { n: 1 })
    first.close()
    await assert.rejects(
      first.read((session) => session.rows('SELECT 1')),
      /closed/,
    )
    const second = await Warehouse.open(path)
    assert.deepEqual(await second.read((session) => session.one('SELECT n FROM a')), { n: 1 })
    second.close()
  })

  test('what cannot be opened says why', async () => {
    const text = join(folder, 'text.duckdb')
    await writeFile(text, 'hello '.repeat(2_000))
    await assert.rejects(
      Warehouse.open(text),
      (error) => error instanceof ConfigError && /not a valid DuckDB/.test(error.message),
    )
    await assert.rejects(
      Warehouse.open(':memory:', { settings: { thread: '2' } }),
      (error) => error instanceof ConfigError && /thread/.test(error.message),
    )
  })
})
