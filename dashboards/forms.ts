import type { Context } from 'hono'
import { RequestError } from '../errors.ts'
import { viewFor } from './answer-page.ts'
import { refusalWords } from './render/fault-words.ts'

/** A form that was sent, as text. */
export interface Form {
  readonly one: (name: string) => string
  readonly all: (name: string) => string[]
  readonly lines: (name: string) => string[]
}

export async function formOf(c: Context): Promise<Form> {
  const body = await c.req.parseBody({ all: true })
  const all = (name: string): string[] =>
    [body[name] ?? []].flat().filter((value): value is string => typeof value === 'string')
  return { all, one: (name) => all(name)[0] ?? '', lines: (name) => (all(name)[0] ?? '').split(/\r?\n/) }
}

export interface Problem {
  readonly problem: string
  readonly status: number
}

/** What was refused is said on the page on which it was asked. */
export async function orWords<Deps extends Parameters<typeof viewFor>[1]>(
  c: Context,
  deps: Deps,
  show: (c: Context, deps: Deps, problem: Problem) => Promise<Response>,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    const { speech } = await viewFor(c, deps)
    return show(c, deps, { problem: refusalWords(error, speech.language), status: error.status })
  }
}
