import type { Context, Hono } from 'hono'
import type { Env } from './env.ts'

/** What says who asks, and in which language. */
const CARRIED = ['authorization', 'cookie', 'host', 'accept-language']

/** Asks `app` for what it has at a path, as the one who sent a request. */
export function asCaller(app: Hono<Env>, c: Context) {
  const headers = CARRIED.flatMap((name): [string, string][] => {
    const value = c.req.header(name)
    return value === undefined ? [] : [[name, value]]
  })
  return async (path: string, signal?: AbortSignal): Promise<Response> =>
    app.request(path, { headers, ...(signal && { signal }) }, c.env)
}
