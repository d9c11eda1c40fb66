import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Warehouse, type Session } from '../warehouse.ts'
import { writeTruth } from './truth.ts'
import { writeSystems, type WrittenFile } from './write.ts'

export interface SampleOptions {
  /** Folder the sample company is written to. What an earlier sample left there is replaced. */
  readonly folder: string
  /** 1: about 600 customers and 12,000 requests; 1,000: about 600,000 and 12 million; 0.25: a quarter. Below 1, or whole. */
  readonly scale: number
  /** The same seed and scale make the same files, byte for byte. */
  readonly seed: number
  readonly onProgress?: (progress: SampleProgress) => void
}

export interface SampleProgress {
  /** What was made or written: 'requests', 'crm.sqlite/svc_task', 'erp/ledger'. */
  readonly step: string
  readonly rows: number | undefined
  readonly milliseconds: number
}

export interface SampleReport {
  readonly folder: string
  readonly scale: number
  readonly seed: number
  readonly written: readonly WrittenFile[]
  readonly rows: number
  readonly milliseconds: number
}

const SQL_FOLDER = join(import.meta.dirname, 'sql')
/** From here on the tables in the making go to disk beside the sample. */
const LARGE_SCALE = 20

/** Makes the sample company in a DuckDB of its own and writes it out as a CRM database, an ERP export, a phone log and dealer cards. */
export async function makeSample(options: SampleOptions): Promise<SampleReport> {
  const started = performance.now()
  await mkdir(options.folder, { recursive: true })
  const workshop = join(options.folder, '.making.duckdb')
  await removeWorkshop(workshop)
  const spill = join(options.folder, '.making.tmp')
  const warehouse = await Warehouse.open(options.scale >= LARGE_SCALE ? workshop : ':memory:', {
    // A checkpoint after every table would wait for the disk each time.
    settings: { temp_directory: spill, checkpoint_threshold: '16GB' },
  })
  try {
    const session = await warehouse.session()
    await makeTables(session, options)
    const other = await warehouse.session()
    const written = await writeSystems({ session, other }, options)
    await writeTruth(session, options)
    session.close()
    other.close()
    const rows = written.reduce((sum, file) => sum + file.rows, 0)
    const { folder, scale, seed } = options
    return { folder, scale, seed, written, rows, milliseconds: performance.now() - started }
  } finally {
    warehouse.close()
    await removeWorkshop(workshop)
    await rm(spill, { recursive: true, force: true })
  }
}

/** Runs the SQL of the sample company in the session: its tables, then the views in the shape of each system. */
export async function makeTables(
  session: Session,
  options: Pick<SampleOptions, 'scale' | 'seed' | 'onProgress'>,
): Promise<void> {
  const type = Number.isInteger(options.scale) ? 'BIGINT' : 'DECIMAL(9, 3)'
  await session.run(
    `SET VARIABLE seed = CAST(${Math.trunc(options.seed)} AS BIGINT); SET VARIABLE scale = CAST(${options.scale} AS ${type})`,
  )
  const files = (await readdir(SQL_FOLDER)).filter((file) => file.endsWith('.sql')).sort()
  for (const file of files) {
    const started = performance.now()
    await session.run(await readFile(join(SQL_FOLDER, file), 'utf8'))
    options.onProgress?.({ step: file.slice(3, -4), rows: undefined, milliseconds: performance.now() - started })
  }
}

async function removeWorkshop(file: string): Promise<void> {
  await rm(file, { force: true })
  await rm(`${file}.wal`, { force: true })
}
