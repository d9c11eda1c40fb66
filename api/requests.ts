import { STATUS_CODES } from 'node:http'
import { resolver, type ResponsesWithResolver } from 'hono-openapi'
import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'
import { unknownWord } from './queries/refusals.ts'
import { Problem, QueryParameters } from './schemas.ts'

interface Issue {
  readonly message: string
  readonly path?: readonly unknown[] | undefined
  readonly code?: string
  readonly keys?: readonly string[]
  readonly values?: readonly string[]
}

/** For validators: a request that does not fit its schema is a RequestError, which names the field. */
export function refuse(result: { success: boolean; error?: readonly unknown[]; target: string; data: unknown }): void {
  if (result.success) return
  const issue = result.error?.[0] as Issue
  const [unknown] = issue.keys ?? []
  if (unknown !== undefined && result.target === 'query') {
    throw unknownWord('parameter', unknown, { field: unknown, valid: Object.keys(QueryParameters.shape) })
  }
  const field = unknown ?? (issue.path?.map(String).join('.') || result.target)
  const given = (result.data as Record<string, unknown> | undefined)?.[field]
  if (Array.isArray(given) && result.target === 'query') {
    throw new RequestError(fault('given_twice', { field, count: given.length }), { field })
  }
  if (issue.values !== undefined && typeof given === 'string')
    throw unknownWord(field, given, { field, valid: issue.values })
  throw new RequestError(fault('field_invalid', { field, message: issue.message }), { field })
}

/** The documented problem answers of a route. */
export function problems(...statuses: readonly number[]): ResponsesWithResolver {
  const content = { 'application/problem+json': { schema: resolver(Problem) } }
  return Object.fromEntries(
    statuses.map((status) => [status, { description: STATUS_CODES[status] ?? 'Error', content }]),
  )
}
