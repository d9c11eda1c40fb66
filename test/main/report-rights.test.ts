import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { localViewer } from '../../api/access.ts'
import type { ReportRecipient, ReportSettings } from '../../config/reports.ts'
import { openPeople, type People } from '../../main/people.ts'
import { createReports } from '../../main/reports.ts'
import type { System } from '../../main/system.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import type { ReportMaker } from '../../reports/reports.ts'
import { openPolicyCompany } from './policy-company.ts'

const settings = (to: readonly ReportRecipient[]): ReportSettings => ({
  title: { en: 'Big customers', zh: '大客户' },
  parts: ['/customers?period=last_month'],
  to,
  formats: ['csv'],
})

let system: System
let people: People
let reports: ReportMaker
let remove: () => Promise<void>
const of = (id: string, roles: string[]): Viewer => ({ id, name: id, roles })

before(async () => {
  ;({ system, remove } = await openPolicyCompany({
    access: {
      branch: { rows: { region: { own: 'region' } } },
      counter: { rows: 'all', hides: ['people'], may: ['send_reports'] },
    },
  }))
  const now = (): Date => new Date()
  people = openPeople(system.config, system.state, now)
  reports = createReports(system, people, now)
})
after(() => remove())

const made = async (to: readonly ReportRecipient[]) => {
  const report = createReports({ ...system, config: { ...system.config, reports: { weekly: settings(to) } } }, people)
  return report.make('weekly', localViewer)
}

describe('what a report tells', { concurrency: false }, () => {
  test('goes to nobody at the address of a user who is locked out', async () => {
    const user = await people.users.add({ email: 'hua@example.com', name: 'Hua', roles: ['counter'], attributes: [] }, localViewer) // prettier-ignore
    const to = [
      { address: 'Hua@example.com', as: 'head' },
      { address: 'board@example.com', as: 'head' },
    ]
    const names = async () => (await made(to)).copies.map(({ name }) => name).toSorted()
    assert.deepEqual(await names(), ['Hua', 'board@example.com'])
    await people.users.change(user, { locked: true }, localViewer)
    assert.deepEqual(await names(), ['board@example.com'])
  })

  test('leaves out whose roles show no rows, and goes to the others; with nobody left it has failed', async () => {
    const nobody = { address: 'nobody@example.com', as: 'branch' }
    const issue = await made([nobody, { address: 'board@example.com', as: 'head' }])
    assert.equal(issue.status, 'made')
    assert.deepEqual(
      issue.copies.map(({ name }) => name),
      ['board@example.com'],
    )
    await assert.rejects(made([nobody]), /nobody would get it/)
  })

  test('of an issue that was made again shows what was to whom the first is open too', async () => {
    const first = await made([{ address: 'board@example.com', as: 'counter' }])
    const other = JSON.stringify({ ...settings([]), parts: ['/customers?period=last_quarter'] })
    const { tables } = system.state
    await tables.updateTable('report_issues').set({ settings: other }).where('issue_id', '=', first.issue_id).execute()
    const { issue_id: again } = await reports.again(first.issue_id, localViewer)
    const cells = async (viewer: Viewer) => (await reports.issue(viewer, again)).differences?.cells.length ?? 0
    const counter = of('cy', ['counter'])
    assert.ok((await cells(counter)) > 0)
    // As if the role had shown more when the first was made.
    const { key: sight } = system.queries.sight(localViewer)
    await tables.updateTable('report_copies').set({ sight }).where('issue_id', '=', first.issue_id).execute()
    assert.ok((await reports.issue(counter, again)).copies.every(({ open }) => open))
    assert.equal(await cells(counter), 0)
    assert.ok((await cells(localViewer)) > 0)
  })

  test('names who ordered an issue to who sees people', async () => {
    await made([{ address: 'board@example.com', as: 'counter' }])
    const by = async (viewer: Viewer) => (await reports.issues(viewer, { limit: 1 }))[0]?.ordered_by
    assert.equal(await by(localViewer), localViewer.name)
    assert.equal(await by(of('cy', ['counter'])), null)
    assert.equal(await by(of('no', ['branch'])), null)
  })
})
