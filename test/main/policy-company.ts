import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configOf } from '../../config.ts'
import type { UserConfig } from '../../config/define.ts'
import { createPages, type PagesDeps } from '../../dashboards/create-pages.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import { openSystem, type Outside, type System } from '../../main/system.ts'

/** Numbers that are the same each time. */
function drawn(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

const CLASSES = ['VIP', 'key', 'regular', '']
const AS_OF = '2026-06-20'

/** Files of a company with trade, service, a ledger and two departments, for two years. */
async function writeCompany(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const draw = drawn(7)
  const day = (from: number): string => new Date(Date.UTC(2024, 5, 25 + from)).toISOString().slice(0, 10)
  const customers = Array.from({ length: 24 }, (_, at) => `C${at}`)
  const anybody = (): string => `C${Math.min(draw(24), draw(24))}`
  const file = (name: string, rows: readonly (readonly (string | number)[])[]): Promise<void> =>
    writeFile(join(folder, name), `${rows.map((row) => row.join(',')).join('\n')}\n`)
  await file('customers.csv', [
    ['id', 'name', 'class'],
    ...customers.map((id, at) => [id, `Works ${at}`, CLASSES[at % 4] ?? '']),
  ])
  await file('sales.csv', [
    ['id', 'customer', 'day', 'amount', 'cost'],
    ...Array.from({ length: 400 }, (_, at) => {
      const amount = 500 + draw(9000)
      return [`O${at}`, anybody(), day(draw(720)), amount, Math.round(amount * (0.5 + draw(40) / 100))]
    }),
  ])
  await file('staff.csv', [
    ['id', 'name', 'department', 'cost'],
    ['E1', 'Ann', 'service', 61.37],
    ['E2', 'Bo', 'service', 48.9],
    ['E3', 'Cy', 'sales', 70],
  ])
  await file('requests.csv', [
    ['id', 'customer', 'opened', 'answered'],
    ...Array.from({ length: 500 }, (_, at) => {
      const opened = day(draw(720))
      return [`R${at}`, anybody(), `${opened} 09:${10 + draw(50)}`, `${opened} ${10 + draw(8)}:00`]
    }),
  ])
  await file('tasks.csv', [
    ['id', 'customer', 'who', 'kind', 'began', 'minutes'],
    ...Array.from({ length: 600 }, (_, at) => [
      `T${at}`,
      anybody(),
      `E${1 + draw(2)}`,
      draw(2) === 0 ? 'visit' : 'remote',
      `${day(draw(724))} 10:00`,
      10 + draw(300),
    ]),
  ])
  await file('ledger.csv', [
    ['id', 'day', 'department', 'category', 'amount'],
    ...Array.from({ length: 24 * 8 }, (_, at) => [
      `X${at}`,
      day(Math.floor(at / 8) * 30 + draw(28)),
      ['service', 'sales', 'it'][at % 3] ?? 'service',
      ['vehicles', 'salary', 'rent', 'software'][at % 4] ?? 'rent',
      100 + draw(4000) + draw(100) / 100,
    ]),
  ])
}

const config: UserConfig = {
  company: { name: 'Test works', currency: 'CNY', timeZone: 'Asia/Shanghai' },
  folder: 'warehouse',
  asOf: AS_OF,
  schedule: false,
  policy: {
    costPools: [
      { department: 'service', category: 'vehicles', driver: 'visits' },
      { department: 'service', driver: 'hours' },
      { department: 'sales', driver: 'revenue' },
    ],
    support: { method: 'reciprocal', units: { it: { service: 3, sales: 1 } } },
  },
  sources: [
    {
      name: 'office',
      kind: 'files',
      folder: 'files',
      feeds: [
        {
          entity: 'customers',
          from: 'customers.csv',
          columns: {
            customer_id: 'id',
            name: 'name',
            kind: "'direct'",
            crm_class: 'class',
            recorded_at: "'2020-01-01'",
          },
        },
        {
          entity: 'orders',
          from: 'sales.csv',
          columns: { order_id: 'id', customer_id: 'customer', ordered_at: 'day' },
        },
        {
          entity: 'order_lines',
          from: 'sales.csv',
          columns: { order_id: 'id', line_id: 'id', amount: 'amount', quantity: "'1'", unit_cost: 'cost' },
        },
        {
          entity: 'employees',
          from: 'staff.csv',
          columns: { employee_id: 'id', name: 'name', department: 'department' },
        },
        {
          entity: 'employee_rates',
          from: 'staff.csv',
          columns: { employee_id: 'id', valid_from: "'2020-01-01'", hourly_cost: 'cost' },
        },
        {
          entity: 'requests',
          from: 'requests.csv',
          columns: { request_id: 'id', customer_id: 'customer', opened_at: 'opened', first_response_at: 'answered' },
        },
        {
          entity: 'tasks',
          from: 'tasks.csv',
          columns: {
            task_id: 'id',
            customer_id: 'customer',
            employee_id: 'who',
            kind: 'kind',
            actual_start: 'began',
            actual_minutes: 'minutes',
          },
        },
        {
          entity: 'expenses',
          from: 'ledger.csv',
          columns: {
            expense_id: 'id',
            incurred_on: 'day',
            department: 'department',
            category: 'category',
            amount: 'amount',
          },
        },
      ],
    },
  ],
}

/** The company opened in this process, and run once. */
export async function openPolicyCompany(
  more: Partial<UserConfig> = {},
  outside: Outside = {},
): Promise<{ system: System; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-policy-'))
  await writeCompany(join(folder, 'files'))
  const system = await openSystem(configOf(folder, { ...config, ...more }), outside)
  const report = await system.run({ trigger: 'command' })
  if (report.error !== null) throw new Error(report.error)
  return {
    system,
    remove: async () => {
      await system.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The pages as the server of a viewer shows them, with what is given besides. */
export function pagesOf(system: System, viewer: Viewer, more: Partial<PagesDeps>) {
  return createPages({
    ask: (who, query) => system.queries.ask(who, query),
    pipelineStatus: system.status,
    company: system.config.company,
    sample: false,
    policy: system.config.policy,
    viewer: () => viewer,
    sight: (who) => system.queries.sight(who),
    startRun: true,
    ...more,
  })
}
