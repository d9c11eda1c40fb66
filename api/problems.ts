import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { AccessError, RequestError, TrueworthError } from '../errors.ts'
import { NotPublishedError } from './queries/edition.ts'

/** RFC 9457. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** The part of the request at fault. */
  readonly field?: string
  /** Under this id the fault stands in the log. */
  readonly instance?: string
}

/** Told of every fault that is ours, with the id its answer carries. */
export type OnFault = (error: unknown, instance: string) => void

/** What the caller did wrong is said; what we did wrong is logged, and shown as nothing but an id. */
export function problemOf(error: unknown, onFault: OnFault): Problem {
  if (error instanceof RequestError) {
    return { ...problem(error.status, error.message), ...(error.field === undefined ? {} : { field: error.field }) }
  }
  if (error instanceof AccessError || error instanceof NotPublishedError) return problem(error.status, error.message)
  if (error instanceof HTTPException && error.status < 500)
    return problem(error.status, SAID[error.status] ?? 'The request cannot be read.')
  const instance = `urn:uuid:${randomUUID()}`
  onFault(error, instance)
  const status = error instanceof TrueworthError ? error.status : 500
  return { ...problem(status, `The fault is on this side. The log of the server has it under ${instance}.`), instance }
}

/** For the operator who started a run: what went wrong in it is said whole, but for the SQL. */
export function problemOfRun(error: unknown, onFault: OnFault): Problem {
  return error instanceof TrueworthError ? problem(error.status, error.message) : problemOf(error, onFault)
}

const SAID: Readonly<Record<number, string>> = {
  400: 'The body is not valid JSON.',
  413: 'The body is larger than 64 kB.',
}

export function problem(status: number, detail: string): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail }
}

export function answerProblem(c: Context, body: Problem, headers: Record<string, string> = {}): Response {
  return c.body(JSON.stringify(body), body.status as ContentfulStatusCode, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    ...headers,
  })
}
