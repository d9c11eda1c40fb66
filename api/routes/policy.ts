import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { describeRoute, validator } from 'hono-openapi'
import type { Viewer } from '../../models/metrics/metric.ts'
import type { AskWhatIf, PolicyStatus, WhatIf } from '../../models/metrics/what-if.ts'
import type { Env } from '../env.ts'
import { PolicyDocument, WhatIfBody, WhatIfDocument } from '../policy-schemas.ts'
import { problems, refuse, shape } from '../requests.ts'
import { sameSiteJson } from '../security.ts'

/** The policy in force, and what another would make of the figures. */
export interface AskPolicies {
  readonly status: (viewer: Viewer) => Promise<PolicyStatus>
  readonly whatIf: (viewer: Viewer, asked: AskWhatIf) => Promise<WhatIf>
}

const inForce = describeRoute({
  operationId: 'policy',
  summary: 'The policy in force on the business date, and its versions',
  responses: {
    200: {
      description: 'Versions, the latest first',
      content: { 'application/json': { schema: shape(PolicyDocument) } },
    },
    ...problems(503),
  },
})

const whatIf = describeRoute({
  operationId: 'policyWhatIf',
  summary: 'What another policy would make of the last twelve months: nothing is kept',
  responses: {
    200: { description: 'Was, would be', content: { 'application/json': { schema: shape(WhatIfDocument) } } },
    ...problems(400, 413, 415, 422, 503),
  },
})

export const policy = ({ policies }: { policies: AskPolicies }) =>
  new Hono<Env>()
    .get('/', inForce, async (c) => c.json(await policies.status(c.var.viewer)))
    .post(
      '/what-if',
      whatIf,
      sameSiteJson,
      bodyLimit({ maxSize: 65_536 }),
      validator('json', WhatIfBody, refuse),
      async (c) => c.json(await policies.whatIf(c.var.viewer, c.req.valid('json') as AskWhatIf)),
    )
