import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { appendFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { makeSample } from '../../data/demo/sample.ts'

const root = resolve(import.meta.dirname, '../..')

/** What is left of a process that ran the pipelines. */
export interface Ended {
  readonly code: number | null
  readonly milliseconds: number
  /** What the run had last told of when it ended: 'read', 'load', 'build' or 'version'. */
  readonly phase: string
  readonly said: string
}

/** A quarter of the sample company on disk, and any number of folders with a warehouse of it each. */
export class SampleCompany {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static async make(): Promise<SampleCompany> {
    const company = new SampleCompany(await mkdtemp(join(tmpdir(), 'trueworth-sample-')))
    await makeSample({ folder: company.sources, scale: 0.25, seed: 1 })
    return company
  }

  get sources(): string {
    return join(this.folder, 'sources')
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }

  /** A new folder for landing, warehouse and state; `like` another one, or empty. Answers its configuration file. */
  async place(name: string, like?: string): Promise<string> {
    if (like !== undefined) await cp(this.at(like), this.at(name), { recursive: true })
    const sources = pathToFileURL(join(root, 'data/demo/sources.ts')).href
    const file = join(this.folder, `${name}.config.ts`)
    await writeFile(
      file,
      `import { sampleSources } from '${sources}'
export default {
  company: { name: 'Test works', currency: 'CNY', timeZone: 'Asia/Shanghai' },
  folder: ${JSON.stringify(this.at(name))},
  server: { host: '127.0.0.1', port: 0 },
  sources: sampleSources(${JSON.stringify(this.sources)}),
  asOf: '2026-06-30',
  schedule: false,
  threads: 1,
}
`,
    )
    return file
  }

  at(name: string): string {
    return join(this.folder, name)
  }

  /** A day passes: requests are closed and opened, a contract loses a machine, orders come in, one of them unreadable. */
  async passDay(): Promise<void> {
    const crm = new DatabaseSync(join(this.sources, 'crm.sqlite'))
    crm.exec(`UPDATE svc_request SET state = (SELECT max(state) FROM svc_request), updated_at = '2026-07-01 09:00:00' WHERE rowid % 9 = 0;
      INSERT INTO svc_request (req_no, acc_no, channel, req_type, call_time, state, create_time, updated_at)
        SELECT 'N' || req_no, acc_no, channel, req_type, '2026-06-30 10:00:00', state, '2026-06-30 10:00:00', '2026-07-01 09:00:00'
        FROM svc_request WHERE rowid % 11 = 0;
      UPDATE svc_task SET work_min = work_min + 10, updated_at = '2026-07-01 09:00:00' WHERE rowid % 10 = 0;
      DELETE FROM svc_contract_item WHERE rowid % 20 = 0`)
    crm.close()
    const orders = join(this.sources, 'erp', 'sales_orders', 'sales_orders_202606.csv')
    await appendFile(
      orders,
      'ORLATE1;0000100270;;30/06/2026 10:04;C;00030;;CNY\nORLATE2;0000100270;;no day;C;00030;;CNY\n',
    )
    await appendFile(
      join(this.sources, 'erp', 'sales_order_lines', 'sales_order_lines_202606.csv'),
      'ORLATE1;10;CH-C03;6;31,85;191,10;122,45\n',
    )
  }

  /**
   * `trueworth run` as a process of its own. `kill` is asked every millisecond, with what the run has told so far, and ends
   * the process by SIGKILL where it says so.
   */
  async run(config: string, kill?: (said: string) => boolean): Promise<Ended> {
    const child = spawn(process.execPath, ['main.ts', '-c', config, 'run', '--verbose'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    let started: number | undefined
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      started ??= performance.now()
      said += text
    })
    const watch = setInterval(() => {
      if (started !== undefined && kill?.(said) === true) child.kill('SIGKILL')
    }, 1)
    const code = await new Promise<number | null>((done) => child.once('close', done))
    clearInterval(watch)
    return { code, said, phase: phaseOf(said), milliseconds: performance.now() - (started ?? performance.now()) }
  }

  /** Changes when the warehouse's file or its log is written to. */
  filesOf(name: string): string {
    const file = join(this.at(name), 'warehouse.duckdb')
    const look = (path: string): string => {
      const found = statSync(path, { throwIfNoEntry: false, bigint: true })
      return `${found?.size} ${found?.mtimeNs}`
    }
    return `${look(file)} ${look(`${file}.wal`)}`
  }
}

function phaseOf(said: string): string {
  return /^ *(\w+)/.exec(said.trimEnd().split('\n').at(-1) ?? '')?.[1] ?? ''
}
