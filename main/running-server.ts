import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config/define.ts'
import { ConfigError, QueryError, RequestError, SourceError, type TrueworthError } from '../errors.ts'

const FILE = 'server.json'

/** Leaves a note beside the warehouse of where its server answers. */
export async function announceServer(config: Config, url: string): Promise<void> {
  await writeFile(join(config.folder, FILE), JSON.stringify({ url, pid: process.pid }))
}

export async function retractServer(config: Config): Promise<void> {
  await rm(join(config.folder, FILE), { force: true })
}

/** Address of the server that holds this configuration's warehouse, or undefined where none answers. */
export async function runningServer(config: Config): Promise<string | undefined> {
  try {
    const { url } = JSON.parse(await readFile(join(config.folder, FILE), 'utf8')) as { url: string }
    const answer = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(2000) })
    return answer.ok || answer.status === 503 ? url : undefined
  } catch {
    return undefined
  }
}

/** Asks the server for figures and hands on the bytes it answers. Throws RequestError with the server's own words. */
export async function askServer(url: string, query: string, format: string): Promise<Uint8Array> {
  const answer = await fetch(new URL(`/api/query?${query}&format=${format}`, url))
  if (answer.ok) return new Uint8Array(await answer.arrayBuffer())
  throw await refusalOf(answer)
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
  if (status === 503) return new ConfigError(detail)
  if (status === 502) return new SourceError(detail, { source: 'server', retry: false })
  if (status >= 500) return new QueryError(detail, { sql: '' })
  return new RequestError(detail, field === undefined ? {} : { field })
}

/** Has the server run; `tell` takes each progress event, the report is returned. */
export async function runOnServer<Report>(
  url: string,
  options: object,
  tell: (event: unknown) => void,
): Promise<Report> {
  const answer = await fetch(new URL('/api/runs', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(options),
  })
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
  throw new SourceError(`the server at ${url} ended before its run did; start it again`, {
    source: 'server',
    retry: true,
  })
}
