import { html } from 'hono/html'
import { RequestError } from '../../errors.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import type { Exploration, Explorations } from '../../models/metrics/exploration.ts'
import type { Ask, Catalogue, MetricQuery, Viewer } from '../../models/metrics/metric.ts'
import { parseMetricQuery } from '../../models/metrics/query-string.ts'
import { metricWords } from '../charts/rows.ts'
import type { Html } from '../page.ts'
import type { PipelineStatus } from '../../models/metrics/status.ts'
import { evidenceLine } from '../render/evidence.ts'
import { refusalWords } from '../render/fault-words.ts'
import { emptyNotice } from '../render/notices.ts'
import type { View } from '../render/view.ts'
import { shownOf, type Shown } from './answer.ts'
import { conflictsOf, type Conflict } from './conflicts.ts'
import { valuesQuestion } from './filter-fields.ts'
import type { Building } from './building.ts'
import { exploreForm } from './form.ts'
import { addressOf, readAsked, readRest, type Asked } from './question.ts'
import { exploreResult } from './result.ts'
import { savedCard, saveCard, type Kept } from './saved.ts'
import { settledQuery, without } from './settled.ts'
import { possibleShows } from './show.ts'
import { nameOf, questionWords, SHOW_NEEDS } from './words.ts'

export interface ExploreDeps {
  readonly ask: Ask
  readonly pipelineStatus: (viewer: Viewer) => Promise<PipelineStatus>
  /** Saved explorations; absent: none can be kept. */
  readonly explorations?: Explorations
  /** What a viewer may ask for. Default: everything. */
  readonly catalogue?: (viewer: Viewer) => Catalogue
}

/** The page for this address, or the address that says the same in its shortest form. */
export type Explored = { readonly body: readonly Html[]; readonly status: 200 | 400 } | { readonly moved: string }

/** Questions to choose from for who begins. */
const BEGINNINGS = [
  'metrics=profit,revenue,service_hours&by=customer&period=trailing_12',
  'metrics=request_volume&by=month&period=trailing_12',
  'metrics=profit&by=region,crm_class&period=trailing_12',
  'metrics=revenue,direct_service_cost&by=month&period=trailing_12',
  'metrics=open_amount,weighted_open_amount&by=opportunity_owner&period=all_time',
]

export async function explore(deps: ExploreDeps, viewer: Viewer, view: View): Promise<Explored> {
  const { explorations } = deps
  const { as_of: asOf } = await deps.pipelineStatus(viewer)
  if (asOf === null) return { body: [emptyNotice(view, 'explore_title')], status: 200 }
  const kept = explorations && { explorations, viewer, list: await explorations.list(viewer) }
  const { searchParams } = view.url
  const saved = kept?.list.find(({ exploration_id }) => exploration_id === searchParams.get('exploration'))
  if (saved !== undefined && !searchParams.has('metrics')) return { moved: addressOfSaved(saved, searchParams) }
  const catalogue = deps.catalogue?.(viewer) ?? { metrics, dimensions }
  const asked = readOf(searchParams, view)
  const read = { ...asked, query: settledQuery(asked.query, catalogue) }
  if (read.refused === undefined && !isShortest(read, searchParams)) return { moved: addressOf(read) }
  return explored(read, { deps, viewer, catalogue, asOf, kept, view })
}

function addressOfSaved({ exploration_id, query }: Exploration, parameters: URLSearchParams): string {
  const asked = new URLSearchParams(query)
  asked.set('exploration', exploration_id)
  for (const name of ['lang', 'theme']) for (const value of parameters.getAll(name)) asked.append(name, value)
  return addressOf(readAsked(asked))
}

type Read = Asked & { readonly refused?: string }

function readOf(parameters: URLSearchParams, { speech }: View): Read {
  try {
    return readAsked(parameters)
  } catch (error) {
    return readRest(parameters, error, speech.language)
  }
}

function isShortest(asked: Asked, parameters: URLSearchParams): boolean {
  const [, query = ''] = addressOf(asked).split('?')
  return new URLSearchParams(query).toString() === parameters.toString()
}

interface At {
  readonly deps: ExploreDeps
  readonly viewer: Viewer
  readonly catalogue: Catalogue
  /** Business date of the figures. */
  readonly asOf: string
  readonly kept: Kept | undefined
  readonly view: View
}

async function explored(read: Read, { deps, viewer, catalogue, asOf, kept, view }: At): Promise<Explored> {
  const { speech } = view
  const askAs = (query: MetricQuery) => deps.ask(viewer, query)
  const conflicts = conflictsOf(read.query, catalogue)
  const possible = conflicts.length > 0 ? [] : possibleShows(read.query, catalogue)
  const show = possible.find((each) => each === read.show) ?? possible[0] ?? 'table'
  const canAsk = read.query.metrics.length > 0 && conflicts.length === 0 && read.refused === undefined
  const { shown, refused = read.refused } = canAsk
    ? await answered(() => shownOf(read.query, show, { ask: askAs, catalogue }), view)
    : {}
  const values = conflicts.length > 0 ? undefined : valuesQuestion(read.field ?? '', read.query, catalogue)
  const offered = values && (await answered(() => askAs(values), view)).shown
  const building: Building = { asked: read, catalogue, asOf, shows: possible, values: offered }
  const misfit = read.show !== undefined && canAsk && !possible.includes(read.show) ? read.show : undefined
  const body = [
    head(shown, view),
    html`<div class="explore">
      ${exploreForm(building, view)}
      <div class="explore-answer" id="answer">
        ${refused === undefined ? '' : notice(html`<p>${refused}</p>`)}
        ${conflicts.map((conflict) => notice(conflictWords(conflict, building, view)))}
        ${misfit === undefined ? '' : html`<p class="small">${speech.say(SHOW_NEEDS[misfit])}</p>`}
        ${shown === undefined ? '' : questionLine(read.query, view)}
        ${shown === undefined || kept === undefined ? '' : saveCard(read, kept, view)}
        ${shown === undefined ? '' : exploreResult({ asked: read, shown, catalogue }, view)}
        ${read.query.metrics.length === 0 && refused === undefined ? beginnings(catalogue, view) : ''}
        ${kept === undefined ? '' : savedCard(kept, view)}
      </div>
    </div>`,
  ]
  return { body, status: refused !== undefined || conflicts.length > 0 ? 400 : 200 }
}

const questionLine = (query: MetricQuery, { speech }: View): Html =>
  html`<p class="finding headline" role="status" id="explore-said" tabindex="-1">${questionWords(query, speech)}</p>`

/** An answer, or why there is none, in words. */
async function answered<T>(asking: () => Promise<T>, { speech }: View): Promise<{ shown?: T; refused?: string }> {
  try {
    return { shown: await asking() }
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    return { refused: refusalWords(error, speech.language) }
  }
}

function head(shown: Shown | undefined, view: View): Html {
  const { speech } = view
  return html`<div class="page-head">
    <div>
      <h1>${speech.say('explore_title')}</h1>
      <p class="intro">${speech.say('explore_intro')}</p>
    </div>
    ${shown === undefined ? '' : evidenceLine(shown.page, view)}
  </div>`
}

const notice = (words: Html): Html =>
  html`<div class="warning" role="alert"><span aria-hidden="true">⚠</span> ${words}</div>`

/** What does not go together, and links to what does. */
function conflictWords(conflict: Conflict, { asked, catalogue }: Building, { speech }: View): Html {
  const { query } = asked
  const rest = (names: readonly string[]): MetricQuery => {
    const left = without(query, names, catalogue)
    return { ...left, where: left.where.filter(({ field }) => !names.includes(field)) }
  }
  const way = (changed: MetricQuery, words: string): Html =>
    html`<li><a href="${addressOf({ ...asked, query: changed })}" data-within>${words}</a></li>`
  const leave = (names: readonly string[]): Html =>
    way(rest(names), speech.say('explore_take_out', { what: speech.list(names.map((name) => nameOf(name, speech))) }))
  if ('near' in conflict) {
    const { name, near } = conflict
    const swap = (names: readonly string[]) => names.map((each) => (each === name && near !== undefined ? near : each))
    return html`<p>${speech.say('explore_unknown', { name })}</p>
      <ul>
        ${near === undefined ? '' : way({ ...rest([name]), metrics: swap(query.metrics), by: swap(query.by) }, speech.say('explore_take_instead', { what: nameOf(near, speech) }))}
        ${leave([name])}
      </ul>`
  }
  const figures = speech.list(conflict.metrics.map((name) => metricWords(name, speech)))
  const others = query.metrics.length > conflict.metrics.length
  return html`<p>${speech.say(`explore_cannot_${conflict.kind}`, { figures, by: nameOf(conflict.name, speech) })}</p>
    <ul>
      ${leave([conflict.name])} ${others ? leave(conflict.metrics) : ''}
      ${conflict.instead.map((name) =>
        way(
          { ...rest(conflict.metrics), metrics: [...rest(conflict.metrics).metrics, name] },
          speech.say('explore_take_instead', { what: metricWords(name, speech) }),
        ),
      )}
    </ul>`
}

function beginnings(catalogue: Catalogue, { speech }: View): Html {
  const offered = BEGINNINGS.map((text) => ({ text, query: parseMetricQuery(new URLSearchParams(text)) })).filter(
    ({ query }) => conflictsOf(query, catalogue).length === 0,
  )
  return html`<section class="card" aria-labelledby="begin-title">
    <h2 id="begin-title">${speech.say('explore_begin')}</h2>
    <p>${speech.say('explore_begin_about')}</p>
    <ul class="beginnings">
      ${offered.map(({ text, query }) => html`<li><a href="/explore?${text}" data-within>${questionWords(query, speech)}</a></li>`)}
    </ul>
  </section>`
}
