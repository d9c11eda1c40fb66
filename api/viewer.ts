import type { MiddlewareHandler } from 'hono'
import { fault } from '../entities/faults.ts'
import { SignInError } from '../errors.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import { localViewer } from './access.ts'
import type { ApiDeps } from './app.ts'
import type { Env } from './env.ts'

/** Where nobody need be known: may see nothing. */
const nobody: Viewer = { id: '', name: '', roles: [] }

/** Sets who asks. Who is not known gets no further than to what is open: programs are told so, people are led to sign in. */
export function knownViewer({
  viewer: viewerOf,
  open = () => false,
  signInPage,
  seen,
}: Pick<ApiDeps, 'viewer' | 'open' | 'signInPage' | 'seen'>): MiddlewareHandler<Env> {
  return async (c, next) => {
    const viewer = viewerOf === undefined ? localViewer : await viewerOf(c.req.raw)
    c.set('viewer', viewer ?? nobody)
    if (viewer === undefined && !open(c.req.path)) {
      if (signInPage === undefined || !isVisit(c.req.raw)) throw new SignInError(fault('not_signed_in', {}))
      const { pathname, search } = new URL(c.req.url)
      c.header('Cache-Control', 'no-store')
      return c.redirect(`${signInPage}?${new URLSearchParams({ next: pathname + search }).toString()}`, 302)
    }
    await next()
    if (viewer !== undefined) seen?.(viewer, c.req.raw, c.res.status)
    return undefined
  }
}

/** A person opens a page: a browser that asks for HTML, not a program or a script. */
function isVisit({ method, url, headers }: Request): boolean {
  const { pathname } = new URL(url)
  const isPage = !/^\/(api|openapi\.json)(\/|$)/.test(pathname)
  return isPage && (method === 'GET' || method === 'HEAD') && (headers.get('accept') ?? '').includes('text/html')
}
