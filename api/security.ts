import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { fault } from '../entities/faults.ts'
import { AccessError, RequestError } from '../errors.ts'

const everywhere: MiddlewareHandler = secureHeaders({
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

/**
 * Scripts, styles and data from this server alone; nothing inline, no eval; in nobody's frame. A route may shut its answer in more
 * strictly by setting `contentSecurityPolicy`: a mail that is shown as it was sent has its styles inline.
 */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await everywhere(c, next)
  const own: unknown = c.get('contentSecurityPolicy')
  if (typeof own === 'string') c.header('Content-Security-Policy', own)
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i
/** What a proxy adds to the requests of others, whichever `Host` it sends. */
const PROXIED = /^(forwarded|x-forwarded-.+|x-real-ip)$/i

/**
 * A server that listens on this machine only answers to its own names: a foreign page cannot reach it under a name of its own.
 * Nor does it answer what a proxy marks as from others: whoever is behind it would be the owner.
 */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? new URL(c.req.url).host
  if (!LOOPBACK.test(host)) throw new AccessError(fault('other_host', { names: 'localhost, 127.0.0.1, [::1]' }))
  if ([...c.req.raw.headers.keys()].some((name) => PROXIED.test(name)))
    throw new AccessError(fault('proxied_without_users', {}))
  await next()
}

/** What a page of another site sends, with the cookies of who reads it, changes nothing here. */
export const sameSite: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('origin')
  const host = c.req.header('host') ?? new URL(c.req.url).host
  const site = c.req.header('sec-fetch-site')
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none'
  const changes = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
  if (changes && (foreign || (origin !== undefined && URL.parse(origin)?.host !== host)))
    throw new AccessError(fault('other_site', {}))
  await next()
}

/** For orders: what a form of another site could send is none. */
export const sameSiteJson: MiddlewareHandler = async (c, next) => {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new RequestError(fault('type_not_json', { type }), { field: 'Content-Type', status: 415 })
  }
  await next()
}
