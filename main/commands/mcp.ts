import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { createMcpServer } from '../../api/mcp/create-mcp-server.ts'
import type { Config } from '../../config/define.ts'
import { describeError } from '../../terminal.ts'
import { askApi } from '../ask-api.ts'

/**
 * `trueworth mcp`: the Model Context Protocol over standard input and output, until the input ends. Between questions nothing
 * is held: a server may start, and a run begin.
 */
export async function mcpCommand(config: Config, version: string): Promise<number> {
  let last: Promise<unknown> = Promise.resolve()
  // One after the other: two would open the warehouse twice.
  const ask = (path: string, signal?: AbortSignal): Promise<Response> => {
    const answer = last.catch(() => undefined).then(() => askApi(config, path, signal && { signal }))
    last = answer
    return answer
  }
  const onerror = (error: Error): void => console.error(describeError(error))
  const served = serveStdio(() => createMcpServer({ ask, version }), { onerror, maxSubscriptions: 0 })
  await new Promise((resolve) => process.stdin.once('close', resolve))
  await served.close()
  return 0
}
