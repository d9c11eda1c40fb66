import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { BatchStatus } from '../../models/metrics/status.ts'
import { localAccess, refuse, type Access } from '../access.ts'
import type { Env } from '../env.ts'
import { problems, shape } from '../requests.ts'
import { Batches } from '../schemas.ts'

const description = describeRoute({
  operationId: 'batches',
  summary: 'What was read from the sources, newest first, and what became of it',
  responses: {
    200: { description: 'The newest 200', content: { 'application/json': { schema: shape(Batches) } } },
    ...problems(),
  },
})

export const batches = ({
  batches: list,
  access,
}: {
  batches: () => Promise<BatchStatus[]>
  access?: Access | undefined
}) =>
  new Hono<Env>().get('/', description, async (c) => {
    refuse(access ?? localAccess, c.var.viewer, 'see_sources')
    return c.json(await list())
  })
