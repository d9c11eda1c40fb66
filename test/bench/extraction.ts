// Child: one extraction of the table `tickets`. 'ours': the ordinary reader, into a landing file. 'bare': what comes in by
// standard input, the text of COPY, into a Parquet file by DuckDB alone. 'feed': that text, to standard output.
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { join } from 'node:path'
import { literal } from '../../data/quote.ts'
import { Warehouse, type Session } from '../../data/warehouse.ts'
import { openSource } from '../../pipelines/sources/open-source.ts'
import { writeParquet } from '../../pipelines/sources/parquet.ts'
import { answer } from './child.ts'

/** The table, and the DuckDB types its columns land with. */
const COLUMNS = {
  id: 'BIGINT',
  customer: 'VARCHAR',
  opened_at: 'TIMESTAMP WITH TIME ZONE',
  status: 'VARCHAR',
  minutes: 'DECIMAL(10,2)',
  chargeable: 'BOOLEAN',
  summary: 'VARCHAR',
}
const [way = '', folder = '', url = ''] = process.argv.slice(2)
const parquet = join(folder, `${way}.parquet`)

if (way === 'feed') {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query("SET TimeZone = 'UTC'")
  await pipeline(client.query(copyTo('COPY tickets TO STDOUT', { highWaterMark: 1 << 20 })), process.stdout)
  await client.end()
} else {
  const warehouse = await Warehouse.open(':memory:')
  const started = performance.now()
  const rows = way === 'ours' ? await ours(warehouse) : await warehouse.read(bare)
  const milliseconds = performance.now() - started
  warehouse.close()
  await rm(parquet, { force: true })
  answer({ rows, milliseconds })
}

async function ours(warehouse: Warehouse): Promise<number> {
  const reader = await openSource({ name: 'bench', kind: 'postgres', url, feeds: [] }, { warehouse })
  const feed = { entity: 'requests', from: 'tickets', columns: {} } as const
  const signal = new AbortController().signal
  const { rows } = await reader.extract(feed, { since: null, files: new Map() }, { parquet, signal })
  await reader.close()
  return rows
}

async function bare(session: Session): Promise<number> {
  const types = Object.entries(COLUMNS).map(([name, type]) => `${name}: ${literal(type)}`)
  return writeParquet(
    session,
    `SELECT * FROM read_csv('/dev/stdin', auto_detect = false, header = false, columns = {${types.join(', ')}},
       delim = '\t', quote = '', escape = '', nullstr = '\\N')`,
    parquet,
  )
}
