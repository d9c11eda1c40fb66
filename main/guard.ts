import { isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { may } from '../api/access.ts'
import type { ApiDeps } from '../api/app.ts'
import type { Config } from '../config/define.ts'
import type { State } from '../data/state.ts'
import type { PeoplePages } from '../dashboards/people-pages.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import type { Audit } from '../users/audit.ts'
import { LEAST_PASSWORD } from '../users/user.ts'
import { openSignIn, operatorWith, type People } from './people.ts'

/** What the frame of the server and the pages know of people. */
export interface Guard {
  readonly frame: Pick<ApiDeps, 'viewer' | 'open' | 'signInPage' | 'seen'>
  readonly pages: PeoplePages
}

interface GuardDeps {
  readonly people: People
  readonly state: State
  /** The key of the operator. */
  readonly key: string
  readonly onFault: (error: unknown) => void
  /** Where the server listens, once it does. */
  readonly url: Promise<string>
  readonly now: () => Date
}

export function guardOf(config: Config, deps: GuardDeps): Guard {
  const { people, key, onFault } = deps
  const operator = operatorWith(key)
  const signIns = deps.url.then((url) => openSignIn(config, people, { ...deps, url: config.signIn?.url ?? url }))
  // Told to whoever asks first.
  signIns.catch(() => undefined)
  return {
    frame: {
      viewer: async ({ headers }) => operator(headers) ?? (await signIns).viewerOf(headers),
      open: (path) => OPEN.test(path),
      signInPage: '/sign-in',
      seen: (viewer, request, status) => void record(people.audit, viewer, { request, status }).catch(onFault),
    },
    pages: {
      ...people,
      manages: (viewer) => may(config.access, viewer, 'manage_users'),
      leastPassword: LEAST_PASSWORD,
      signIns,
      oidc: config.signIn?.oidc ?? [],
      addressOf: (c) => addressOf(c, config.signIn?.proxies ?? []),
    },
  }
}

/** Whether the server answers, how pages look, and where one signs in. */
const OPEN = /^\/(healthz|assets\/[^/]+|sign-in|sign-in\/with\/[^/]+|api\/auth\/callback\/[^/]+)$/
/** Each of these writes to the log itself, with more than an address. */
const RECORDED = /^\/(sign-in|sign-out|account|users|reports|alerts|api\/(runs|explorations|alerts|deliveries))(\/|$)/
/** Tell no figure: names of metrics, and messages of an assistant, of which each question stands in the log itself. */
const SILENT = /^\/(mcp|api\/catalog)$/

async function record(
  audit: Audit,
  viewer: Viewer,
  { request: { method, url }, status }: { request: Request; status: number },
): Promise<void> {
  const { pathname, search } = new URL(url)
  const reads = method === 'GET' || method === 'HEAD'
  const subject = `${reads ? '' : `${method} `}${pathname}${readable(search)}`
  if (status === 403) return audit.record(viewer, 'refused', subject)
  const isAnswer = status < 300 || status === 304
  if (!isAnswer || OPEN.test(pathname) || SILENT.test(pathname) || (!reads && RECORDED.test(pathname))) return undefined
  return audit.record(viewer, reads ? 'saw' : 'ordered', subject)
}

function readable(search: string): string {
  try {
    return decodeURIComponent(search.replaceAll('+', ' '))
  } catch {
    return search
  }
}

/**
 * Who asks: the other end of the connection, or who a proxy that is ours says it was, without its port. A proxy that does not know
 * stands for who is behind it: what was written before it anybody may have written.
 */
function addressOf(c: Context, proxies: readonly string[]): string {
  const address = (getConnInfo(c).remote.address ?? '').replace(/^::ffff:/, '')
  if (!proxies.includes(address)) return address
  const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map(withoutPort)
  const asks = hops.findLast((hop) => hop !== '' && !proxies.includes(hop)) ?? ''
  return isIP(asks) === 0 ? address : asks
}

/** 192.0.2.1:5555 and [2001:db8::1]:443 without port and brackets. */
function withoutPort(hop: string): string {
  const plain = hop.trim().replace(/^\[(.*)\](:\d+)?$/, '$1')
  return plain.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1').replace(/^::ffff:(?=\d+\.)/i, '')
}
