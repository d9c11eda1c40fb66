import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { localViewer } from '../../api/access.ts'
import { createExplorations } from '../../api/explorations.ts'
import type { ReportSettings } from '../../config/reports.ts'
import { openPeople, type People } from '../../main/people.ts'
import { createReports } from '../../main/reports.ts'
import type { System } from '../../main/system.ts'
import type { Explorations } from '../../models/metrics/exploration.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import type { ReportMaker } from '../../reports/reports.ts'
import { openPolicyCompany, pagesOf } from './policy-company.ts'

const settings: ReportSettings = {
  title: { en: 'Big customers', zh: '大客户' },
  parts: ['/customers?period=last_month'],
  to: [{ role: 'head' }],
  formats: ['mail'],
}

let system: System
let reports: ReportMaker
let explorations: Explorations
let people: People
let remove: () => Promise<void>
const of = (id: string, roles: string[], attributes = {}): Viewer => ({ id, name: id, roles, attributes })

before(async () => {
  ;({ system, remove } = await openPolicyCompany({
    reports: { weekly: settings },
    access: { branch: { rows: { region: { own: 'region' } }, may: ['send_reports'] } },
  }))
  const { config, state, queries } = system
  const now = (): Date => new Date()
  people = openPeople(config, state, now)
  reports = createReports(system, people, now)
  explorations = createExplorations({
    state,
    ask: (who, query) => queries.ask(who, query),
    sight: (who) => queries.sight(who),
    roles: ['head'],
    now,
  })
})
after(() => remove())

const pages = (viewer: Viewer) => pagesOf(system, viewer, { reports, explorations })

describe('a report that is written on a page', { concurrency: false }, () => {
  test('is kept, and what cannot be is said', async () => {
    await reports.write('own', settings, localViewer)
    assert.ok((await reports.list()).some(({ report, isOwn }) => report === 'own' && isOwn))
    for (const [wrong, words] of [
      [{ ...settings, parts: ['/customer?x=1'] }, /filter|page/],
      [{ ...settings, schedule: { cron: 'daily' } }, /no cron expression/],
      [{ ...settings, to: [{ role: 'heads' }] }, /no role 'heads'/],
      [{ ...settings, to: [{ folder: '/tmp', as: 'head' }] }, /configuration may name/],
      [{ ...settings, parts: [{ question: 'metrics=profti', title: settings.title }] }, /cannot be asked/],
    ] as const)
      await assert.rejects(reports.write('own', wrong, localViewer), words)
    await assert.rejects(reports.write('weekly', settings, localViewer), /written in the configuration/)
    await assert.rejects(reports.write('No Name', settings, localViewer), /no name of a report/)
    await reports.remove('own', localViewer)
  })

  test('goes to nobody outside with more rights than its writer has, nor with none', async () => {
    const branch = of('bo', ['branch'], { region: ['East'] })
    const to = (by: Viewer, recipient: ReportSettings['to'][number]) =>
      reports.write('own', { ...settings, to: [recipient] }, by)
    const address = 'outside@example.com'
    for (const as of ['head', 'executive', 'owner'])
      await assert.rejects(to(branch, { address, as }), /who sees what you do not/)
    await assert.rejects(to(branch, { address, as: 'branch', attributes: { region: ['West'] } }), /what you do not/)
    await assert.rejects(to(branch, { address, as: 'branch' }), /sees no rows/)
    await to(branch, { address, as: 'branch', attributes: { region: ['East'] } })
    await to(branch, { role: 'head' })
    await to(of('hai', ['head']), { address, as: 'executive' })
    await to(of('hai', ['head']), { address, as: 'branch', attributes: { region: ['West'] } })
    const both = of('ex', ['executive', 'admin'])
    await assert.rejects(to(both, { address, as: 'head' }), /what you do not/, 'what one role hides stays hidden')
    // Mei is a user: she gets it with rights of her own, and nothing when she is a user no more.
    await assert.rejects(to(of('hai', ['head']), { address: 'mei@example.com', as: 'branch' }), /sees no rows/)
    const mei = { email: 'mei@example.com', name: 'Mei', roles: ['branch'], attributes: [] }
    await people.users.add(mei, localViewer)
    await to(of('hai', ['head']), { address: 'Mei@example.com', as: 'branch' })
    await assert.rejects(to(branch, { address: 'mei@example.com', as: 'head' }), /what you do not/)
    await reports.remove('own', localViewer)
  })

  test('shows a saved exploration that its writer sees, and keeps one that another writer put there', async () => {
    const [anna, hai] = [of('anna', ['head']), of('hai', ['head'])]
    const draft = { name: 'Of Anna alone', query: 'metrics=profit&by=crm_class&period=2026', shared_with: [] }
    const { exploration_id: saved } = await explorations.add(anna, draft)
    const own: ReportSettings = { ...settings, parts: [{ saved }] }
    await assert.rejects(reports.write('own', own, hai), /not shared with you/)
    await reports.write('own', own, anna)
    const form = async (viewer: Viewer): Promise<string> =>
      (await pages(viewer).request('/reports?change=own')).text().then((page) => page.replaceAll(/\s+/g, ' '))
    const tick = (said: string): RegExp => new RegExp(`value="${saved}" checked ?/> <span>${said}</span>`)
    assert.match(await form(anna), tick('Of Anna alone'))
    assert.match(await form(hai), tick('One that is not shared with you'))
    assert.doesNotMatch(await form(hai), /Of Anna alone/)
    await reports.write('own', { ...own, formats: ['csv'] }, hai)
    assert.deepEqual((await reports.list()).find(({ report }) => report === 'own')?.settings.parts, [{ saved }])
    await reports.remove('own', localViewer)
  })
})
