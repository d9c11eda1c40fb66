import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { describeRoute, validator } from 'hono-openapi'
import type { Viewer } from '../../models/metrics/metric.ts'
import { localAccess, refuse as refuseAction, type Access } from '../access.ts'
import type { Env } from '../env.ts'
import { problems, refuse, shape } from '../requests.ts'
import { DeliveriesAgain, SentAgain } from '../schemas.ts'
import { sameSiteJson } from '../security.ts'

/** Lets what was not taken go out again, at once: that of `ids`, or all that is dead. Returns how many. */
export type SendAgain = (viewer: Viewer, ids: readonly string[] | undefined) => Promise<number>

const description = describeRoute({
  operationId: 'sendAgain',
  summary: 'Sends again what was not taken',
  responses: {
    200: { description: 'How many go out again', content: { 'application/json': { schema: shape(SentAgain) } } },
    ...problems(400, 413, 415),
  },
})

export const deliveries = ({ sendAgain, access }: { sendAgain: SendAgain; access?: Access | undefined }) =>
  new Hono<Env>().post(
    '/again',
    description,
    sameSiteJson,
    bodyLimit({ maxSize: 65_536 }),
    validator('json', DeliveriesAgain, refuse),
    async (c) => {
      refuseAction(access ?? localAccess, c.var.viewer, 'run')
      return c.json({ sent_again: await sendAgain(c.var.viewer, c.req.valid('json').deliveries) })
    },
  )
