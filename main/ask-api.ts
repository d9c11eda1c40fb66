import { createApi } from '../api/app.ts'
import type { Config } from '../config/define.ts'
import { describeError } from '../terminal.ts'
import { runningServer } from './running-server.ts'
import { openSystem } from './system.ts'

/** Asks the API as a program on this machine: of the server that holds the warehouse, else in this process, which then lets go of it. */
export async function askApi(
  config: Config,
  path: string,
  init: { readonly signal?: AbortSignal } = {},
): Promise<Response> {
  const server = await runningServer(config)
  if (server !== undefined) return server.fetch(path, init)
  const system = await openSystem(config)
  try {
    const { queries, status, batches, policies } = system
    const onFault = (error: unknown): void => console.error(describeError(error))
    const app = createApi({
      queries,
      status,
      batches,
      policies,
      access: config.access,
      version: '',
      loopback: false,
      onFault,
    })
    const answer = await app.request(path, init)
    // Read whole before the warehouse closes.
    return new Response(await answer.arrayBuffer(), answer)
  } finally {
    await system.close()
  }
}
