import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { QueryParameters } from '../../api/query-schemas.ts'
import type { Answer } from '../../models/metrics/metric.ts'
import { openCompany, type Company } from './company.ts'

let company: Company
before(async () => {
  company = await openCompany()
})
after(async () => company.close())

async function ask(search: string): Promise<Answer> {
  const response = await company.app.request(`/api/query?${search}`)
  assert.equal(response.status, 200, await response.clone().text())
  return (await response.json()) as Answer
}

const rows = async (search: string) => (await ask(search)).rows.map((row) => Object.values(row))

describe('sums and joins', () => {
  test('without dimensions the answer is one row for everything', async () => {
    assert.deepEqual(await rows('metrics=revenue,profit'), [[4300.1, 649.95]])
  })

  test('figures of two marts stand in one row per group and none is counted twice', async () => {
    assert.deepEqual(
      await rows('metrics=revenue,requests,hours&by=region'),
      [
        ['华东', 3200.1, 3, 5.5],
        ['华北', 800, 0, null],
        ['华南', null, 1, 2],
        [null, 300, 1, 3],
      ].toSorted((a, b) => order(a[0], b[0])),
    )
  })

  test('a group that one mart lacks has the value of no rows: a count is 0, a sum is not known', async () => {
    assert.deepEqual(await rows('metrics=requests,revenue&by=region&where=region:eq:华北'), [['华北', 0, 800]])
  })

  test('three marts are joined on several dimensions, and not known equals not known', async () => {
    const answer = await rows('metrics=revenue,requests,customers&by=region,customer')
    assert.deepEqual(
      answer.find(([region, id]) => region === null && id === null),
      [null, null, null, null, 1, 0],
    )
    assert.deepEqual(
      answer.find(([, id]) => id === 'C4'),
      [null, 'C4', "O'Brien\\", 300, 0, 1],
    )
    assert.equal(answer.length, 6)
  })

  test('a dimension with words comes with a column of them', async () => {
    const { columns } = await ask('metrics=revenue&by=customer')
    assert.deepEqual(columns, [
      { name: 'customer', kind: 'dimension' },
      { name: 'customer_label', kind: 'label' },
      { name: 'revenue', kind: 'metric', unit: 'money' },
    ])
  })

  test('a derived figure follows the filters of its parts, and division by zero is not known', async () => {
    assert.deepEqual(await rows('metrics=revenue_per_request,profit_margin&where=region:eq:华北'), [[null, 0.0625]])
    assert.deepEqual(await rows('metrics=revenue_per_request&where=region:eq:华东'), [[1066.7]])
  })
})

describe('ranks and order', () => {
  test('ranks are places within the answer, ties share, not known comes last', async () => {
    assert.deepEqual(
      await rows('metrics=revenue_rank,profit_rank,rank_drop&by=customer&period=2025&order=revenue_rank'),
      [
        ['C2', '=HYPERLINK("http://x")', 1, 1, 0],
        ['C3', 'North, "Mills"', 1, 2, 1],
        ['C1', 'East Pumps', 3, 3, 0],
        ['C4', "O'Brien\\", 4, 4, 0],
      ],
    )
  })

  test('a filter on a figure leaves rows out after ranks were given', async () => {
    assert.deepEqual(await rows('metrics=profit_rank&by=customer&period=2025&where=rank_drop:gt:0'), [
      ['C3', 'North, "Mills"', 2],
    ])
  })

  test('an order by a figure that is not asked for is possible, and not known is last in both directions', async () => {
    const ids = async (order: string) => (await rows(`metrics=revenue&by=customer&order=${order}`)).map(([id]) => id)
    assert.deepEqual(await ids('profit'), ['C3', 'C1', 'C2', 'C4'])
    assert.deepEqual(await ids('-profit'), ['C2', 'C1', 'C3', 'C4'])
  })

  test('total counts all rows, whatever page is shown', async () => {
    for (const page of ['limit=2', 'limit=2&offset=2', 'limit=2&offset=9', 'limit=0', '', 'limit=4', 'offset=3']) {
      assert.equal((await ask(`metrics=revenue&by=customer&${page}`)).total, 4, page)
    }
    assert.equal((await ask('metrics=revenue&by=customer&where=revenue:gt:500&limit=1')).total, 3)
  })
})

describe('filters', () => {
  const ids = async (where: string) =>
    (await rows(`metrics=requests&by=opened_on&${where}`)).map(([day]) => String(day).slice(5))

  test('every operator does what its name says', async () => {
    assert.deepEqual(await ids('where=channel:eq:email'), ['01-09'])
    assert.deepEqual(await ids('where=channel:ne:phone'), ['01-09'])
    assert.deepEqual(await ids('where=customer:in:C2,C5'), ['03-02', '03-03'])
    assert.deepEqual(await ids('where=opened_on:gt:2025-03-02'), ['03-03'])
    assert.deepEqual(await ids('where=opened_on:gte:2025-03-02'), ['03-02', '03-03'])
    assert.deepEqual(await ids('where=opened_on:lt:2025-01-09'), ['01-05'])
    assert.deepEqual(await ids('where=opened_on:lte:2025-01-09'), ['01-05', '01-09'])
    assert.deepEqual(await ids('where=channel:contains:MAI'), ['01-09'])
    assert.deepEqual(await ids('where=urgent:eq:true&where=month:eq:2025-02'), ['02-11'])
  })

  test('an empty value means not known, and others differ from it', async () => {
    assert.deepEqual(await ids('where=region:eq:'), ['02-11'])
    assert.deepEqual(await ids('where=region:in:华南,'), ['02-11', '03-03'])
    assert.deepEqual(await ids('where=region:ne:华东'), ['02-11', '03-03'])
    assert.deepEqual(await ids('where=region:ne:'), ['01-05', '01-09', '03-02', '03-03'])
  })

  test('contains finds a customer by the name that is shown', async () => {
    assert.deepEqual(await rows('metrics=revenue&by=customer&where=customer:contains:mills'), [
      ['C3', 'North, "Mills"', 800],
    ])
  })
})

describe('periods', () => {
  const revenue = async (period: string) => (await rows(`metrics=revenue&period=${period}`))[0]?.[0]

  test('a period is resolved against the business date of the figures', async () => {
    assert.equal(await revenue('trailing_12'), 3400.1)
    assert.equal(await revenue('year_to_date'), 2400.1)
    assert.equal(await revenue('all_time'), 4300.1)
    assert.equal(await revenue('2024'), 1900)
    assert.equal(await revenue('2025-03'), 1600)
    assert.equal(await revenue('2025-01..2025-02'), 800.1)
  })

  test('figures without months are not cut by a period', async () => {
    assert.deepEqual(await rows('metrics=customers,revenue&period=2025-03'), [[4, 1600]])
  })
})

describe('evidence', () => {
  test('an answer says what it stands on', async () => {
    const { evidence } = await ask('metrics=revenue')
    assert.deepEqual(evidence, {
      as_of: '2025-03-17',
      known_at: '2025-03-17T22:00:00.000Z',
      warehouse_version: 1,
      coverage: {},
      // Its fields belong to no entity.
      figures: { revenue: { sources: [], read_at: null, stale: false, entry_lag_days: null } },
      sources: [
        { source: 'crm', read_at: '2025-03-20T01:00:00.000Z', stale: false },
        { source: 'erp', read_at: null, stale: true },
      ],
    })
  })

  test('coverage follows the filters, and a computed figure is covered as well as its weakest part', async () => {
    const coverage = async (search: string) => (await ask(search)).evidence.coverage
    assert.deepEqual(await coverage('metrics=profit,hours,revenue'), {
      profit: { share: 8 / 12, known: 8, of: 12 },
      hours: { share: 4 / 5, known: 4, of: 5 },
    })
    assert.deepEqual(await coverage('metrics=rank_drop&by=customer&where=region:eq:华北'), {
      rank_drop: { share: 0, known: 0, of: 1 },
    })
    assert.deepEqual(await coverage('metrics=hours&where=region:eq:华北'), { hours: { share: null, known: 0, of: 0 } })
  })
})

function order(a: unknown, b: unknown): number {
  if (a === null || b === null) return a === null ? 1 : -1
  return Buffer.compare(Buffer.from(JSON.stringify(a)), Buffer.from(JSON.stringify(b)))
}

test('an empty parameter is none, whichever it is but a filter', async () => {
  const answer = async (more: string): Promise<unknown> => {
    const response = await company.app.request(`/api/query?metrics=revenue&by=customer${more}`)
    assert.equal(response.status, 200, more)
    return response.json()
  }
  const plain = await answer('')
  for (const name of Object.keys(QueryParameters.shape).filter((each) => !['metrics', 'where'].includes(each)))
    assert.deepEqual(await answer(`&${name}=`), plain, name)
})
