import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'
import type { AlertDesk } from '../models/metrics/alert.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import type { Sees } from '../models/metrics/sight.ts'
import { answer, viewFor } from './answer-page.ts'
import { formOf, orWords } from './forms.ts'
import { alertsPage, nothingWatched, SNOOZES } from './pages/alerts.ts'
import type { Setting } from './render/view.ts'

interface Deps extends Setting {
  readonly viewer: (c: Context) => Viewer
  readonly sight?: ((viewer: Viewer) => Sees) | undefined
  readonly alerts?: AlertDesk
}

/** Looks of a log that one page shows. */
const LOOKS = 100
const DAY = 86_400_000

/** The page of alerts, and the forms that it takes. */
export function addAlertPages(pages: Hono, deps: Deps): void {
  pages.get('/alerts', compress(), (c) => shown(c, deps))
  const { alerts } = deps
  if (alerts === undefined) return
  pages.post('/alerts/:name', bodyLimit({ maxSize: 16_384 }), async (c) => {
    const form = await formOf(c)
    return orWords(c, deps, shown, async () => {
      const [viewer, name, group] = [deps.viewer(c), c.req.param('name'), form.one('group')]
      if (form.one('do') === 'snooze') await alerts.snooze(viewer, name, group, untilOf(form.one('days')))
      else await alerts.acknowledge(viewer, name, group)
      return c.redirect('/alerts?done=1', 303)
    })
  })
}

/** Throws RequestError for what the form does not offer. */
function untilOf(days: string): string {
  const offered = SNOOZES.find((each) => String(each) === days)
  if (offered === undefined)
    throw new RequestError(fault('alert_snooze_until', { until: days, example: SNOOZES.join(', ') }), { field: 'days' })
  return new Date(Date.now() + offered * DAY).toISOString()
}

async function shown(
  c: Context,
  deps: Deps,
  { problem, status = 200 }: { problem?: string; status?: number } = {},
): Promise<Response> {
  const found = await viewFor(c, deps)
  // Links lead to the page, wherever a form was sent.
  const view = { ...found, url: new URL(`/alerts${found.url.search}`, found.url) }
  const title = view.speech.say('alerts_title')
  if (deps.alerts === undefined) return answer(c, view, { title, body: nothingWatched(view) })
  const viewer = deps.viewer(c)
  const alerts = await deps.alerts.list(viewer)
  const { searchParams } = view.url
  const open = alerts.find(({ name }) => name === searchParams.get('alert'))
  const [group, before] = [searchParams.get('group'), Number(searchParams.get('before') ?? 0)]
  const asked = {
    limit: LOOKS,
    ...(group !== null && { group }),
    ...(Number.isSafeInteger(before) && before > 0 && { before }),
  }
  const log = open && { alert: open, found: await deps.alerts.log(viewer, open.name, asked) }
  const body = alertsPage({ alerts, log, done: searchParams.has('done'), problem }, view)
  return answer(c, view, { title, body, status })
}
