import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { Warehouse, type Row } from '../../data/warehouse.ts'
import { root, trueworth, type Ended } from '../support/command-line.ts'

/** A folder with a configuration file, used through the command line alone. */
export class Company {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  /** `config`: the module that the configuration file is. */
  static async open(config: string): Promise<Company> {
    const company = new Company(await mkdtemp(join(tmpdir(), 'trueworth-command-line-')))
    await company.write(config)
    return company
  }

  /** The sample company at scale 1, with a warehouse and a port of its own. */
  static ofSample(): Promise<Company> {
    return Company.open(sampleConfig('sampleSources(sample.folder)'))
  }

  async write(config: string, name = 'trueworth.config.ts'): Promise<void> {
    await writeFile(join(this.folder, name), config)
  }

  command(...args: readonly string[]): Promise<Ended> {
    return this.commandWith('trueworth.config.ts', ...args)
  }

  /** Under another configuration file of the folder. */
  commandWith(config: string, ...args: readonly string[]): Promise<Ended> {
    return trueworth(['--config', join(this.folder, config), ...args])
  }

  /** Starts a command that stays, and waits until it has said `expected` or has ended. */
  async start(args: readonly string[], expected: RegExp): Promise<Running> {
    const child = spawn(process.execPath, ['main.ts', '--config', join(this.folder, 'trueworth.config.ts'), ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const running = new Running(child)
    await running.says(expected)
    return running
  }

  /** Rows the sample company gives, as its own tables count them, with those that are broken on purpose. */
  async given(): Promise<{ requests: string; all: string; broken: string }> {
    const text = await readFile(join(this.folder, 'sample', 'truth.json'), 'utf8')
    const truth = JSON.parse(text) as { rows: { entity: string; rows: number }[]; broken: { lines: number }[] }
    const broken = truth.broken.reduce((sum, { lines }) => sum + lines, 0)
    const all = truth.rows.reduce((sum, { rows }) => sum + rows, broken)
    const requests = truth.rows.find(({ entity }) => entity === 'requests')?.rows ?? 0
    return { requests: requests.toLocaleString('en'), all: all.toLocaleString('en'), broken: String(broken) }
  }

  /** Reads the warehouse, which no command has open. */
  async rows<T extends object = Row>(sql: string): Promise<T[]> {
    const warehouse = await Warehouse.open(join(this.folder, 'warehouse', 'warehouse.duckdb'))
    try {
      return await warehouse.read((session) => session.rows<T>(sql))
    } finally {
      warehouse.close()
    }
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true })
  }
}

/** `sources`: an expression over `sampleSources` and `sample`. */
export function sampleConfig(sources: string): string {
  return `
    import { sampleSources } from '${pathToFileURL(join(root, 'data/demo/sources.ts')).href}'
    const sample = { folder: import.meta.dirname + '/sample', scale: 1, seed: 1 }
    export default {
      company: { name: '凌川机电', currency: 'CNY', timeZone: 'Asia/Shanghai' },
      folder: 'warehouse', server: { port: 0 }, asOf: '2026-06-30', schedule: false, threads: 1, sample, sources: ${sources},
    }`
}

/** A command that stays until it is told to end. */
export class Running {
  said = ''
  readonly #child: ChildProcessByStdio<null, null, Readable>
  readonly #ended: Promise<number | null>
  #tell: () => void = () => undefined

  constructor(child: ChildProcessByStdio<null, null, Readable>) {
    this.#child = child
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.said += text
      this.#tell()
    })
    this.#ended = new Promise((resolve) => {
      child.on('close', (code) => {
        resolve(code)
        this.#tell()
      })
    })
  }

  get url(): string {
    return /http:\/\/\S+/.exec(this.said)?.[0] ?? ''
  }

  async says(expected: RegExp): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#tell = () => {
        if (expected.test(this.said) || this.#child.exitCode !== null) resolve()
      }
      this.#tell()
    })
  }

  /** Its exit code once it has ended. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#child.kill(signal)
    return this.#ended
  }
}
