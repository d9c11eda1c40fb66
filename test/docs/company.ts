import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './pages.ts'

/** A folder with a configuration of its own, in which the commands of a page are run. */
export interface Workplace {
  readonly folder: string
  /** Runs a command to its end. */
  run(words: readonly string[]): Promise<Ended>
  /** Starts a server, hands its URL to `visit`, and stops it. */
  serve(words: readonly string[], visit: (url: string) => Promise<void>): Promise<Ended>
  remove(): Promise<void>
}

export interface Ended {
  readonly code: number | null
  readonly output: string
}

export async function openWorkplace(configuration: string): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-docs-'))
  const config = join(folder, 'trueworth.config.ts')
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(config, configuration)
  const environment = {
    ...process.env,
    TRUEWORTH_CONFIG: config,
    EXAMPLE_DATA: join(root, '../shared/data'),
    CRM_URL: 'postgres://localhost/crm',
  }
  const begin = (words: readonly string[]): Begun => begun(folder, environment, words)
  return {
    folder,
    run: async (words) => begin(words).ended,
    serve: async (words, visit) => {
      const server = begin(words)
      try {
        await visit(await server.url)
      } finally {
        server.stop()
      }
      return server.ended
    },
    remove: async () => rm(folder, { recursive: true, force: true }),
  }
}

/** The project's own configuration, with everything it writes in the folder of the test and a free port. */
export const sampleConfiguration = (scale: number): string => `
import base from '${join(root, 'trueworth.config.ts')}'
import { sampleSources } from '${join(root, 'data/demo/sources.ts')}'

export default {
  ...base,
  folder: 'company',
  server: { host: '127.0.0.1', port: 0 },
  sources: sampleSources('company/sample'),
  threads: 1,
  sample: { folder: 'company/sample', scale: ${scale}, seed: 1 },
}
`

interface Begun {
  readonly ended: Promise<Ended>
  readonly url: Promise<string>
  stop(): void
}

function begun(folder: string, env: NodeJS.ProcessEnv, words: readonly string[]): Begun {
  const child = spawn(process.execPath, [join(root, 'main.ts'), ...words], { cwd: folder, env })
  let output = ''
  const { promise: url, resolve, reject } = Promise.withResolvers<string>()
  const listen = (part: Buffer): void => {
    output += part.toString()
    const found = /^ {2}(http:\/\/\S+)$/m.exec(output)?.[1]
    if (found !== undefined) resolve(found)
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const ended = new Promise<Ended>((done) => {
    child.on('close', (code) => {
      reject(new Error(`${words.join(' ')} ended with ${code}: ${output}`))
      done({ code, output })
    })
  })
  // A command that is no server has no URL, and nobody waits for it.
  url.catch(() => undefined)
  return { ended, url, stop: () => child.kill('SIGTERM') }
}
