import { Hono } from 'hono'
import { describeRoute, generateSpecs } from 'hono-openapi'
import type { Env } from '../env.ts'
import { problems } from '../requests.ts'
import { nameSchemas } from '../schema-names.ts'

const description = describeRoute({
  operationId: 'openapi',
  summary: 'This description, as OpenAPI 3.1',
  responses: {
    200: {
      description: 'The document',
      content: {
        'application/json': { schema: { type: 'object', required: ['openapi', 'info', 'paths', 'components'] } },
      },
    },
    ...problems(),
  },
})

/** OpenAPI 3.1 of all routes of `app` that describe themselves. Made at the first request and kept. */
export const openapi = (app: Hono<Env>, version: string) => {
  let document: ReturnType<typeof generateSpecs> | undefined
  return new Hono<Env>().get('/', description, async (c) => c.json(await (document ??= describe(app, version))))
}

function describe(app: Hono<Env>, version: string): ReturnType<typeof generateSpecs> {
  nameSchemas()
  return generateSpecs(app, {
    defaultValidationErrorResponse: false,
    excludeStaticFile: false,
    documentation: {
      openapi: '3.1.0',
      info: {
        title: 'Trueworth',
        version,
        description:
          'What each customer is worth after what it costs to serve. Errors are RFC 9457 problem details, in English or Chinese by Accept-Language.',
      },
    },
  })
}
