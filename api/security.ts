import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { fault } from '../entities/faults.ts'
import { AccessError, RequestError } from '../errors.ts'

/** Scripts, styles and data from this server alone; nothing inline, no eval; in nobody's frame. */
export const securityHeaders: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  strictTransportSecurity: false,
})

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/** A server that listens on this machine only answers to its own names: a foreign page cannot reach it under a name of its own. */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? new URL(c.req.url).host
  if (!LOOPBACK.test(host)) throw new AccessError(fault('other_host', { names: 'localhost, 127.0.0.1, [::1]' }))
  await next()
}

/** For requests that change something: what a page of another site can send without asking is refused. */
export const sameSiteJson: MiddlewareHandler = async (c, next) => {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new RequestError(fault('type_not_json', { type }), { field: 'Content-Type', status: 415 })
  }
  const origin = c.req.header('origin')
  const host = c.req.header('host') ?? new URL(c.req.url).host
  const site = c.req.header('sec-fetch-site')
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (foreign || (origin !== undefined && URL.parse(origin)?.host !== host)) {
    throw new AccessError(fault('other_site', {}))
  }
  await next()
}
