// What provokes answers that are documented.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localViewer } from '../../api/access.ts'
import { configOf } from '../../config.ts'
import type { Alerts } from '../../config/alerts.ts'
import type { State } from '../../data/state.ts'
import { startServer } from '../../main/server.ts'
import { openSystem } from '../../main/system.ts'
import type { Named } from './described.ts'

/** Fires for the company as a whole. */
export const WATCHED: Alerts = {
  owner: 'head@example.com',
  builtIn: false,
  watch: [{ name: 'any', metric: 'requests', when: { above: 0 }, as: 'owner' }],
}

/** A request that a foreign name has been made to lead here. */
export async function underForeignName(url: string, { method, path }: Named): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    request({ hostname, port, path, method, headers: { host: 'rebound.example' } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () =>
        resolve(
          new Response(Buffer.concat(chunks), {
            status: answer.statusCode ?? 0,
            headers: answer.headers as Record<string, string>,
          }),
        ),
      )
    })
      .on('error', reject)
      .end()
  })
}

/** A saved exploration of the local viewer, as the state has it. */
export const explorationOf = (id: string) => ({
  exploration_id: id,
  owner_id: localViewer.id,
  owner_name: localViewer.name,
  name: id,
  query: 'metrics=revenue',
  shared_with: '[]',
  created_at: '2026-06-20T00:00:00Z',
  changed_at: '2026-06-20T00:00:00Z',
})

export const post = (body: unknown, headers: Record<string, string> = {}, method = 'POST'): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

/** As many as one person may keep. */
export async function fillExplorations({ tables }: State): Promise<void> {
  const kept = Array.from({ length: 500 }, (_, at) => explorationOf(`x${at}`))
  for (let at = 0; at < kept.length; at += 100)
    await tables.insertInto('explorations').values(kept.slice(at, at + 100)).execute() // prettier-ignore
}

/** Questions that take turns, by path: those of a path that are asked at once get in each other's way. */
export const inTurn: Readonly<Record<string, readonly string[]>> = {
  '/api/query': ['revenue', 'profit', 'requests', 'visits'].map((name) => `metrics=${name}`),
  '/api/changes': ['revenue', 'profit', 'sales_margin'].map((name) => `metric=${name}&from=2024&to=2025`),
  '/api/restatements': ['revenue', 'profit'].map((name) => `metric=${name}&known_at=2026-03-31`),
  '/api/restatements/rows': ['02', '03'].map((month) => `metric=revenue&known_at=2026-03-31&month=2026-${month}`),
}

/** The answer to one of several questions at once that gets no turn. */
export async function refusedTurn(ask: (path: string) => Promise<Response>, path: string): Promise<Response> {
  const answers = await Promise.all((inTurn[path] ?? []).map((search) => ask(`${path}?${search}`)))
  const refused = answers.find(({ status }) => status === 429)
  assert.ok(refused, `${path}: ${String(answers.map(({ status }) => status))}`)
  return refused
}

/** A server before its first run. */
export async function emptyServer(): Promise<{ state: State; url: string; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-empty-'))
  const company = { name: 'New', currency: 'EUR', timeZone: 'Europe/Berlin' }
  const empty = await openSystem(configOf(folder, { company, folder: 'warehouse', schedule: false, sources: [] }))
  const server = await startServer(empty, { host: '127.0.0.1', port: 0, version: '', say: () => undefined })
  return {
    state: empty.state,
    url: server.url,
    close: async () => {
      await server.close()
      await empty.close()
      await rm(folder, { recursive: true })
    },
  }
}
