import { Hono } from 'hono'
import { describeRoute, validator } from 'hono-openapi'
import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import { parseFilter, parseMetricQuery } from '../../models/metrics/query-string.ts'
import type { Env } from '../env.ts'
import type { Queries } from '../queries/queries.ts'
import { problems, refuseBeyond, shape } from '../requests.ts'
import {
  RestatementDocument,
  RestatementParameters,
  RestatingParameters,
  RestatingRowsDocument,
} from '../restatement-schemas.ts'

const months = describeRoute({
  operationId: 'restatements',
  summary: 'How the months of a metric were restated since a moment: was, is',
  responses: {
    200: {
      description: 'Months that were over then and differ now',
      content: { 'application/json': { schema: shape(RestatementDocument) } },
    },
    ...problems(400, 429, 503),
  },
})

const rows = describeRoute({
  operationId: 'restatementRows',
  summary: 'The rows of sources that made the difference in a month',
  responses: {
    200: {
      description: 'New, changed and deleted rows, newest first',
      content: { 'application/json': { schema: shape(RestatingRowsDocument) } },
    },
    ...problems(400, 429, 503),
  },
})

const MOST = 1_000

export const restatements = ({ queries }: { queries: Queries }) =>
  new Hono<Env>()
    .get('/', months, validator('query', RestatementParameters, refuseBeyond(RestatementParameters)), async (c) => {
      const { metric, known_at, where } = c.req.valid('query')
      const { knownAt = '' } = parseMetricQuery(new URLSearchParams({ known_at }))
      const filters = (where === undefined ? [] : [where].flat()).map(parseFilter)
      const { signal } = c.req.raw
      return c.json(await queries.restatement(c.var.viewer, { metric, knownAt, where: filters }, { signal }))
    })
    .get('/rows', rows, validator('query', RestatingParameters, refuseBeyond(RestatingParameters)), async (c) => {
      const { metric, known_at, month, limit } = c.req.valid('query')
      const { knownAt = '' } = parseMetricQuery(new URLSearchParams({ known_at }))
      const question = { metric, knownAt, month: firstDay(month), limit: Math.min(Number(limit ?? 200), MOST) }
      return c.json(await queries.restatingRows(c.var.viewer, question, { signal: c.req.raw.signal }))
    })

function firstDay(month: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return `${month}-01`
  throw new RequestError(fault('moment_unreadable', { field: 'month', text: month, example: '2026-03' }), {
    field: 'month',
  })
}
