import { Hono, type Context } from 'hono'
import { compress } from 'hono/compress'
import { describeFault } from '../entities/faults.ts'
import { RequestError, TrueworthError } from '../errors.ts'
import { parseMetricQuery } from '../models/metrics/query-string.ts'
import type { Ask, Filter, Viewer } from '../models/metrics/metric.ts'
import type { Change, ChangeQuestion } from '../models/metrics/change.ts'
import type { BatchStatus, PipelineStatus } from '../models/metrics/status.ts'
import type { AskWhatIf, PolicyStatus, WhatIf } from '../models/metrics/what-if.ts'
import type { Restatement, RestatingRows } from '../models/metrics/restatement.ts'
import { answersFor, knownAt, splitBy } from './answers.ts'
import { buildClient, type Asset } from './build-client.ts'
import { changeQuestion } from './pages/change-question.ts'
import { changesPage } from './pages/changes.ts'
import type { Html, PageDefinition } from './page.ts'
import { classes, whale } from './pages/classes.ts'
import { customer360 } from './pages/customer.ts'
import { customerValue } from './pages/customer-value.ts'
import { leadEvidence } from './pages/lead-evidence.ts'
import { leadsPage, leadsShown } from './pages/leads.ts'
import { pipelinesPage } from './pages/pipelines.ts'
import { receivables } from './pages/receivables.ts'
import { policyPage } from './pages/policy.ts'
import { draftOf } from './pages/policy-draft.ts'
import { dealers, records, recordsOfPeople, recordsOwed } from './pages/records.ts'
import { restatable, restatementsPage } from './pages/restatements.ts'
import { campaigns, customerLists, salesAfterService } from './pages/sales-market.ts'
import { salesPipeline } from './pages/sales-pipeline.ts'
import { serviceSales } from './pages/service-sales.ts'
import { costPaths, ledgerLines, serviceCost } from './pages/service-cost.ts'
import { figuresPage } from './render/figures-page.ts'
import { layout } from './render/layout.ts'
import { offlineDocument } from './render/offline.ts'
import { emptyNotice, errorNotice, noticeWords } from './render/notices.ts'
import { viewOf, type Setting, type View } from './render/view.ts'

export interface PagesDeps extends Setting {
  readonly ask: Ask
  readonly pipelineStatus: (viewer: Viewer) => Promise<PipelineStatus>
  /** Who asks; throws AccessError where nobody may. */
  readonly viewer: (c: Context) => Viewer
  /** Told of every failure that is not the reader's doing. */
  readonly report?: (error: unknown) => void
  /** What was read from the sources, newest first; absent: it is not shown. */
  readonly batches?: () => Promise<readonly BatchStatus[]>
  /** Why figures changed between two periods; absent: there is no such page. */
  readonly changed?: (viewer: Viewer, question: ChangeQuestion) => Promise<Change>
  /** The policy in force, and what another would make of the figures; absent: there is no such page. */
  readonly policies?: PolicyQuestions
  /** How figures were restated since a moment; absent: there is no such page. */
  readonly restated?: Restated
}

export interface PolicyQuestions {
  readonly status: (viewer: Viewer) => Promise<PolicyStatus>
  readonly whatIf: (viewer: Viewer, asked: AskWhatIf) => Promise<WhatIf>
}

export interface Restated {
  readonly months: (
    viewer: Viewer,
    question: { metric: string; knownAt: string; where: readonly Filter[] },
  ) => Promise<Restatement>
  readonly rows: (
    viewer: Viewer,
    question: { metric: string; knownAt: string; month: string; limit: number },
  ) => Promise<RestatingRows>
}

const definitions: readonly PageDefinition[] = [
  customerValue,
  customer360,
  whale,
  classes,
  serviceSales,
  salesPipeline,
  salesAfterService,
  campaigns,
  customerLists,
  receivables,
  serviceCost,
  costPaths,
  ledgerLines,
  leadEvidence,
  records,
  recordsOfPeople,
  recordsOwed,
  dealers,
]

/** Scripts, styles, pictures and questions only to ourselves; nothing inline, no eval. */
const SECURITY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/**
 * The pages and their assets. Mount it last: what it does not know it answers with a page that says so,
 * but for addresses below /api, which it leaves to others.
 */
export function createPages(deps: PagesDeps): Hono {
  const pages = new Hono()
  // Ready before the first reader; a failure is told to whoever opens a page.
  buildClient().catch(() => undefined)
  pages.get('/', (c) => c.redirect('/customers', 302))
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
    const question = { definition: customer360, url: view.url, viewer, asOf, ask: deps.ask }
    const { css } = await buildClient()
    const text = new TextDecoder().decode(css.bytes.identity)
    const title = view.speech.say('customer_title')
    const page = await offlineDocument(question, await answersFor(question), { view, css: text, title })
    // Of an id only what every system takes for a name.
    const name = `${customer.replace(/[^\p{L}\p{N}_-]+/gu, '_')}-${asOf}.html`
    c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    c.header('cache-control', 'no-store')
    return c.html(page)
  })
  pages.get('/pipelines', compress(), async (c) => {
    const view = await viewFor(c, deps)
    const status = await deps.pipelineStatus(deps.viewer(c))
    const batches = (await deps.batches?.()) ?? []
    const body = pipelinesPage({ status, batches }, view, view.orders)
    return answer(c, view, { title: view.speech.say('pipelines_title'), body })
  })
  const { restated, changed, policies } = deps
  if (changed !== undefined)
    pages.get('/changes', compress(), async (c) => {
      const view = await viewFor(c, deps)
      const viewer = deps.viewer(c)
      const { as_of: asOf } = await deps.pipelineStatus(viewer)
      const title = view.speech.say('changes_title')
      if (asOf === null) return answer(c, view, { title, body: [emptyNotice(view, 'changes_title')] })
      return answer(c, view, { title, body: await changesBody(changed, { viewer, asOf }, view) })
    })
  if (policies !== undefined)
    pages.get('/policy', compress(), async (c) => {
      const view = await viewFor(c, deps)
      const body = await policyBody(c, policies, { deps, view })
      return answer(c, view, { title: view.speech.say('policy_title'), body })
    })
  pages.get('/leads', compress(), async (c) => {
    const view = await viewFor(c, deps)
    const viewer = deps.viewer(c)
    const { warehouse_version: version } = await deps.pipelineStatus(viewer)
    const shown = version === 0 ? undefined : await leadsShown((query) => deps.ask(viewer, query), view.url)
    const body =
      shown === undefined ? [emptyNotice(view, 'leads_title')] : leadsPage(shown, view, deps.startRun !== undefined)
    return answer(c, view, { title: view.speech.say('leads_title'), body })
  })
  if (restated !== undefined)
    pages.get('/restatements', compress(), async (c) => {
      const view = await viewFor(c, deps)
      return answer(c, view, {
        title: view.speech.say('restatements_title'),
        body: await restatementsBody(c, restated, { deps, view }),
      })
    })
  pages.get('*', async (c, next) => (isOthers(c.req.path) ? next() : fail(c, deps, 404)))
  pages.onError(async (error, c) => {
    const status = error instanceof TrueworthError ? error.status : 500
    if (status >= 500) deps.report?.(error)
    return fail(c, deps, status)
  })
  return pages
}

const isOthers = (path: string): boolean => /^\/(api|assets|healthz|openapi\.json)(\/|$)/.test(path)

async function figuresBody(
  c: Context,
  definition: PageDefinition,
  { deps, view }: { deps: PagesDeps; view: View },
): Promise<readonly Html[]> {
  const viewer = deps.viewer(c)
  const status = await deps.pipelineStatus(viewer)
  if (status.warehouse_version === 0 || status.as_of === null) return [emptyNotice(view, definition.title)]
  const asked = splitBy(definition, view.url)
  const question = { definition: asked, url: view.url, viewer, asOf: status.as_of, ask: deps.ask }
  return figuresPage(question, await answersFor(question), view)
}

async function policyBody(
  c: Context,
  policies: PolicyQuestions,
  { deps, view }: { deps: PagesDeps; view: View },
): Promise<readonly Html[]> {
  const viewer = deps.viewer(c)
  const { as_of: asOf } = await deps.pipelineStatus(viewer)
  if (asOf === null) return [emptyNotice(view, 'policy_title')]
  const status = await policies.status(viewer)
  const asked = draftOf(view.url.searchParams, status)
  const shown = { status, asked, found: undefined, refused: undefined }
  if (asked === undefined) return policyPage(shown, view)
  try {
    return policyPage({ ...shown, found: await policies.whatIf(viewer, asked) }, view)
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    const words = (error.fault && describeFault(error.fault, view.speech.language)) ?? error.message
    return policyPage({ ...shown, refused: { words, field: error.field } }, view)
  }
}

async function restatementsBody(
  c: Context,
  restated: Restated,
  { deps, view }: { deps: PagesDeps; view: View },
): Promise<readonly Html[]> {
  const viewer = deps.viewer(c)
  const { as_of: asOf } = await deps.pipelineStatus(viewer)
  if (asOf === null) return [emptyNotice(view, 'restatements_title')]
  const { searchParams } = view.url
  const asked = searchParams.get('metric') ?? ''
  const metric = restatable().includes(asked) ? asked : 'service_hours'
  const askedAt = knownAt(view.url) ?? endOfLastMonth(asOf)
  const { knownAt: day = '' } = parseMetricQuery(new URLSearchParams({ known_at: askedAt }))
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.exec(searchParams.get('month') ?? '')?.[0]
  const narrowed = new URLSearchParams(searchParams.getAll('where').map((text) => ['where', text]))
  const { where } = parseMetricQuery(narrowed)
  const restatement = await restated.months(viewer, { metric, knownAt: day, where })
  const question = { metric, knownAt: day, month: `${month}-01`, limit: 200 }
  const picked =
    month === undefined ? undefined : { month: question.month, rows: await restated.rows(viewer, question) }
  return restatementsPage({ restatement, picked, day: day.slice(0, 10), metric, latest: asOf, where }, view)
}

async function changesBody(
  changed: NonNullable<PagesDeps['changed']>,
  { viewer, asOf }: { viewer: Viewer; asOf: string },
  view: View,
): Promise<readonly Html[]> {
  const question = changeQuestion(view.url, asOf)
  const ofOne = question.where.some(({ field, operator }) => field === 'customer' && operator === 'eq')
  const { graceDays: _graceDays, ...named } = { ...question, by: 'customer', limit: 1 }
  const [change, one] = await Promise.all([changed(viewer, question), ofOne ? changed(viewer, named) : undefined])
  return changesPage({ change, question, customer: one?.parts[0]?.label ?? undefined }, view)
}

/** The last day of the month before that of the business date. */
function endOfLastMonth(asOf: string): string {
  const first = new Date(`${asOf.slice(0, 7)}-01T00:00:00Z`)
  return new Date(first.getTime() - 86_400_000).toISOString().slice(0, 10)
}

async function viewFor(c: Context, deps: PagesDeps): Promise<View> {
  const { js, css, icon } = await buildClient()
  return viewOf(c, deps, { js: js.path, css: css.path, icon: icon.path })
}

interface Contents {
  readonly title: string
  readonly body: readonly Html[]
  readonly status?: number
}

async function answer(c: Context, view: View, { title, body, status = 200 }: Contents): Promise<Response> {
  c.header('Content-Security-Policy', SECURITY)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'same-origin')
  c.header('Cache-Control', 'private, no-cache')
  c.header('Vary', 'Accept-Language, Cookie')
  c.status(status as 200)
  return c.html(await layout(view, title, body))
}

async function fail(c: Context, deps: PagesDeps, status: number): Promise<Response> {
  const view = await viewFor(c, deps)
  const [title] = noticeWords(status)
  return answer(c, view, { title: view.speech.say(title), body: [errorNotice(status, view)], status })
}

async function serveAsset(c: Context): Promise<Response> {
  const client = await buildClient()
  const asset = Object.values(client).find((each: Asset) => each.path === c.req.path) as Asset | undefined
  if (asset === undefined) return c.notFound()
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding = accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : 'identity'
  return c.body(asset.bytes[encoding], 200, {
    'Content-Type': asset.type,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
    ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
  })
}
