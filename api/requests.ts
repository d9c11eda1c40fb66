import { STATUS_CODES } from 'node:http'
import { resolver, type ResponsesWithResolver } from 'hono-openapi'
import { pace } from '../pace.ts'
import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'
import { unknownWord } from './queries/refusals.ts'
import { Problem } from './schemas.ts'

interface Issue {
  readonly message: string
  readonly path?: readonly unknown[] | undefined
  readonly code?: string
  readonly keys?: readonly string[]
  readonly values?: readonly string[]
  readonly format?: string
}

interface Checked {
  readonly success: boolean
  readonly error?: readonly unknown[]
  readonly target: string
  readonly data: unknown
}

/** For validators: a request that does not fit its schema is a RequestError, which names the field. */
export function refuse({ success, error, target, data }: Checked): void {
  if (success) return
  const issue = firstOf(error)
  const field = issue.keys?.[0] ?? (issue.path?.map(String).join('.') || target)
  const given = (data as Record<string, unknown> | undefined)?.[field]
  if (Array.isArray(given) && target === 'query') {
    throw new RequestError(fault('given_twice', { field, count: given.length }), { field })
  }
  if (issue.values !== undefined && typeof given === 'string')
    throw unknownWord(field, given, { field, valid: issue.values })
  if (issue.format === 'regex' && typeof given === 'string')
    throw new RequestError(fault('not_whole_number', { name: field, text: given }), { field })
  throw new RequestError(fault('field_invalid', { field, message: issue.message }), { field })
}

/** The same for a query string: a parameter that the route does not take is told the nearest one that it takes. */
export function refuseBeyond({ shape }: { readonly shape: object }): (checked: Checked) => void {
  return (checked) => {
    const [unknown] = checked.success ? [] : (firstOf(checked.error).keys ?? [])
    if (unknown !== undefined) throw unknownWord('parameter', unknown, { field: unknown, valid: Object.keys(shape) })
    refuse(checked)
  }
}

/** What is not known goes first: it may be the misspelt name of what is missing. */
function firstOf(error: Checked['error']): Issue {
  const issues = (error ?? []) as readonly Issue[]
  return (issues.find(({ keys }) => keys !== undefined) ?? issues[0]) as Issue
}

/** Answers of any route: nobody known asks, who asks may not or asks under a foreign name, the fault is on this side. */
const ANYWHERE = [401, 403, 500]

/** The documented problem answers of a route: those that any route gives, and its own. */
export function problems(...own: readonly number[]): ResponsesWithResolver {
  const content = { 'application/problem+json': { schema: shape(Problem) } }
  const headers = { 'Content-Language': text('en or zh, by Accept-Language') }
  return Object.fromEntries(
    [...new Set([...ANYWHERE, ...own])].map((status) => [
      status,
      { description: STATUS_CODES[status] ?? 'Error', headers, content },
    ]),
  )
}

/** How the document of the API shows what has this shape. There are many: they are worked out in pace. */
export function shape(schema: Parameters<typeof resolver>[0]): ReturnType<typeof resolver> {
  const shown = resolver(schema)
  return {
    ...shown,
    toOpenAPISchema: async (options) => {
      await pace()
      return shown.toOpenAPISchema(options)
    },
  }
}

/** A documented header of an answer that always has it. */
export function text(description: string): { description: string; required: true; schema: { type: 'string' } } {
  return { description, required: true, schema: { type: 'string' } }
}
