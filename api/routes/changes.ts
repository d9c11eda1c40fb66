import { Hono } from 'hono'
import { describeRoute, validator } from 'hono-openapi'
import { parseFilter } from '../../models/metrics/query-string.ts'
import { ChangeDocument, ChangeParameters } from '../change-schemas.ts'
import type { Env } from '../env.ts'
import type { Queries } from '../queries/queries.ts'
import { problems, refuseBeyond, shape } from '../requests.ts'

const description = describeRoute({
  operationId: 'changes',
  summary: 'Why a metric changed between two periods: volume, mix, price or rate, allocation rule, late records',
  responses: {
    200: {
      description: 'is = was + volume + mix + rate + rule + late, to the cent, for the whole and for each part',
      content: { 'application/json': { schema: shape(ChangeDocument) } },
    },
    ...problems(400, 429, 503),
  },
})

const MOST = 1_000

const parameters = validator('query', ChangeParameters, refuseBeyond(ChangeParameters))

export const changes = ({ queries }: { queries: Queries }) =>
  new Hono<Env>().get('/', description, parameters, async (c) => {
    const { metric, from, to, by, where, grace, limit } = c.req.valid('query')
    const question = {
      metric,
      from,
      to,
      ...(by === undefined ? {} : { by }),
      where: (where === undefined ? [] : [where].flat()).map(parseFilter),
      ...(grace === undefined ? {} : { graceDays: Number(grace) }),
      limit: Math.min(Number(limit ?? 20), MOST),
    }
    return c.json(await queries.change(c.var.viewer, question, { signal: c.req.raw.signal }))
  })
