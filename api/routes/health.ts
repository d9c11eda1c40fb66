import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { Env } from '../env.ts'
import type { Queries } from '../queries/queries.ts'
import { problems, shape } from '../requests.ts'
import { Health } from '../schemas.ts'

const description = describeRoute({
  operationId: 'health',
  summary: 'Whether the server answers, and what it has to show',
  security: [],
  responses: {
    200: { description: 'It answers', content: { 'application/json': { schema: shape(Health) } } },
    ...problems(),
  },
})

export const health = ({ queries, version }: { queries: Queries; version: string }) =>
  new Hono<Env>().get('/', description, async (c) => {
    const edition = await queries.edition()
    return c.json({ state: edition ? 'ready' : 'empty', version, warehouse_version: edition?.warehouse_version ?? 0 })
  })
