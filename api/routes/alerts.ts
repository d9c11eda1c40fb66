import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { describeRoute, validator } from 'hono-openapi'
import type { AlertDesk } from '../../models/metrics/alert.ts'
import {
  AcknowledgeBody,
  AlertDocument,
  AlertName,
  AlertLogDocument,
  AlertLogParameters,
  AlertsDocument,
  SnoozeBody,
} from '../alert-schemas.ts'
import type { Env } from '../env.ts'
import { problems, refuse, refuseBeyond, shape } from '../requests.ts'
import { sameSiteJson } from '../security.ts'

const json = (description: string, schema: Parameters<typeof shape>[0]) => ({
  200: { description, content: { 'application/json': { schema: shape(schema) } } },
})

const described = {
  list: describeRoute({
    operationId: 'alerts',
    summary: 'What is watched, what of it fires now, and which alerts are in error',
    responses: { ...json('The alerts you may see, with the groups you may see', AlertsDocument), ...problems() },
  }),
  log: describeRoute({
    operationId: 'alertLog',
    summary: 'Every evaluation of an alert: whether it fired, and why',
    responses: { ...json('The evaluations', AlertLogDocument), ...problems(400, 404) },
  }),
  acknowledge: describeRoute({
    operationId: 'acknowledgeAlert',
    summary: 'Keeps a group that fires quiet until it has cleared',
    responses: { ...json('The alert as it stands then', AlertDocument), ...problems(400, 404, 413, 415, 422) },
  }),
  snooze: describeRoute({
    operationId: 'snoozeAlert',
    summary: 'Keeps a group that fires quiet until an instant',
    responses: { ...json('The alert as it stands then', AlertDocument), ...problems(400, 404, 413, 415, 422) },
  }),
}

const logParameters = validator('query', AlertLogParameters, refuseBeyond(AlertLogParameters))
const named = validator('param', AlertName, refuse)
const body = [sameSiteJson, bodyLimit({ maxSize: 16_384 })] as const

export const alerts = ({ alerts: desk }: { alerts: AlertDesk }) =>
  new Hono<Env>()
    .get('/', described.list, async (c) => c.json({ alerts: await desk.list(c.var.viewer) }))
    .get('/:name/log', described.log, named, logParameters, async (c) => {
      const { limit, group, before } = c.req.valid('query')
      const asked = { limit, ...(group !== undefined && { group }), ...(before !== undefined && { before }) }
      return c.json(await desk.log(c.var.viewer, c.req.valid('param').name, asked))
    })
    .post(
      '/:name/acknowledge',
      described.acknowledge,
      named,
      ...body,
      validator('json', AcknowledgeBody, refuse),
      async (c) => c.json(await desk.acknowledge(c.var.viewer, c.req.valid('param').name, c.req.valid('json').group)),
    )
    .post('/:name/snooze', described.snooze, named, ...body, validator('json', SnoozeBody, refuse), async (c) => {
      const { group, until } = c.req.valid('json')
      return c.json(await desk.snooze(c.var.viewer, c.req.valid('param').name, group, until))
    })
