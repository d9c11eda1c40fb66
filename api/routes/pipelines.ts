import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { Viewer } from '../../models/metrics/metric.ts'
import type { PipelineStatus as Status } from '../../models/metrics/status.ts'
import type { Env } from '../env.ts'
import { problems, shape } from '../requests.ts'
import { PipelineStatus } from '../schemas.ts'

const description = describeRoute({
  operationId: 'pipelines',
  summary: 'How the figures got here: runs, feeds and their freshness, rejected rows, audits',
  responses: {
    200: {
      description: 'The state of the pipelines',
      content: { 'application/json': { schema: shape(PipelineStatus) } },
    },
    ...problems(),
  },
})

export const pipelines = ({ status }: { status: (viewer: Viewer) => Promise<Status> }) =>
  new Hono<Env>().get('/', description, async (c) => c.json(await status(c.var.viewer)))
