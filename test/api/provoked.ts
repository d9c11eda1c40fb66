// What provokes answers that are documented.
import { request } from 'node:http'
import { localViewer } from '../../api/access.ts'
import type { Named } from './described.ts'

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
