import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { localViewer } from '../../api/access.ts'
import { createExplorations } from '../../api/explorations.ts'
import type { UserConfig } from '../../config/define.ts'
import type { ReportSettings } from '../../config/reports.ts'
import { AccessError, ConfigError, RequestError } from '../../errors.ts'
import type { Explorations } from '../../models/metrics/exploration.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import { openPeople, type People } from '../../main/people.ts'
import { createReports } from '../../main/reports.ts'
import type { System } from '../../main/system.ts'
import type { ReportMaker } from '../../reports/reports.ts'
import { MailServer } from '../support/mail-server.ts'
import { openPolicyCompany, pagesOf } from './policy-company.ts'

const weekly: ReportSettings = {
  title: { en: 'Big customers', zh: '大客户' },
  parts: [
    '/customers?period=last_month',
    { question: 'metrics=profit,revenue&by=crm_class&period=2026', title: { en: 'By class', zh: '按分类' } },
  ],
  schedule: { cron: '0 8 * * 1' },
  to: [{ role: 'head' }, { address: 'board@example.com', as: 'executive', language: 'zh' }],
  formats: ['mail', 'pdf', 'xlsx', 'csv'],
}
const others: Record<string, ReportSettings> = {
  careful: { ...weekly, schedule: { cron: '0 9 * * 1' }, to: [{ address: 'late@example.com', as: 'head' }], formats: ['csv'], whenDoubtful: { waitHours: 2 } }, // prettier-ignore
  guarded: { ...weekly, schedule: { cron: '0 10 * * 1' }, to: [{ address: 'kept@example.com', as: 'head' }], formats: ['csv'], whenDoubtful: 'operator' }, // prettier-ignore
}

let system: System
let people: People
let reports: ReportMaker
let explorations: Explorations
let mails: MailServer
let folder: string
let remove: () => Promise<void>
/** A Monday in Shanghai. */
let clock = new Date('2026-06-22T00:00:30Z')
const now = (): Date => clock
const of = (id: string, roles: string[], attributes = {}): Viewer => ({ id, name: id, roles, attributes })

before(async () => {
  mails = await MailServer.open()
  folder = await mkdtemp(join(tmpdir(), 'trueworth-reports-'))
  const more: Partial<UserConfig> = {
    mail: {
      smtp: { host: '127.0.0.1', port: mails.port, secure: 'none' },
      from: 'Trueworth <reports@example.com>',
      operator: 'operator@example.com',
    },
    reports: { weekly: { ...weekly, to: [...weekly.to, { folder, as: 'head' }] }, ...others },
    policy: { staleAfterHours: 24 * 365 * 30 },
  }
  ;({ system, remove } = await openPolicyCompany(more))
  people = openPeople(system.config, system.state, now)
  const user = { email: 'hua@example.com', name: 'Hua', roles: ['head'], attributes: [] }
  await people.users.add(user, localViewer)
  reports = createReports(system, people, now)
  const { state, queries } = system
  explorations = createExplorations({
    state,
    ask: (who, query) => queries.ask(who, query),
    sight: (who) => queries.sight(who),
    roles: ['head'],
    now,
  })
})
after(async () => {
  await remove()
  await mails.close()
  await rm(folder, { recursive: true })
})

const byText = (one = '', other = ''): number => one.localeCompare(other)
const issued = async (report: string) => reports.issues(localViewer, { report })
const passing = async (instant: string): Promise<void> => {
  clock = new Date(instant)
  await reports.makeDue()
  await system.outbox.sendDue()
}

describe('a report', { concurrency: false }, () => {
  test('is due from when it is first seen, goes out once, to each with its own rights and language, and is kept', async () => {
    await passing('2026-06-21T23:00:00Z')
    assert.deepEqual(await issued('weekly'), [])
    await passing('2026-06-22T00:00:30Z')
    await passing('2026-06-22T00:01:30Z')
    const [issue, ...more] = await issued('weekly')
    assert.deepEqual(more, [])
    assert.equal(issue?.status, 'made', issue?.error ?? '')
    assert.equal(issue?.due_at, '2026-06-22T00:00:00.000Z')
    assert.deepEqual(
      issue?.copies.map(({ name, delivery }) => [name, delivery?.status].join(' ')).toSorted(byText),
      [`${folder} sent`, 'Hua sent', 'board@example.com sent'].toSorted(byText),
    )
    const taken = mails.arrived.map(({ to, mail }) => [to.join(), mail.subject, mail.attachments.length] as const)
    const board = mails.arrived.find(({ to }) => to.includes('board@example.com'))
    assert.deepEqual(taken.map(([to]) => to).toSorted(byText), ['board@example.com', 'hua@example.com'])
    assert.match(board?.mail.subject ?? '', /^大客户/)
    const names = board?.mail.attachments.filter(({ related }) => !related).map(({ filename }) => filename) ?? []
    assert.deepEqual(names.map((name) => name?.split('.').at(-1)).toSorted(byText), ['pdf', 'xlsx', 'zip'])
    assert.match(board?.mail.text ?? '', /按分类/)
    const pictures = board?.mail.attachments.filter(({ related }) => related) ?? []
    assert.ok(pictures.length > 2 && pictures.every(({ contentType }) => contentType === 'image/png'))
    assert.deepEqual((await readdir(folder)).map((name) => name.split('.').at(-1)).toSorted(byText), [
      'html',
      'pdf',
      'xlsx',
      'zip',
    ])
  })

  test('that was missed while nothing ran goes out once, and its next time is told', async () => {
    await passing('2026-07-20T03:00:00Z')
    const [issue, ...more] = await issued('weekly')
    assert.equal(issue?.due_at, '2026-07-20T00:00:00.000Z')
    assert.equal(more.length, 1)
    const next = (await reports.list()).find(({ report }) => report === 'weekly')?.next_at
    assert.equal(next, '2026-07-27T00:00:00.000Z')
  })

  test('is made whole where the process ended before it was, and its copies are sent once', async () => {
    const before = mails.arrived.length
    const [last] = await issued('weekly')
    const row = { report: 'weekly', kind: 'schedule', status: 'waiting', settings: JSON.stringify(weekly) }
    const due = { issue_id: 'broken-off', due_at: '2026-07-21T00:00:00.000Z', ordered_by: null }
    await system.state.tables
      .insertInto('report_issues')
      .values({ ...row, ...due })
      .execute()
    await passing('2026-07-21T00:10:00Z')
    await passing('2026-07-21T00:11:00Z')
    assert.equal((await reports.issue(localViewer, 'broken-off')).status, 'made')
    assert.equal(mails.arrived.length, before + 2)
    assert.notEqual(last?.issue_id, 'broken-off')
    // What is put again under the same key is one delivery.
    await system.state.tables.updateTable('report_issues').set({ status: 'waiting' }).where('issue_id', '=', 'broken-off').execute() // prettier-ignore
    await passing('2026-07-21T00:12:00Z')
    assert.equal(mails.arrived.length, before + 2)
  })

  test('made again from its versions is the same byte for byte, after a newer build too', async () => {
    const first = (await issued('weekly')).at(-1)
    assert.ok(first)
    const again = await reports.again(first.issue_id, localViewer)
    assert.deepEqual([again.differences?.equal, again.differences?.of], [again.differences?.of, 12])
    await system.run({ trigger: 'command', full: true })
    const later = await reports.again(first.issue_id, localViewer)
    assert.equal(later.differences?.equal, 12, JSON.stringify(later.differences, null, 1).slice(0, 3_000))
    assert.equal(
      later.copies.every(({ delivery }) => delivery === null),
      true,
    )
  })

  test('that differs when it is made again says where, and what has changed', async () => {
    const first = (await issued('weekly')).at(-1)
    assert.ok(first)
    const settings = { ...weekly, parts: ['/customers?period=last_month'], formats: ['csv'] }
    const changed = { settings: JSON.stringify(settings), fingerprint: 'older' }
    await system.state.tables.updateTable('report_issues').set(changed).where('issue_id', '=', first.issue_id).execute()
    const { differences } = await reports.again(first.issue_id, localViewer)
    assert.ok(differences && differences.equal < differences.of && differences.count > 0)
    assert.deepEqual(differences.causes, ['code'])
    assert.ok(differences.cells.some(({ is, was }) => is === '–' && was !== '–'))
  })

  test('opens for whom it was made and for who sees as much, not for who sees less', async () => {
    const issue = (await issued('weekly')).find(({ kind }) => kind === 'schedule')
    const [copy] = issue?.copies.filter(({ name }) => name === 'Hua') ?? []
    const board = issue?.copies.find(({ name }) => name === 'board@example.com')
    assert.ok(issue && copy && board)
    for (const viewer of [localViewer, of('other head', ['head'])])
      assert.ok((await reports.open(viewer, issue.issue_id, copy.copy_id, 'pdf')).bytes.length > 1_000)
    const sales = of('sam', ['sales'], { region: ['East'] })
    for (const viewer of [sales, of('nobody', []), of('ex', ['executive'])])
      await assert.rejects(reports.open(viewer, issue.issue_id, copy.copy_id, 'pdf'), AccessError)
    assert.ok(await reports.open(of('ex', ['executive']), issue.issue_id, board.copy_id, 'xlsx'))
    await assert.rejects(reports.open(localViewer, issue.issue_id, 'nothing', 'pdf'), RequestError)
    const pages = (viewer: Viewer) => pagesOf(system, viewer, { reports })
    const read = async (viewer: Viewer, path: string) => (await pages(viewer).request(path)).text()
    const seen = await read(sales, '/reports')
    assert.doesNotMatch(seen, /example\.com|\/reports\/issues/)
    assert.equal((await pages(sales).request(`/reports/issues/${issue.issue_id}`)).status, 403)
    const own = await read(of('ex', ['executive']), `/reports/issues/${issue.issue_id}`)
    assert.match(own, /board@example\.com/)
    assert.doesNotMatch(own, /hua@example\.com/)
    assert.match(await read(localViewer, '/reports?lang=zh'), /大客户[^]*hua@example|大客户[^]*Hua/)
    const post = { method: 'POST', body: new URLSearchParams({ do: 'make', report: 'weekly' }) }
    assert.equal((await pages(sales).request('/reports', post)).status, 403)
  })
})

describe('a report whose figures are doubtful', { concurrency: false }, () => {
  before(async () => {
    await passing('2026-07-26T23:30:00Z')
    const run = { run_id: 'failed', run_trigger: 'schedule', status: 'failed', started_at: '2099-07-26T23:40:00.000Z', ended_at: '2099-07-26T23:41:00.000Z' } // prettier-ignore
    await system.state.tables.insertInto('runs').values(run).execute()
    mails.arrived.length = 0
  })

  test('says so at its top', async () => {
    await passing('2026-07-27T00:00:30Z')
    const [issue] = await issued('weekly')
    assert.deepEqual(
      issue?.doubts.map(({ code }) => code),
      ['run_failed'],
    )
    const mail = mails.arrived.find(({ to }) => to.includes('hua@example.com'))?.mail
    const text = mail?.text ?? ''
    assert.ok(text.indexOf('failed: these are the figures of the run before') < text.indexOf('By class'), text)
    assert.match(text, /failed: these are the figures of the run before/)
  })

  test('waits for a better build, no longer than it may, and then says that it waited', async () => {
    await passing('2026-07-27T01:00:30Z')
    assert.equal((await issued('careful'))[0]?.status, 'waiting')
    await passing('2026-07-27T03:00:30Z')
    const [issue] = await issued('careful')
    assert.equal(issue?.status, 'made', issue?.error ?? '')
    assert.deepEqual(
      issue?.doubts.map(({ code }) => code),
      ['run_failed', 'waited'],
    )
  })

  test('goes to the operator, who sends it on', async () => {
    const guarded = (await issued('guarded')).find(({ kind }) => kind === 'schedule')
    assert.equal(guarded?.status, 'held')
    const told = (): (string | undefined)[] => mails.arrived.flatMap(({ to, mail }) => (to.includes('operator@example.com') ? [mail.subject] : [])) // prettier-ignore
    const kept = (): number => mails.arrived.filter(({ to }) => to.includes('kept@example.com')).length
    assert.match(told().join(), /Held back: Big customers/)
    assert.equal(kept(), 0)
    await reports.release(guarded?.issue_id ?? '', localViewer)
    await system.outbox.sendDue()
    assert.equal(kept(), 1)
    await assert.rejects(reports.release(guarded?.issue_id ?? '', localViewer), /not held back/)
  })

  test('that cannot be made is kept as failed, and the operator is told', async () => {
    const draft = { name: 'Soon gone', query: 'metrics=profit&by=crm_class&period=2026', shared_with: [] }
    const { exploration_id: saved } = await explorations.add(localViewer, draft)
    await reports.write('gone', { ...weekly, parts: [{ saved }] }, localViewer)
    await explorations.remove(localViewer, saved)
    await assert.rejects(reports.make('gone', localViewer), /there no more/)
    assert.equal((await issued('gone'))[0]?.status, 'failed')
    await system.outbox.sendDue()
    assert.ok(mails.arrived.some(({ mail }) => /Not made: Big customers/.test(mail.subject ?? '')))
  })
})

test('a configuration that names what there is not does not start', () => {
  const wrong = (report: ReportSettings): void => {
    const config = { ...system.config, reports: { wrong: report } }
    createReports({ ...system, config }, people, now)
  }
  assert.throws(() => wrong({ ...weekly, to: [{ role: 'bord' }] }), ConfigError)
  assert.throws(() => wrong({ ...weekly, parts: ['/custmers'] }), /'\/custmers' is no page.*Did you mean '\/customers'/)
  assert.throws(() => wrong({ ...weekly, to: [{ webhook: 'none', as: 'head' }] }), /no webhook 'none'/)
})
