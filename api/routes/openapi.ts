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

interface Told {
  /** Version of Trueworth. */
  readonly version: string
  /** Nobody need say who asks. */
  readonly isOpen: boolean
}

/** OpenAPI 3.1 of all routes of `app` that describe themselves. Made at the first request and kept. */
export const openapi = (app: Hono<Env>, told: Told) => {
  let document: ReturnType<typeof generateSpecs> | undefined
  return new Hono<Env>().get('/', description, async (c) => c.json(await (document ??= describe(app, told))))
}

/** How a program and a browser say who asks. */
const SECURITY = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description:
      'A token, which a user makes on the page Your account: it sees what the user sees. A server without users asks for none.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'trueworth.session_token',
    description: 'The session of who signed in on the pages. Under https its name begins with __Secure-.',
  },
} as const

function describe(app: Hono<Env>, { version, isOpen }: Told): ReturnType<typeof generateSpecs> {
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
      components: { securitySchemes: SECURITY },
      security: [...Object.keys(SECURITY).map((name) => ({ [name]: [] })), ...(isOpen ? [{}] : [])],
    },
  })
}
