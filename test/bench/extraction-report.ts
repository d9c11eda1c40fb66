import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { startPostgres } from '../support/postgres.ts'
import { inProcess, type Measured } from './child.ts'
import { median, megabytes, printTable, ratio, seconds } from './figures.ts'

interface Extraction {
  readonly rows: number
  readonly milliseconds: number
}

/** A table out of PostgreSQL into a landing file, beside COPY piped into DuckDB alone, in turns. */
export async function compareExtraction(rows: number, runs: number): Promise<void> {
  const server = await startPostgres()
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-extraction-'))
  try {
    await fill(server.url, rows)
    const ours: Measured<Extraction>[] = []
    const bare: Measured<Extraction>[] = []
    for (let turn = 0; turn < runs; turn++) {
      bare.push(await piped(folder, server.url))
      ours.push(await inProcess<Extraction>('extraction.ts', 'ours', folder, server.url))
    }
    const wrong = [...ours, ...bare].find(({ answer }) => answer.rows !== rows)
    if (wrong !== undefined) throw new Error(`${wrong.answer.rows} rows came, not ${rows}`)
    const line = (what: string, measured: readonly Measured<Extraction>[]): string[] => {
      const time = median(measured.map(({ answer }) => answer.milliseconds))
      const peak = Math.max(...measured.map((each) => each.peak))
      return [what, seconds(time), `${Math.round(rows / time)} k`, megabytes(peak)]
    }
    printTable(
      `${rows.toLocaleString('en')} rows out of PostgreSQL, medians of ${runs}`,
      ['way', 'time', 'rows a second', 'most memory'],
      [line('COPY piped into DuckDB', bare), line('extracted', ours)],
    )
    const speeds = ours.map(({ answer }, turn) => (bare[turn]?.answer.milliseconds ?? Number.NaN) / answer.milliseconds)
    console.log(`\nSpeed beside COPY piped into DuckDB: ${ratio(median(speeds), 1)} (median of the turns; aim 0.8 ×)`)
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A table of requests as a ticket system has it. */
async function fill(url: string, rows: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(
      `CREATE UNLOGGED TABLE tickets AS
     SELECT CAST(i AS bigint) AS id, 'C' || lpad(CAST(i * 7919 % 20000 AS text), 6, '0') AS customer,
       timestamptz '2019-01-01 08:00+00' + i * interval '2 seconds' AS opened_at,
       (ARRAY['open', 'waiting', 'resolved', 'closed'])[1 + i % 4] AS status,
       CAST(CAST(i * 31 % 90000 AS numeric(12, 2)) / 100 AS numeric(10, 2)) AS minutes, i % 3 = 0 AS chargeable,
       CASE WHEN i % 5 <> 0 THEN 'Pump ' || i % 977 || ' loses pressure after the ' || i % 31 || '. start' END AS summary
     FROM generate_series(CAST(1 AS bigint), ${BigInt(rows)}) AS i`,
    )
  } finally {
    await client.end()
  }
}

async function piped(folder: string, url: string): Promise<Measured<Extraction>> {
  const script = join(import.meta.dirname, 'extraction.ts')
  const pipe = '"$0" "$1" feed "$2" "$3" | "$0" "$1" bare "$2" "$3"'
  const shell = spawn('sh', ['-c', pipe, process.execPath, script, folder, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return JSON.parse(await text(shell.stdout)) as Measured<Extraction>
}
