import { RequestError } from '../errors.ts'
import type { Change, ChangeQuestion } from '../models/metrics/change.ts'
import type { Ask, Filter, Viewer } from '../models/metrics/metric.ts'
import { parseMetricQuery } from '../models/metrics/query-string.ts'
import type { Restatement, RestatingRows } from '../models/metrics/restatement.ts'
import type { AskWhatIf, PolicyStatus, WhatIf } from '../models/metrics/what-if.ts'
import { knownAt } from './answers.ts'
import type { Html } from './page.ts'
import { changeQuestion } from './pages/change-question.ts'
import { changesPage } from './pages/changes.ts'
import { leadsPage, leadsShown } from './pages/leads.ts'
import { draftOf } from './pages/policy-draft.ts'
import { policyPage } from './pages/policy.ts'
import { restatable, restatementsPage } from './pages/restatements.ts'
import { refusalWords } from './render/fault-words.ts'
import type { View } from './render/view.ts'

/** Whose page it is, and the business date of the figures. */
export interface Reader {
  readonly viewer: Viewer
  readonly asOf: string
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

export type AskChange = (viewer: Viewer, question: ChangeQuestion) => Promise<Change>

export async function policyBody(policies: PolicyQuestions, { viewer }: Reader, view: View): Promise<readonly Html[]> {
  const status = await policies.status(viewer)
  const asked = draftOf(view.url.searchParams, status)
  const shown = { status, asked, found: undefined, refused: undefined }
  if (asked === undefined) return policyPage(shown, view)
  try {
    return policyPage({ ...shown, found: await policies.whatIf(viewer, asked) }, view)
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    const words = refusalWords(error, view.speech.language)
    return policyPage({ ...shown, refused: { words, field: error.field } }, view)
  }
}

export async function restatementsBody(
  restated: Restated,
  { viewer, asOf }: Reader,
  view: View,
): Promise<readonly Html[]> {
  const { searchParams } = view.url
  const { sees, may } = view.sight
  const open = restatable().filter(sees)
  const asked = searchParams.get('metric') ?? ''
  const metric = [asked, 'service_hours', ...open].find((name) => open.includes(name)) ?? 'service_hours'
  const askedAt = knownAt(view.url) ?? endOfLastMonth(asOf)
  const { knownAt: day = '' } = parseMetricQuery(new URLSearchParams({ known_at: askedAt }))
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.exec(searchParams.get('month') ?? '')?.[0]
  const narrowed = new URLSearchParams(searchParams.getAll('where').map((text) => ['where', text]))
  const { where } = parseMetricQuery(narrowed)
  const restatement = await restated.months(viewer, { metric, knownAt: day, where })
  const question = { metric, knownAt: day, month: `${month}-01`, limit: 200 }
  const picked =
    month === undefined || !may('see_sources')
      ? undefined
      : { month: question.month, rows: await restated.rows(viewer, question) }
  return restatementsPage({ restatement, picked, day: day.slice(0, 10), metric, latest: asOf, where }, view)
}

export async function changesBody(changed: AskChange, { viewer, asOf }: Reader, view: View): Promise<readonly Html[]> {
  const question = changeQuestion(view.url, asOf, view.sight)
  const ofOne = question.where.some(({ field, operator }) => field === 'customer' && operator === 'eq')
  const { graceDays: _graceDays, ...named } = { ...question, by: 'customer', limit: 1 }
  const [change, one] = await Promise.all([changed(viewer, question), ofOne ? changed(viewer, named) : undefined])
  return changesPage({ change, question, customer: one?.parts[0]?.label ?? undefined }, view)
}

export async function leadsBody(ask: Ask, { viewer }: Reader, view: View): Promise<readonly Html[]> {
  const shown = await leadsShown((query) => ask(viewer, query), view)
  return leadsPage(shown, view, view.orders && view.sight.may('decide_leads'))
}

/** The last day of the month before that of the business date. */
function endOfLastMonth(asOf: string): string {
  const first = new Date(`${asOf.slice(0, 7)}-01T00:00:00Z`)
  return new Date(first.getTime() - 86_400_000).toISOString().slice(0, 10)
}
