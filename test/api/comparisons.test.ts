import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { localAccess } from '../../api/access.ts'
import type { Answer } from '../../models/metrics/metric.ts'
import { openCompany, type Company } from './company.ts'

const viewer = (request: Request) => ({ id: 'x', name: 'X', roles: [request.headers.get('x-role') ?? 'owner'] })

let company: Company
before(async () => {
  company = await openCompany({ access: { ...localAccess, east: { rows: { region: ['华东'] } } }, viewer })
})
after(async () => company.close())

async function ask(search: string, role = 'owner'): Promise<Answer> {
  const response = await company.app.request(`/api/query?${search}`, { headers: { 'x-role': role } })
  assert.equal(response.status, 200, await response.clone().text())
  return (await response.json()) as Answer
}
const rows = async (search: string, role?: string) => (await ask(search, role)).rows.map((row) => Object.values(row))

async function refused(search: string, field: string, detail: RegExp): Promise<void> {
  const response = await company.app.request(`/api/query?${search}`)
  const body = (await response.json()) as { field: string; detail: string }
  assert.deepEqual([response.status, body.field], [400, field], body.detail)
  assert.match(body.detail, detail)
}

describe('spans of time', () => {
  test('a grain cuts the month that is split by, and adds it where none is', async () => {
    const quarters = [
      ['2024-01-01', 900],
      ['2024-04-01', 1000],
      ['2025-01-01', 2400.1],
    ]
    assert.deepEqual(await rows('metrics=revenue&by=month&grain=quarter'), quarters)
    const { columns } = await ask('metrics=revenue&grain=quarter')
    assert.deepEqual(columns[0], { name: 'month', kind: 'dimension', grain: 'quarter' })
    assert.deepEqual(await rows('metrics=revenue,requests&by=region&grain=year&where=region:eq:华东'), [
      ['华东', '2024-01-01', 1900, 0],
      ['华东', '2025-01-01', 1300.1, 3],
    ])
  })

  test('days are cut to weeks that begin on Monday, and to months', async () => {
    assert.deepEqual(await rows('metrics=requests&by=opened_on&grain=week'), [
      ['2024-12-30', 1],
      ['2025-01-06', 1],
      ['2025-02-10', 1],
      ['2025-02-24', 1],
      ['2025-03-03', 1],
    ])
    assert.deepEqual((await rows('metrics=requests&by=opened_on&grain=month')).at(-1), ['2025-03-01', 2])
  })

  test('a grain that cannot be is refused with the nearest that can', async () => {
    const finer = /finer than 'month'.*Did you mean 'month'\? Valid: month, quarter, year/
    await refused('metrics=revenue&grain=week', 'grain', finer)
    await refused('metrics=requests&by=month&grain=day', 'grain', /Split by a day instead: opened_on/)
    await refused('metrics=requests&by=month,opened_on&grain=month', 'grain', /several: month, opened_on/)
    await refused('metrics=customers&grain=month', 'grain', /no month or day/)
    await refused('metrics=revenue&grain=quater', 'grain', /Did you mean 'quarter'/)
  })
})

describe('comparisons', () => {
  test('each figure has the one before, the difference and its share, of months that are over', async () => {
    const answer = await ask('metrics=revenue,requests&period=year_to_date&compare=last_year')
    assert.deepEqual(answer.compared, {
      kind: 'last_year',
      period: '2025-01..2025-02',
      with: '2024-01..2024-02',
      whole: false,
    })
    assert.deepEqual(answer.rows, [
      {
        revenue: 800.1,
        revenue_compared: 900,
        revenue_difference: -99.9,
        revenue_relative: -0.111,
        requests: 3,
        requests_compared: 0,
        requests_difference: 3,
        requests_relative: null,
      },
    ])
  })

  test('groups of both sides are there, months lined up', async () => {
    assert.deepEqual(await rows('metrics=revenue&by=customer,month&period=2025-01..2025-02&compare=last_year'), [
      ['C1', 'East Pumps', '2025-01-01', 500.1, null, null, null],
      ['C1', 'East Pumps', '2025-02-01', null, 900, null, null],
      ['C4', "O'Brien\\", '2025-02-01', 300, null, null, null],
    ])
    assert.deepEqual(await rows('metrics=requests&grain=quarter&period=2025-01..2025-02&compare=previous'), [
      ['2025-01-01', 3, 0, 3, null],
    ])
  })

  test('order and filters know the columns of a comparison', async () => {
    const ids = async (more: string) =>
      (await rows(`metrics=requests&by=region&period=2025-01..2025-02&compare=previous&${more}`)).map(([id]) => id)
    assert.deepEqual(await ids('order=-requests_difference'), ['华东', null])
    assert.deepEqual(await ids('order=requests_difference'), [null, '华东'])
    assert.deepEqual(await ids('where=requests_difference:gt:1'), ['华东'])
  })

  test('a target is of the company, or of regions where the question is about regions', async () => {
    const target = async (more: string, role?: string) =>
      rows(`metrics=revenue&period=2025-01..2025-02&compare=target${more}`, role)
    const january = async (more: string, role?: string) =>
      rows(`metrics=revenue&period=2025-01&compare=target${more}`, role)
    assert.deepEqual(await target(''), [[800.1, 800, 0.1, 0.000125]])
    assert.deepEqual(await january('&by=region'), [
      ['华东', 500.1, 400, 100.1, 0.25025],
      ['华南', null, 50, null, null],
    ])
    assert.deepEqual(await january('&where=region:eq:华东'), [[500.1, 400, 100.1, 0.25025]])
    assert.deepEqual(await january('&where=region:in:华东,华南'), [[500.1, 450, 50.1, 50.1 / 450]])
    assert.deepEqual(await target('&grain=month'), [
      ['2025-01-01', 500.1, 600, -99.9, -0.1665],
      ['2025-02-01', 300, 200, 100, 0.5],
    ])
    assert.equal((await ask('metrics=revenue&period=2025-01&compare=target')).compared?.with, null)
    // Who may see one region sees no target of the whole.
    assert.deepEqual(await target('', 'east'), [[500.1, null, null, null]])
    assert.deepEqual(await january('&by=region', 'east'), [['华东', 500.1, 400, 100.1, 0.25025]])
  })

  test('where one of the months or regions has no target, there is none', async () => {
    const target = async (more: string) =>
      (await rows(`metrics=revenue&compare=target&${more}`)).map((row) => row.at(-3))
    assert.deepEqual(await target('period=2024-06..2025-02'), [null])
    assert.deepEqual(await target('period=2025-01..2025-02&by=region'), [null, null, null])
    assert.deepEqual(await target('period=2025-01..2025-02&where=region:eq:华东'), [null])
    assert.deepEqual(await target('period=2025-01&where=region:in:华东,华北'), [null])
    assert.deepEqual(await target('period=2025-01&where=region:ne:华北'), [null])
    assert.deepEqual(await target('period=2024-06..2025-02&grain=year'), [null, 800])
    assert.deepEqual(await target('period=2025-01..2025-02&grain=quarter'), [800])
  })

  test('the total beside regions has the target of the company; the rest of them, and what a filter on figures leaves, have none', async () => {
    const target = async (more: string) =>
      (await ask(`metrics=revenue&by=region&period=2025-01&compare=target&totals=true${more}`)).rows.map((row) => [
        row['row_kind'],
        row['revenue_compared'],
      ])
    assert.deepEqual(await target(''), [
      ['group', 400],
      ['group', 50],
      ['total', 600],
    ])
    assert.deepEqual(await target('&top=1'), [
      ['group', 400],
      ['rest', null],
      ['total', 600],
    ])
    assert.deepEqual(await target('&where=revenue:gt:1'), [
      ['group', 400],
      ['total', null],
    ])
  })

  test('days stand beside those as far into the other period, each once; a year apart they keep their date', async () => {
    const days = ['2025-01-28', '2025-01-31', '2025-02-28', '2024-02-29', '2024-02-28']
    const { app, warehouse, close } = await openCompany()
    const added = days.map((day) => `('${day}', date_trunc('month', DATE '${day}'), 'C1', '华东', 'phone', TRUE, 1)`)
    await warehouse.write((session) =>
      session.run(`TRUNCATE marts.requests; INSERT INTO marts.requests VALUES ${added.join()}`),
    )
    const compared = async (more: string) => {
      const answer = (await (await app.request(`/api/query?metrics=requests&by=opened_on&${more}`)).json()) as Answer
      return answer.rows.map(({ opened_on: day, requests, requests_compared: was }) => [day, requests, was])
    }
    const previous = [
      ['2025-02-28', 1, 1],
      ['2025-03-03', 0, 1],
    ]
    assert.deepEqual(await compared('period=2025-02&compare=previous'), previous)
    assert.deepEqual(await compared('period=2025-02&compare=previous&grain=day'), previous)
    assert.deepEqual(await compared('period=2025-02&compare=last_year'), [['2025-02-28', 1, 2]])
    assert.deepEqual(await compared('period=2025-02&compare=previous&grain=month'), [['2025-02-01', 1, 2]])
    await close()
  })

  test('what cannot be compared is refused with what can', async () => {
    const months = 'metrics=revenue&period=2025-01'
    await refused('metrics=revenue&compare=previous', 'period', /needs a period with a first month/)
    await refused('metrics=revenue&period=all_time&compare=previous', 'period', /needs a period/)
    await refused('metrics=revenue&period=2025-03&compare=previous', 'period', /over on 2025-03-17/)
    await refused('metrics=revenue,customers&period=2024&compare=previous', 'compare', /marts.customers has no months/)
    const sayPeriod = /Say the months with period/
    await refused(`${months}&compare=previous&where=month:gte:2025-01`, 'where', sayPeriod)
    const requests = 'metrics=requests&period=2025-02&compare=previous'
    await refused(`${requests}&where=opened_on:gte:2025-02-01`, 'where', sayPeriod)
    await refused(`${requests}&by=month,opened_on`, 'by', /lines up one month or day.*: month, opened_on/)
    await refused('metrics=profit&period=2025-01&compare=target', 'compare', /no targets for 'profit'.*: revenue/)
    await refused(
      `${months}&by=customer&compare=target`,
      'by',
      /marts.target_months does not carry it.*Valid: month, region/,
    )
    await refused(`${months}&compare=previus`, 'compare', /Did you mean 'previous'/)
    await refused('metrics=revenue&order=revenue_difference', 'order', /is unknown/)
    await refused('metrics=revenue&period=trailing12', 'period', /Did you mean 'trailing_12'/)
  })
})

describe('the first and the rest', () => {
  test('all others are one row, whose ratio is its own and which has no place', async () => {
    assert.deepEqual(await rows('metrics=revenue,profit_margin,revenue_rank&by=customer&top=1&totals=true'), [
      ['C1', 'East Pumps', 2400.1, 299.95 / 2400.1, 1, 'group'],
      [null, null, 1900, 350 / 1900, null, 'rest'],
      [null, null, 4300.1, 649.95 / 4300.1, null, 'total'],
    ])
  })

  test('of places the first ones lead', async () => {
    const places = await rows('metrics=revenue_rank&by=customer&top=2')
    assert.deepEqual(
      places.map(([customer, , rank]) => [customer, rank]),
      [
        ['C1', 1],
        ['C2', 2],
        [null, null],
      ],
    )
  })

  test('the first values of the first dimension are split by the others, and so is the rest', async () => {
    assert.deepEqual(await rows('metrics=revenue&by=customer&grain=year&top=1&order=month'), [
      ['C1', 'East Pumps', '2024-01-01', 1900, 'group'],
      ['C1', 'East Pumps', '2025-01-01', 500.1, 'group'],
      [null, null, '2025-01-01', 1900, 'rest'],
    ])
  })

  test('a rest of nothing is no row; pages count the rest and not the totals, which are on each', async () => {
    const { rows: all, total } = await ask('metrics=revenue&by=customer&top=4')
    assert.deepEqual([all.length, total], [4, 4])
    const page = async (more: string) => {
      const answer = await ask(`metrics=revenue&by=customer&top=2&totals=true&${more}`)
      return [answer.total, ...answer.rows.map((row) => row['customer'] ?? row['row_kind'])]
    }
    assert.deepEqual(await page('limit=2'), [3, 'C1', 'C2', 'total'])
    assert.deepEqual(await page('limit=2&offset=2'), [3, 'rest', 'total'])
    assert.deepEqual(await page('limit=2&offset=9'), [3, 'total'])
  })

  test('totals are of what a filter on figures leaves', async () => {
    assert.deepEqual(
      await rows('metrics=revenue,requests&by=customer&where=revenue:gt:500&totals=true&order=-revenue'),
      [
        ['C1', 'East Pumps', 2400.1, 2, 'group'],
        ['C2', '=HYPERLINK("http://x")', 800, 1, 'group'],
        ['C3', 'North, "Mills"', 800, 0, 'group'],
        [null, null, 4000.1, 3, 'total'],
      ],
    )
  })

  test('people read what a row is in their language', async () => {
    const csv = async (more: string) =>
      (await company.app.request(`/api/query?metrics=revenue&by=region&top=1&totals=true&format=csv${more}`)).text()
    assert.match(await csv(''), /region,revenue,row_kind\r\n华东,3200.1,group\r\n,1100,rest\r\n,4300.1,total\r\n/)
    assert.match(await csv('&lang=zh'), /词,收入,行类型\r\n华东,3200.1,分组\r\n,1100,其余\r\n,4300.1,合计\r\n/)
  })

  test('what cannot be is refused', async () => {
    await refused('metrics=revenue&top=3', 'top', /name a dimension in by/)
    await refused('metrics=revenue&by=customer&top=0', 'top', /not from 1 to 1000/)
    await refused('metrics=revenue&by=customer&top=many', 'top', /whole number/)
    await refused('metrics=revenue&by=customer&totals=yes', 'totals', /Valid: true, false/)
  })
})
