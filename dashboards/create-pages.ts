import { Hono, type Context } from 'hono'
import { compress } from 'hono/compress'
import { HTTPException } from 'hono/http-exception'
import { AccessError, TrueworthError } from '../errors.ts'
import type { AlertDesk } from '../models/metrics/alert.ts'
import type { Ask, Viewer } from '../models/metrics/metric.ts'
import type { Sees } from '../models/metrics/sight.ts'
import type { Reports } from '../models/metrics/report.ts'
import type { BatchStatus, PipelineStatus } from '../models/metrics/status.ts'
import { addAlertPages } from './alert-pages.ts'
import { allowedPart, opensFor } from './allowed.ts'
import { answer, fail, sightOf, viewFor } from './answer-page.ts'
import { answersFor, splitBy } from './answers.ts'
import {
  changesBody,
  leadsBody,
  policyBody,
  restatementsBody,
  type AskChange,
  type PolicyQuestions,
  type Reader,
  type Restated,
} from './bodies.ts'
import { buildClient } from './build-client.ts'
import { definitions } from './definitions.ts'
import { explore, type ExploreDeps } from './explore/page.ts'
import type { Html, PageDefinition } from './page.ts'
import { addPeoplePages, type PeoplePages } from './people-pages.ts'
import { customer360 } from './pages/customer.ts'
import { apiPage } from './pages/api.ts'
import type { ApiDocument } from './pages/api-document.ts'
import { pipelinesPage } from './pages/pipelines.ts'
import { addReportPages } from './report-pages.ts'
import { figuresPage } from './render/figures-page.ts'
import { pages as navigation } from './render/layout.ts'
import { serveAsset } from './serve-asset.ts'
import { drawSvg, type Draw } from './render/draw.ts'
import { offlineDocument } from './render/offline.ts'
import { emptyNotice } from './render/notices.ts'
import type { Setting, View } from './render/view.ts'
import type { WordKey } from './words/en.ts'

export interface PagesDeps extends Setting, ExploreDeps {
  readonly ask: Ask
  readonly pipelineStatus: (viewer: Viewer) => Promise<PipelineStatus>
  /** Who asks; throws AccessError where nobody may. */
  readonly viewer: (c: Context) => Viewer
  /** What a viewer may see and do; throws AccessError for who may see nothing. Absent: everything. */
  readonly sight?: (viewer: Viewer) => Sees
  /** What the API takes and answers, as OpenAPI, for who asks; absent: there is no such page. */
  readonly apiDocument?: (c: Context) => Promise<ApiDocument>
  /** Told of every failure that is not the reader's doing. */
  readonly report?: (error: unknown) => void
  /** What was read from the sources, newest first; absent: it is not shown. */
  readonly batches?: () => Promise<readonly BatchStatus[]>
  /** Why figures changed between two periods; absent: there is no such page. */
  readonly changed?: AskChange
  /** The policy in force, and what another would make of the figures; absent: there is no such page. */
  readonly policies?: PolicyQuestions
  /** How figures were restated since a moment; absent: there is no such page. */
  readonly restated?: Restated
  /** What goes out by itself, and what went out; absent: there are no such pages. */
  readonly reports?: Reports
  /** Draws the charts of a page that is taken away; absent: here, which holds up others for a moment. */
  readonly draw?: Draw
  /** What is watched; absent: nothing is. */
  readonly alerts?: AlertDesk
  /** Who signs in; absent: everybody here is the same person. */
  readonly people?: PeoplePages
}

/**
 * The pages and their assets. Mount it last: what it does not know it answers with a page that says so,
 * but for addresses below /api, which it leaves to others.
 */
export function createPages(deps: PagesDeps): Hono {
  const pages = new Hono()
  // Ready before the first reader; a failure is told to whoever opens a page.
  buildClient().catch(() => undefined)
  pages.get('/', (c) => {
    const opens = opensFor(sightOf(c, deps), definitions)
    return c.redirect(navigation.find(({ path }) => opens(path))?.path ?? '/customers', 302)
  })
  pages.get('/assets/:file', serveAsset)
  for (const definition of definitions) {
    pages.get(definition.path, compress(), async (c) => {
      const view = await viewFor(c, deps)
      return answer(c, view, {
        title: view.speech.say(definition.title),
        body: await figuresBody(c, definition, { deps, view }),
      })
    })
  }
  pages.get('/customer/pack', compress(), async (c) => {
    const view = await viewFor(c, deps)
    const customer = c.req.query('customer') ?? ''
    const viewer = deps.viewer(c)
    const { as_of: asOf } = await deps.pipelineStatus(viewer)
    if (customer === '' || asOf === null) return c.redirect('/customer', 302)
    const definition = allowedPart(customer360, view.sight) ?? refuse()
    const question = { definition, url: view.url, viewer, asOf, ask: deps.ask }
    const { css } = await buildClient()
    const text = new TextDecoder().decode(css.bytes.identity)
    const title = view.speech.say('customer_title')
    const { draw = drawSvg } = deps
    const page = await offlineDocument(question, await answersFor(question), { view, css: text, title, draw })
    // Of an id only what every system takes for a name.
    const name = `${customer.replace(/[^\p{L}\p{N}_-]+/gu, '_')}-${asOf}.html`
    c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    c.header('cache-control', 'no-store')
    return c.html(page)
  })
  pages.get('/pipelines', compress(), async (c) => {
    const view = await viewFor(c, deps)
    if (!view.opens('/pipelines')) refuse()
    const status = await deps.pipelineStatus(deps.viewer(c))
    const batches = (await deps.batches?.()) ?? []
    const body = pipelinesPage({ status, batches }, view, view.orders && view.sight.may('run'))
    return answer(c, view, { title: view.speech.say('pipelines_title'), body })
  })
  const { ask, restated, changed, policies, apiDocument } = deps
  if (apiDocument !== undefined)
    pages.get('/docs', compress(), async (c) => {
      const view = await viewFor(c, deps)
      return answer(c, view, { title: view.speech.say('api_title'), body: apiPage(await apiDocument(c), view) })
    })
  /** A page of its own making, which has nothing to show before the first run. */
  const special = (path: string, title: WordKey, body: (reader: Reader, view: View) => Promise<readonly Html[]>) =>
    pages.get(path, compress(), async (c) => {
      const view = await viewFor(c, deps)
      if (!view.opens(path)) refuse()
      const viewer = deps.viewer(c)
      const { as_of: asOf } = await deps.pipelineStatus(viewer)
      const shown = asOf === null ? [emptyNotice(view, title)] : await body({ viewer, asOf }, view)
      return answer(c, view, { title: view.speech.say(title), body: shown })
    })
  pages.get('/explore', compress(), async (c) => {
    const view = await viewFor(c, deps)
    const found = await explore(deps, deps.viewer(c), view)
    const title = view.speech.say('explore_title')
    return 'moved' in found ? c.redirect(found.moved, 302) : answer(c, view, { title, ...found })
  })
  special('/leads', 'leads_title', (reader, view) => leadsBody(ask, reader, view))
  if (changed !== undefined) special('/changes', 'changes_title', (reader, view) => changesBody(changed, reader, view))
  if (policies !== undefined) special('/policy', 'policy_title', (reader, view) => policyBody(policies, reader, view))
  if (restated !== undefined)
    special('/restatements', 'restatements_title', (reader, view) => restatementsBody(restated, reader, view))
  if (deps.reports !== undefined) addReportPages(pages, { ...deps, reports: deps.reports })
  addAlertPages(pages, deps)
  if (deps.people !== undefined) addPeoplePages(pages, { ...deps, people: deps.people })
  // No route of a method: an address that takes another one is answered so, and not as if there were nothing.
  pages.all('*', async (c, next) =>
    isOthers(c.req.path) || !['GET', 'HEAD'].includes(c.req.method) ? next() : fail(c, deps, 404),
  )
  pages.onError(async (error, c) => {
    const status = error instanceof TrueworthError || error instanceof HTTPException ? error.status : 500
    if (status >= 500) deps.report?.(error)
    return fail(c, deps, status)
  })
  return pages
}

function refuse(): never {
  throw new AccessError('this page is not open to the reader')
}

const isOthers = (path: string): boolean => /^\/(api|assets|healthz|mcp|openapi\.json)(\/|$)/.test(path)

async function figuresBody(
  c: Context,
  definition: PageDefinition,
  { deps, view }: { deps: PagesDeps; view: View },
): Promise<readonly Html[]> {
  const viewer = deps.viewer(c)
  const status = await deps.pipelineStatus(viewer)
  if (status.warehouse_version === 0 || status.as_of === null) return [emptyNotice(view, definition.title)]
  const allowed = allowedPart(definition, view.sight) ?? refuse()
  const asked = splitBy(allowed, view.url)
  const question = { definition: asked, url: view.url, viewer, asOf: status.as_of, ask: deps.ask }
  return figuresPage(question, await answersFor(question), view)
}
