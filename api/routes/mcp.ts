import { createMcpHandler } from '@modelcontextprotocol/server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { describeRoute } from 'hono-openapi'
import { asCaller } from '../as-caller.ts'
import type { Env } from '../env.ts'
import { createMcpServer } from '../mcp/create-mcp-server.ts'
import { problems } from '../requests.ts'
import { sameSiteJson } from '../security.ts'

const message = { schema: { type: 'object' as const, required: ['jsonrpc'] } }

const description = describeRoute({
  operationId: 'mcp',
  summary: 'The Model Context Protocol, for assistants: the same catalogue, access and limits as a query',
  requestBody: { required: true, content: { 'application/json': message } },
  responses: {
    200: {
      description: 'A JSON-RPC answer; as an event stream for clients of revisions before 2026-07-28',
      content: { 'application/json': message, 'text/event-stream': { schema: { type: 'string' } } },
    },
    202: { description: 'A notification was taken' },
    400: { description: 'A JSON-RPC error: the message cannot be read', content: { 'application/json': message } },
    406: { description: 'A JSON-RPC error: see Accept', content: { 'application/json': message } },
    ...problems(413, 415),
  },
})

/** Model Context Protocol over streamable HTTP, without sessions. Every tool asks `app` with the credentials of the caller. */
export const mcp = (app: Hono<Env>, version: string) =>
  new Hono<Env>().post('/', description, sameSiteJson, bodyLimit({ maxSize: 65_536 }), (c) => {
    const server = () => createMcpServer({ version, ask: asCaller(app, c) })
    return createMcpHandler(server, { maxSubscriptions: 0 }).fetch(c.req.raw)
  })
