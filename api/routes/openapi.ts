import { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { Env } from '../env.ts'

/** OpenAPI 3.1 of all routes of `app` that describe themselves. Made at the first request and kept. */
export const openapi = (app: Hono<Env>, version: string) => {
  let document: ReturnType<typeof generateSpecs> | undefined
  return new Hono<Env>().get('/', async (c) => c.json(await (document ??= generateSpecs(app, settings(version)))))
}

function settings(version: string) {
  return {
    defaultValidationErrorResponse: false,
    documentation: {
      openapi: '3.1.0',
      info: {
        title: 'Trueworth',
        version,
        description: 'What each customer is worth after what it costs to serve. Errors are RFC 9457 problem details.',
      },
    },
  }
}
