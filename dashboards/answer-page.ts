import type { Context } from 'hono'
import { AccessError } from '../errors.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import type { Sees } from '../models/metrics/sight.ts'
import { opensFor } from './allowed.ts'
import { buildClient } from './build-client.ts'
import { definitions } from './definitions.ts'
import type { Html } from './page.ts'
import { refusalWords } from './render/fault-words.ts'
import { layout } from './render/layout.ts'
import { errorNotice, noticeWords } from './render/notices.ts'
import { viewOf, type Setting, type View } from './render/view.ts'

interface AnswerDeps extends Setting {
  readonly viewer: (c: Context) => Viewer
  /** What a viewer may see; absent: everything. */
  readonly sight?: ((viewer: Viewer) => Sees) | undefined
}

/** Scripts, styles, pictures and questions only to ourselves; nothing inline, no eval. */
const SECURITY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const everything: Sees = { sees: () => true, may: () => true }
const nothing: Sees = { sees: () => false, may: () => false }

/** What the reader may see. Throws AccessError where that is nothing at all. */
export function sightOf(c: Context, deps: AnswerDeps): Sees {
  return deps.sight?.(deps.viewer(c)) ?? everything
}

/** Even who may see nothing is told so. */
function sightOrNothing(c: Context, deps: AnswerDeps): Sees {
  const sight = sightOrRefusal(c, deps)
  return sight instanceof AccessError ? nothing : sight
}

function sightOrRefusal(c: Context, deps: AnswerDeps): Sees | AccessError {
  try {
    return sightOf(c, deps)
  } catch (error) {
    if (error instanceof AccessError) return error
    throw error
  }
}

export async function viewFor(c: Context, deps: AnswerDeps): Promise<View> {
  const { js, css, icon } = await buildClient()
  const sight = sightOrNothing(c, deps)
  return viewOf(c, deps, {
    assets: { js: js.path, css: css.path, icon: icon.path },
    sight,
    opens: opensFor(sight, definitions),
  })
}

interface Contents {
  readonly title: string
  readonly body: readonly Html[]
  readonly status?: number
}

export async function answer(c: Context, view: View, { title, body, status = 200 }: Contents): Promise<Response> {
  c.header('Content-Security-Policy', SECURITY)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'same-origin')
  c.header('Cache-Control', 'private, no-cache')
  c.header('Vary', 'Accept-Language, Cookie')
  c.status(status as 200)
  return c.html(await layout(view, title, body))
}

/** Who is shown nothing at all is told why. */
export async function fail(c: Context, deps: AnswerDeps, status: number): Promise<Response> {
  const view = await viewFor(c, deps)
  const [title] = noticeWords(status)
  const refusal = status === 403 ? sightOrRefusal(c, deps) : undefined
  const why = refusal instanceof AccessError ? refusalWords(refusal, view.speech.language) : undefined
  return answer(c, view, { title: view.speech.say(title), body: [errorNotice(status, view, why)], status })
}
