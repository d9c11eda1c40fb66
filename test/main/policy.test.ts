// What a draft of the policy would change is what the run after saving it shows, to the cent.
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { localViewer } from '../../api/access.ts'
import { AccessError, RequestError } from '../../errors.ts'
import { describeFault } from '../../entities/faults.ts'
import type { System } from '../../main/system.ts'
import type { AskWhatIf, Compared, Move, WhatIf } from '../../models/metrics/what-if.ts'
import { Decisions } from '../../pipelines/decisions.ts'
import { openPolicyCompany } from './policy-company.ts'

type Draft = AskWhatIf['draft']

const MONTHS = 'SELECT * FROM marts.customer_months ORDER BY month, customer_id'
const PROFIT = `SELECT COALESCE(SUM(profit), 0) AS profit, COALESCE(SUM(visit_charges), 0) AS visit_charges, COALESCE(SUM(indirect_cost), 0) AS indirect
  FROM marts.customer_months WHERE month >= DATE '2025-07-01'`
const ADVICE = `SELECT customer_id, effective_class, score, CAST(trailing_profit AS DOUBLE) AS profit, advice FROM marts.customer_advice ORDER BY customer_id`

describe('a draft of the policy', () => {
  let system: System
  let remove: () => Promise<void>
  const blind = { rows: 'all', hides: ['idle_cost'], may: ['try_policy'] } as const
  before(async () => ({ system, remove } = await openPolicyCompany({ access: { blind } })))
  after(() => remove())

  const rows = (sql: string) => system.warehouse.read((session) => session.rows(sql))
  const tryOut = (draft: Draft, basis: AskWhatIf['basis'] = 'day'): Promise<WhatIf> =>
    system.policies.whatIf(localViewer, { draft, basis })
  const save = async (draft: Draft): Promise<void> => {
    const report = await system.order({ policy: { reason: 'a test', ...draft }, by: 'Li' })
    assert.equal(report.error, null)
    assert.equal(report.published, true)
  }
  interface Was {
    readonly customer_id: string
    readonly effective_class: string
    readonly score: number
    readonly profit: number
    readonly advice: string
  }
  /** What is published before and after, held against what was foretold. */
  const holds = async (found: WhatIf, before: readonly Was[]): Promise<void> => {
    const now = (await rows(ADVICE)) as unknown as Was[]
    const moves = new Map(found.moves.map((move) => [move.customer_id, move]))
    for (const [at, is] of now.entries()) {
      const was = before[at]
      assert.ok(was)
      const move: Move | undefined = moves.get(is.customer_id)
      if (move === undefined) {
        assert.deepEqual([was.effective_class, was.profit, was.advice], [is.effective_class, is.profit, is.advice])
        continue
      }
      assert.deepEqual(
        [move.class_was, move.score_was, move.profit_was, move.advice_was],
        [was.effective_class, was.score, was.profit, was.advice],
      )
      assert.deepEqual(
        [move.class_would, move.score_would, move.profit_would, move.advice_would],
        [is.effective_class, is.score, is.profit, is.advice],
      )
    }
    const [sums] = await rows(PROFIT)
    assert.deepEqual(
      [found.profit.would, found.visit_charges.would, found.indirect_cost.would],
      [sums?.['profit'], sums?.['visit_charges'], sums?.['indirect']],
    )
    assert.equal(now.length, found.customers)
  }
  const advice = async (): Promise<Was[]> => (await rows(ADVICE)) as unknown as Was[]
  const differs = ({ was, would }: Compared): boolean => was !== would

  test('what is wrong is said by field in both languages, and nothing is kept', async () => {
    const components = [{ measure: 'profit' as const, weight: 0.7, better: 'more' as const }]
    const good = { version: 'next', from: '2026-07-01', visitCharges: { default: 10 } }
    const wrong: readonly [Draft, string | undefined, RegExp, RegExp][] = [
      [{ ...good, score: { components } }, 'score.components', /sum to 0\.7.*by 0\.3/, /0\.7.*0\.3/],
      [{ ...good, score: { indirect: components } }, 'score.indirect', /must sum to 1/, /必须等于 1/],
      [{ ...good, score: { bands: { VIP: 60, key: 70 } } }, 'score.bands.VIP', /no lower than key/, /不得低于/],
      [{ ...good, visitCharges: { VIP: -1 } }, 'visitCharges.VIP', /'-1' is not a number from 0/, /“-1”不是 0/],
      [{ ...good, practicalCapacity: 1.2 }, 'practicalCapacity', /from 0\.01 to 1/, /0\.01 到 1/],
      [{ ...good, hourlyCostFactor: Number.NaN }, 'hourlyCostFactor', /''.*not a number/, /不是/],
      [{ ...good, from: '2026-05-01' }, 'from', /is past.*2026-06-01 or a later/, /2026-06-01 或更晚/],
      [{ ...good, from: '2026-07-15' }, 'from', /not the first day/, /不是某月的第一天/],
      [{ ...good, version: ' ' }, 'version', /1 to 60 characters/, /1 到 60/],
      [{ ...good, version: 'standard' }, 'version', /already/, /已有版本/],
      [{ version: 'same', from: '2026-07-01' }, undefined, /Nothing differs from version standard/, /没有任何不同/],
    ]
    for (const [draft, field, en, zh] of wrong)
      await assert.rejects(system.order({ policy: draft, by: 'Li' }), (error: unknown) => {
        assert.ok(error instanceof RequestError && error.fault)
        assert.equal(error.field, field)
        assert.match(describeFault(error.fault, 'en') ?? '', en)
        assert.match(describeFault(error.fault, 'zh') ?? '', zh)
        return true
      })
    assert.deepEqual(readdirSync(join(system.config.folder, 'landing/_decisions')), [])
    await assert.rejects(tryOut({ score: { components } }), RequestError)
    await assert.rejects(
      system.policies.whatIf({ ...localViewer, roles: ['guest'] }, { draft: {}, basis: 'day' }),
      AccessError,
    )
  })

  test('a draft that says what holds changes nothing, and no draft touches what is published', async () => {
    const before = await rows(MONTHS)
    const same = await tryOut({}, 'year')
    assert.deepEqual([same.moves, same.classes_moved, same.profit.would], [[], 0, same.profit.was])
    const charged = await tryOut({ visitCharges: { default: 120 } }, 'year')
    assert.ok(charged.charged_visits.would > 50)
    assert.equal(charged.visit_charges.would, 120 * charged.charged_visits.would)
    assert.equal(charged.profit.would, Math.round((charged.profit.was + charged.visit_charges.would) * 100) / 100)
    assert.deepEqual(await rows(MONTHS), before)
    assert.equal(
      existsSync(join(system.config.folder, 'drafts')) && readdirSync(join(system.config.folder, 'drafts')).length > 0,
      false,
    )
  })

  test('costs of pools go elsewhere and none is lost: borne and unallocated together stay what they were', async () => {
    const cents = (value: number): number => Math.round(value * 100)
    for (const draft of [
      { costPools: [{ driver: 'requests' as const }] },
      { costPools: [{ department: 'service', driver: 'equal' as const }] },
      { costPools: [] },
      { supportMethod: 'direct' as const, costPools: [{ department: 'sales', driver: 'orders' as const }] },
    ]) {
      const { indirect_cost: borne, unallocated: rest } = await tryOut(draft, 'year')
      assert.equal(cents(borne.was) + cents(rest.was), cents(borne.would) + cents(rest.would))
      assert.ok(differs(borne) || draft.costPools.length > 0)
    }
    const { unallocated, indirect_cost } = await tryOut({ costPools: [] }, 'year')
    assert.equal(indirect_cost.would, 0)
    assert.ok(unallocated.would > unallocated.was)
  })

  test('a version of the month that runs shows after saving what was foretold, and months that are over stay as they were', async () => {
    const closed = `SELECT * FROM marts.customer_months WHERE month < DATE '2026-06-01' ORDER BY month, customer_id`
    const before = {
      advice: await advice(),
      closed: await rows(closed),
      path: await rows("SELECT * FROM core.allocations WHERE month < DATE '2026-06-01' ORDER BY ALL"),
    }
    const known = (await system.queries.edition())?.known_at ?? ''
    const draft: Draft = {
      version: 'summer',
      from: '2026-06-01',
      score: {
        components: [
          { measure: 'profit', weight: 0.3, better: 'more' },
          { measure: 'requests', weight: 0.7, better: 'less' },
        ],
        bands: { VIP: 70, key: 50 },
      },
      costPools: [{ department: 'service', driver: 'requests' }, { driver: 'equal' }],
      supportMethod: 'direct',
      hourlyCostFactor: 1.37,
      practicalCapacity: 0.6,
      promises: { default: { kind: 'business_hours', hours: 0.5 } },
      visitCharges: { default: 77.7, VIP: 0 },
    }
    const found = await tryOut(draft)
    assert.ok(found.classes_moved > 0)
    assert.deepEqual(
      [found.profit, found.visit_charges, found.direct_service_cost, found.idle, found.broken_promises].map(differs),
      [true, true, true, true, true],
    )
    await save(draft)
    await holds(found, before.advice)
    assert.deepEqual(await rows(closed), before.closed)
    assert.deepEqual(
      await rows("SELECT * FROM core.allocations WHERE month < DATE '2026-06-01' ORDER BY ALL"),
      before.path,
    )
    const [scored] = await rows(
      `SELECT COUNT(*) AS n FROM marts.customer_classes WHERE (policy_version = 'summer') <> (month = DATE '2026-06-01')`,
    )
    assert.equal(scored?.['n'], 0)
    const was = await system.queries.ask(localViewer, {
      metrics: ['visit_charges'],
      by: [],
      where: [],
      order: [],
      knownAt: known,
      asOf: '2026-06-20',
    })
    assert.equal(was.rows[0]?.['visit_charges'], 0)
  })

  test('what was built in part is what is built whole from landing', async () => {
    const tables = [
      'marts.customer_months',
      'marts.customer_advice',
      'marts.requests',
      'core.allocations',
      'core.capacity_months',
      'marts.cost_months',
    ]
    const read = () => Promise.all(tables.map((table) => rows(`SELECT * FROM ${table} ORDER BY ALL`)))
    const partly = await read()
    const decisions = await Decisions.open(join(system.config.folder, 'landing'))
    const report = await system.run({ trigger: 'command' })
    assert.equal(report.published, false)
    const { rebuild } = await import('../../pipelines/run/rebuild.ts')
    assert.equal((await rebuild(system.runDeps(), { trigger: 'command' })).error, null)
    assert.deepEqual(await read(), partly)
    assert.equal(decisions.all.length, 1)
  })

  test('a later version of the same day takes its place, and status says so', async () => {
    const draft: Draft = { version: 'summer, mended', from: '2026-06-01', visitCharges: { default: 12 } }
    const [before, found] = [await advice(), await tryOut(draft)]
    await save(draft)
    await holds(found, before)
    const status = await system.policies.status(localViewer)
    assert.equal(status.in_force.version, 'summer, mended')
    assert.equal(status.in_force.hourlyCostFactor, 1.37)
    assert.deepEqual(
      status.versions.map(({ version, replaced, decided_by }) => [version, replaced, decided_by]),
      [
        ['summer, mended', false, 'Li'],
        ['summer', true, 'Li'],
        ['standard', false, null],
      ],
    )
  })

  test('as if it had held for twelve months is what a version of that day shows', async () => {
    const draft: Draft = {
      costPools: [{ driver: 'visits' }],
      hourlyCostFactor: 0.8,
      visitCharges: { key: 55.5, regular: 31 },
      score: { bands: { VIP: 80, key: 40 } },
    }
    const [before, found] = [await advice(), await tryOut(draft, 'year')]
    assert.equal(found.holds_from, '2025-07-01')
    // No person can save a version of a day that is over: it is laid where decisions are, with nothing after it.
    const decisions = await Decisions.open(join(system.config.folder, 'landing'))
    const { version: _none, ...policy } = found.policy
    for (const [version, from] of [
      ['as if', '2025-07-01'],
      ['as if, June', '2026-06-01'],
    ] as const)
      await decisions.add({ kind: 'policy', by: 'Li', policy: { ...policy, version, from } }, new Date())
    assert.equal((await system.run({ trigger: 'command', only: [] })).error, null)
    await holds(found, before)
  })

  test('only who may see all of it tries a policy, and an analyst is not told who decided', async () => {
    const as = (role: string) => ({ id: role, name: role, roles: [role], attributes: { region: ['East'] } })
    for (const role of ['sales', 'executive', 'admin']) {
      await assert.rejects(system.policies.status(as(role)), /None of your roles may do this \(try_policy\)/)
      await assert.rejects(system.policies.whatIf(as(role), { draft: {}, basis: 'day' }), /\(try_policy\)/)
    }
    await assert.rejects(system.policies.status(as('nobody')), /a role that is not in the configuration \(nobody\)/)
    // What a draft would change is told with figures that are hidden from this role.
    await assert.rejects(system.policies.whatIf(as('blind'), { draft: {}, basis: 'day' }), AccessError)
    const versions = async (role: string) => (await system.policies.status(as(role))).versions
    assert.ok((await versions('head')).some(({ decided_by }) => decided_by !== null))
    assert.deepEqual(
      await versions('analyst'),
      (await versions('head')).map((version) => ({ ...version, decided_by: null })),
    )
  })
})
