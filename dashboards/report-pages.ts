import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { AccessError } from '../errors.ts'
import type { Explorations } from '../models/metrics/exploration.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import type { ReportIssue, Reports } from '../models/metrics/report.ts'
import { answer, viewFor } from './answer-page.ts'
import { formOf, orWords, type Form, type Problem } from './forms.ts'
import { EMPTY, fieldsOf, settingsFrom, type ReportFields } from './pages/report-form.ts'
import { issuePage } from './pages/report-issue.ts'
import { reportsPage } from './pages/reports.ts'
import type { Setting } from './render/view.ts'

interface Deps extends Setting {
  readonly viewer: (c: Context) => Viewer
  readonly reports: Reports
  readonly explorations?: Explorations
}

/** Nothing in a kept mail runs, and nothing is fetched for it. */
const SHUT = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'"

/** Reports, their archive, and the form on which one is written: forms that the server takes, so that they work without JavaScript. */
export function addReportPages(pages: Hono, deps: Deps): void {
  const { reports } = deps
  const limited = bodyLimit({ maxSize: 65_536 })
  const sender = async (c: Context): Promise<Viewer> => {
    const { sight } = await viewFor(c, deps)
    if (!sight.may('send_reports')) throw new AccessError('this reader may not send reports')
    return deps.viewer(c)
  }
  pages.get('/reports', async (c) => shown(c, deps, { change: c.req.query('change') }))
  pages.post('/reports', limited, async (c) => {
    const viewer = await sender(c)
    const form = await formOf(c)
    const fields = fieldsIn(form)
    const again: typeof shown = (c, deps, problem) => shown(c, deps, { ...problem, fields })
    return orWords(c, deps, again, async () => {
      const order = form.one('do')
      if (order === 'make')
        return c.redirect(`/reports/issues/${(await reports.make(fields.report, viewer)).issue_id}`, 303)
      if (order === 'remove') await reports.remove(fields.report, viewer)
      else await reports.write(fields.report, settingsFrom(fields), viewer)
      return c.redirect('/reports', 303)
    })
  })
  pages.get('/reports/issues/:id', async (c) => issueShown(c, deps))
  pages.post('/reports/issues/:id', limited, async (c) => {
    const viewer = await sender(c)
    const id = c.req.param('id')
    const order = (await formOf(c)).one('do')
    return orWords(c, deps, issueShown, async () => {
      const issue = order === 'release' ? await reports.release(id, viewer) : await reports.again(id, viewer)
      return c.redirect(`/reports/issues/${issue.issue_id}`, 303)
    })
  })
  pages.get('/reports/issues/:id/:copy/:format', async (c) => {
    const { id, copy, format } = c.req.param()
    const { name, type, bytes } = await reports.open(deps.viewer(c), id, copy, format)
    const shows = type.startsWith('text/html')
    c.header('Content-Type', type)
    ;(c as Context).set('contentSecurityPolicy', SHUT)
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Cache-Control', 'private, no-store')
    c.header('Content-Disposition', `${shows ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`)
    return c.body(Uint8Array.from(bytes))
  })
}

interface Asked extends Partial<Problem> {
  readonly change?: string | undefined
  readonly fields?: ReportFields
}

async function shown(c: Context, deps: Deps, { change, fields, problem, status }: Asked): Promise<Response> {
  const { reports, explorations } = deps
  const view = await viewFor(c, deps)
  const viewer = deps.viewer(c)
  const [list, issues, kept] = await Promise.all([
    reports.list(),
    reports.issues(viewer),
    explorations?.list(viewer) ?? [],
  ])
  const own = list.find(({ report, isOwn }) => isOwn && report === change)
  const written = fields ?? (own === undefined ? EMPTY : fieldsOf(own.report, own.settings))
  const form = { fields: written, explorations: kept, open: written !== EMPTY }
  const canSend = view.orders && view.sight.may('send_reports')
  const told = canSend
    ? { reports: list, issues, form }
    : { reports: [], issues: issues.flatMap(openCopies), form: undefined }
  const body = reportsPage({ ...told, problem }, view)
  return answer(c, view, { title: view.speech.say('reports_title'), body, ...(status !== undefined && { status }) })
}

async function issueShown(c: Context, deps: Deps, { problem, status }: Partial<Problem> = {}): Promise<Response> {
  const view = await viewFor(c, deps)
  const whole = await deps.reports.issue(deps.viewer(c), c.req.param('id') ?? '')
  const canSend = view.orders && view.sight.may('send_reports')
  const [issue] = canSend ? [whole] : openCopies(whole)
  if (issue === undefined) throw new AccessError('no copy of this issue is open to the reader')
  const body = issuePage({ issue, canSend, problem }, view)
  return answer(c, view, { title: view.speech.pick(issue.title), body, ...(status !== undefined && { status }) })
}

/** To who does not send reports, an issue is the copies that are open to them; none: it is not there. */
function openCopies(issue: ReportIssue): ReportIssue[] {
  const copies = issue.copies.filter(({ open }) => open)
  return copies.length === 0 ? [] : [{ ...issue, copies }]
}

function fieldsIn({ one, all }: Form): ReportFields {
  return {
    report: one('report'),
    title_en: one('title_en'),
    title_zh: one('title_zh'),
    pages: one('pages'),
    saved: all('saved'),
    cron: one('cron'),
    zone: one('zone'),
    on: one('on'),
    to: one('to'),
    formats: all('formats'),
    doubtful: one('doubtful') || 'say',
    language: one('language') || 'en',
  }
}
