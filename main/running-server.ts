import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config/define.ts'
import { ConfigError, QueryError, RequestError, SignInError, SourceError, type TrueworthError } from '../errors.ts'

const FILE = 'server.json'

/** A server that holds the warehouse, as the command line reaches it. */
export interface RunningServer {
  readonly url: string
  /** With the key that only who may read the folder has: the operator of this machine. */
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>
}

/** Leaves a note beside the warehouse of where its server answers, and with which key the operator asks it. */
export async function announceServer(config: Config, { url, key }: { url: string; key: string }): Promise<void> {
  const file = join(config.folder, FILE)
  await rm(file, { force: true })
  await writeFile(file, JSON.stringify({ url, pid: process.pid, key }), { mode: 0o600 })
}

export async function retractServer(config: Config): Promise<void> {
  await rm(join(config.folder, FILE), { force: true })
}

/** The server that holds this configuration's warehouse, or undefined where none answers. */
export async function runningServer(config: Config): Promise<RunningServer | undefined> {
  try {
    const { url, key } = JSON.parse(await readFile(join(config.folder, FILE), 'utf8')) as { url: string; key: string }
    const answer = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(2000) })
    if (!answer.ok && answer.status !== 503) return undefined
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
    return { url, fetch: (path, init) => fetch(new URL(path, url), { ...init, headers }) }
  } catch {
    return undefined
  }
}

/** What the API refused, as the error it began as: its exit code is that of an answer given here. */
export async function refusalOf(answer: Response): Promise<TrueworthError> {
  const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>
  return errorOf({ detail: `the server answered ${answer.status}`, status: answer.status, ...problem })
}

interface Problem {
  readonly status: number
  readonly detail: string
  readonly field?: string
}

function errorOf({ status, detail, field }: Problem): TrueworthError {
  if (status === 401) return new SignInError(detail)
  if (status === 503) return new ConfigError(detail)
  if (status === 502) return new SourceError(detail, { source: 'server', retry: false })
  if (status >= 500) return new QueryError(detail, { sql: '' })
  return new RequestError(detail, field === undefined ? {} : { field })
}

/** Has the server run; `tell` takes each progress event, the report is returned. */
export async function runOnServer<Report>(
  server: RunningServer,
  options: object,
  tell: (event: unknown) => void,
): Promise<Report> {
  const answer = await server.fetch('/api/runs', { method: 'POST', body: JSON.stringify(options) })
  const text = answer.body?.pipeThrough(new TextDecoderStream())
  if (!answer.ok || text === undefined) throw await refusalOf(answer)
  let rest = ''
  for await (const part of text) {
    const lines = (rest + part).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const said = JSON.parse(line) as { progress?: unknown; report?: Report; problem?: Problem }
      if (said.progress !== undefined) tell(said.progress)
      if (said.problem !== undefined) throw errorOf(said.problem)
      if (said.report !== undefined) return said.report
    }
  }
  throw new SourceError(`the server at ${server.url} ended before its run did; start it again`, {
    source: 'server',
    retry: true,
  })
}
