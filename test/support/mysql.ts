import { spawn, spawnSync } from 'node:child_process'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createConnection, type Connection } from 'mysql2/promise'

export interface TestMysql {
  readonly url: string
  readonly port: number
  readonly client: Connection
  /** Ends the server without a word, as a lost machine does. */
  readonly kill: () => void
  stop(): Promise<void>
}

export const MYSQL_PASSWORD = 'm1sql-of-the-tests'
const SERVERS = ['/usr/sbin/mariadbd', '/usr/libexec/mariadbd', '/usr/sbin/mysqld']
const REMEDY = 'these tests need a MariaDB server: install it (Debian: apt-get install mariadb-server)'

/** A MariaDB server of one's own in a temporary folder; undefined where there is none and none may be installed. */
export async function startMysql(): Promise<TestMysql | undefined> {
  const program = findServer() ?? installServer()
  if (program === undefined) {
    console.log(REMEDY)
    return undefined
  }
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-mysql-'))
  const user = await ownerOf(folder)
  const data = join(folder, 'data')
  const run = (command: string, args: readonly string[]) => spawnSync(command, [...args], { encoding: 'utf8', ...user })
  const made = run('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ])
  if (made.status !== 0) throw new Error(`mariadb-install-db: ${made.stderr}${made.stdout}`)
  const port = await freePort()
  const server = spawn(
    program,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-buffer-pool-size=256M',
      '--max-allowed-packet=128M',
      '--skip-name-resolve',
    ],
    { stdio: 'ignore', ...user },
  )
  const client = await connected(port)
  client.on('error', () => undefined)
  await client.query(
    `CREATE USER reader@'%' IDENTIFIED BY '${MYSQL_PASSWORD}'; GRANT ALL ON *.* TO reader@'%';
     CREATE DATABASE company CHARACTER SET utf8mb4; USE company`,
  )
  return {
    url: `mysql://reader:${MYSQL_PASSWORD}@127.0.0.1:${port}/company`,
    port,
    client,
    kill: () => server.kill('SIGKILL'),
    stop: async () => {
      client.destroy()
      const ended = new Promise((resolve) => server.once('close', resolve))
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGTERM')
        await ended
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function findServer(): string | undefined {
  return SERVERS.find((path) => spawnSync(path, ['--version']).status === 0)
}

function installServer(): string | undefined {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return undefined
  console.log('installing a MariaDB server for the tests …')
  const options = { stdio: 'ignore' as const, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  spawnSync('apt-get', ['update'], options)
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'mariadb-server'], options)
  return findServer()
}

/** The server refuses to run as root. */
async function ownerOf(folder: string): Promise<{ uid?: number; gid?: number }> {
  await chmod(folder, 0o755)
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'mysql'], { encoding: 'utf8' }).stdout.trim())
  const owner = { uid: id('-u'), gid: id('-g') }
  await chown(folder, owner.uid, owner.gid)
  return owner
}

async function connected(port: number): Promise<Connection> {
  for (let tries = 0; ; tries++) {
    try {
      return await createConnection({ host: '127.0.0.1', port, user: 'root', multipleStatements: true })
    } catch (error) {
      if (tries > 200) throw error
      await sleep(50)
    }
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
