import { QueryError } from '../../errors.ts'
import type { Language } from '../../entities/language.ts'
import type { Answer, Ask, Viewer } from '../../models/metrics/metric.ts'
import type { Sees } from '../../models/metrics/sight.ts'
import { opensFor } from '../allowed.ts'
import { metricWords } from '../charts/rows.ts'
import { definitions } from '../definitions.ts'
import { coverageWords, isThin } from '../render/coverage.ts'
import type { Company } from '../render/view.ts'
import { createSpeech } from '../words/speech.ts'
import type { Composed, Composing } from './composing.ts'
import type { ReportCell, ReportDocument, ReportLine, ReportNotice } from './document.ts'
import { exploredSection } from './explored-section.ts'
import { leadsSection } from './leads-section.ts'
import { pageSection } from './page-section.ts'
import { checkAddress, LEADS_PATH, pinned, type ReportPart } from './parts.ts'
import { sourcesOf, sourcesTable } from './sources-table.ts'

export interface ReportRequest {
  /** In the language of the reader. */
  readonly title: string
  readonly parts: readonly ReportPart[]
  /** Whose rights it is made with. */
  readonly viewer: Viewer
  readonly sight: Sees
  readonly ask: Ask
  /** Business date of the figures, 'YYYY-MM-DD'. */
  readonly asOf: string
  /** ISO 8601, UTC. */
  readonly publishedAt: string
  readonly language: Language
  readonly company: Company
  /** Below this coverage a figure is doubtful. */
  readonly coverageThreshold: number
  /** Whom it is for; absent: the viewer by name. */
  readonly recipient?: string
  /** The policy the figures were made with, in words. */
  readonly policy?: string
  /** What stands at its top before what the figures themselves give cause to say. */
  readonly notices?: readonly ReportNotice[]
  /** Rows of a table at most; absent: as many as a printed report shows. */
  readonly rows?: number
  /** The address from outside of '/customers?class=key'; absent: there is none. */
  readonly link?: (address: string) => string | undefined
}

/** Rows of a table at most: on paper and in a mail, and in files that are counted with. */
export const ROWS = { shown: 50, files: 10_000 } as const

/** A run may publish while a report asks its questions. */
const ATTEMPTS = 3

/**
 * A report as its viewer may have it: what is hidden from it is left out, and says so. All figures are of one version of the
 * warehouse. Throws ConfigError for a page or filter there is none of, QueryError where versions change faster than it can ask.
 */
export async function composeReport(request: ReportRequest): Promise<ReportDocument> {
  for (const part of request.parts) if ('address' in part) checkAddress(part.address, `report '${request.title}'`)
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const document = await composed(request)
    if (document !== undefined) return document
  }
  throw new QueryError(`report '${request.title}': a new version was published during each of ${ATTEMPTS} attempts`, {
    sql: '',
  })
}

/** Undefined: its answers are of several versions. */
async function composed(request: ReportRequest): Promise<ReportDocument | undefined> {
  const at = composingOf(request)
  const made: Composed[] = []
  for (const part of request.parts) {
    const section = await sectionOf(part, at)
    if (section !== undefined) made.push(section)
  }
  const answers = made.flatMap((each) => each.answers)
  const versions = new Set(answers.map(({ evidence }) => evidence.warehouse_version))
  if (versions.size > 1) return undefined
  const { language, currency, timeZone } = at.speech
  const closed = request.parts.length - made.length
  return {
    language,
    currency,
    timeZone,
    title: request.title,
    company: request.company.name,
    recipient: request.recipient ?? request.viewer.name,
    published_at: request.publishedAt,
    as_of: request.asOf,
    warehouse_version: [...versions][0] ?? 0,
    about: aboutOf(request, made, at),
    notices: [...(request.notices ?? []), ...noticesOf(answers, closed, at)],
    sections: made.map(({ section }) => section),
    sources: sourcesTable({ facts: factsOf(request, answers, at), answers }, at.speech),
  }
}

function composingOf(request: ReportRequest): Composing {
  const { viewer, sight, ask, asOf, coverageThreshold, language, company, rows = ROWS.shown, link } = request
  const { currency, timeZone } = company
  return {
    viewer,
    sight,
    ask,
    asOf,
    coverageThreshold,
    rows,
    speech: createSpeech({ language, currency, timeZone }),
    opens: opensFor(sight, definitions),
    link: link ?? (() => undefined),
  }
}

async function sectionOf(part: ReportPart, at: Composing): Promise<Composed | undefined> {
  if ('exploration' in part) return exploredSection(part, at)
  const url = pinned(part.address, at.asOf)
  if (url.pathname === LEADS_PATH) return leadsSection(url, at)
  const definition = definitions.find(({ path }) => path === url.pathname)
  return definition && pageSection(definition, url, at)
}

function aboutOf(request: ReportRequest, made: readonly Composed[], { speech }: Composing): readonly ReportLine[] {
  const periods = [...new Set(made.map(({ period }) => period).filter((period) => period !== ''))]
  return [
    { words: speech.say('report_company'), text: request.company.name },
    ...(periods.length === 0 ? [] : [{ words: speech.say('filter_period'), text: speech.list(periods) }]),
    { words: speech.say('evidence_as_of'), text: speech.day(request.asOf) },
    { words: speech.say('report_published'), text: speech.instant(request.publishedAt) },
    { words: speech.say('report_for'), text: request.recipient ?? request.viewer.name },
  ]
}

/** What the figures themselves give cause to say first: old sources, thin records, parts that are not open to the reader. */
function noticesOf(answers: readonly Answer[], closed: number, at: Composing): readonly ReportNotice[] {
  const { speech } = at
  const stale = sourcesOf(answers)
    .filter((source) => source.stale)
    .map(({ source }) => source)
  const thin = new Map<string, string>()
  for (const answer of answers)
    for (const { kind, name } of answer.columns)
      if (kind === 'metric' && isThin(name, answer, at) && !thin.has(name))
        thin.set(name, `${metricWords(name, speech)} (${coverageWords(name, answer, speech) ?? ''})`)
  const notice = (severity: ReportNotice['severity'], words: string): ReportNotice => ({ severity, words })
  return [
    ...(stale.length === 0
      ? []
      : [notice('warning', speech.say('evidence_stale_warning', { sources: speech.list(stale) }))]),
    ...(thin.size === 0
      ? []
      : [notice('warning', speech.say('report_thin', { figures: speech.list([...thin.values()]) }))]),
    ...(closed === 0 ? [] : [notice('note', speech.say('report_closed', { count: closed }))]),
  ]
}

function factsOf(request: ReportRequest, [answer]: readonly Answer[], { speech }: Composing) {
  const text = (words: string, value: string): { words: string; cell: ReportCell } => ({ words, cell: { value, text: value } }) // prettier-ignore
  const known = answer?.evidence.known_at
  const version = answer?.evidence.warehouse_version
  return [
    { words: speech.say('evidence_as_of'), cell: { value: request.asOf, text: speech.day(request.asOf) } },
    ...(known === undefined
      ? []
      : [{ words: speech.say('evidence_known_at'), cell: { value: known, text: speech.instant(known) } }]),
    ...(version === undefined
      ? []
      : [{ words: speech.say('evidence_version'), cell: { value: version, text: speech.figure(version, 'count') } }]),
    ...(request.policy === undefined ? [] : [text(speech.say('report_policy'), request.policy)]),
    { words: speech.say('report_published'), cell: { value: request.publishedAt, text: speech.instant(request.publishedAt) } }, // prettier-ignore
  ]
}
