import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configOf } from '../../config.ts'
import type { UserConfig } from '../../config/define.ts'
import { openPeople, type People } from '../../main/people.ts'
import { startServer, type Server } from '../../main/server.ts'
import { openSystem, type System } from '../../main/system.ts'
import type { Viewer } from '../../models/metrics/metric.ts'

export const PASSWORD = 'correct horse battery'
export const operator: Viewer = { id: 'local', name: 'Operator', roles: ['owner'] }

/** A real server over an empty warehouse, with users. */
export class Place {
  readonly folder: string
  readonly system: System
  readonly people: People
  readonly server: Server
  readonly faults: string[]

  private constructor(parts: Pick<Place, 'folder' | 'system' | 'people' | 'server' | 'faults'>) {
    this.folder = parts.folder
    this.system = parts.system
    this.people = parts.people
    this.server = parts.server
    this.faults = parts.faults
  }

  /** With an administrator, Ann, and one of sales in the East, Bo. */
  static async open(signIn?: UserConfig['signIn']): Promise<Place> {
    const folder = await mkdtemp(join(tmpdir(), 'trueworth-users-'))
    const config = configOf(folder, { sources: [], schedule: false, ...(signIn && { signIn }) })
    const system = await openSystem(config)
    const people = openPeople(config, system.state, () => new Date())
    await people.users.add(user('ann@example.com', 'Ann', ['admin']), operator)
    await people.users.add({ ...user('bo@example.com', 'Bo', ['sales']), attributes: ['region = East'] }, operator)
    const faults: string[] = []
    const options = { host: '127.0.0.1', port: 0, version: '0.0.0', say: (line: string) => faults.push(line) }
    const server = await startServer(system, options)
    return new Place({ folder, system, people, server, faults })
  }

  /** As a browser does: no redirect is followed, so that each can be looked at. */
  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(new URL(path, this.server.url), { redirect: 'manual', headers: { accept: 'text/html', ...headers } })
  }

  async post(
    path: string,
    form: Record<string, string | string[]>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const body = new URLSearchParams()
    for (const [name, values] of Object.entries(form)) for (const value of [values].flat()) body.append(name, value)
    const own = { accept: 'text/html', origin: this.server.url, ...headers }
    return fetch(new URL(path, this.server.url), { method: 'POST', redirect: 'manual', body, headers: own })
  }

  /** Signs in and gives the cookie. */
  async cookieOf(email: string, password = PASSWORD, headers: Record<string, string> = {}): Promise<string> {
    const answer = await this.post('/sign-in', { email, password }, headers)
    if (answer.status !== 303) throw new Error(`sign-in of ${email} answered ${answer.status}`)
    return cookiesOf(answer)
  }

  async close(): Promise<void> {
    await this.server.close()
    await this.system.close()
    await rm(this.folder, { recursive: true, force: true })
  }
}

export const user = (email: string, name: string, roles: string[]) => ({
  email,
  name,
  roles,
  attributes: [],
  password: PASSWORD,
})

/** What a browser would send back. */
export const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
