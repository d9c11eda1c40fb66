import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { FilesSource, Source } from '../../../config/source.ts'
import { writeSqlite } from '../../../data/sqlite.ts'
import { mappingFile } from '../../../pipelines/propose/mapping-file.ts'
import { proposeMapping, type Proposal, type ProposedFeed } from '../../../pipelines/propose/propose.ts'

const root = resolve(import.meta.dirname, '../../..')
const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`

describe('a proposed mapping', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trueworth-propose-test-'))
    await mkdir(join(folder, 'out'))
    await writeFile(
      join(folder, 'Kunden.csv'),
      lines('Customer No;Company;Type;Territory', '1;Pumpen AG;Direct;Nord', '2;Ma & Söhne;Via dealer;Süd'),
    )
    await writeFile(
      join(folder, 'tickets-2026-04.csv'),
      lines(
        'Ticket;Customer No;Reported;Solved;What;Hours;Text',
        'T1;1;04.04.2026 08:15;05.04.2026 09:00;Breakdown;1,5;Pump leaks',
        'T2;2;30.04.2026 10:00;n/a;Birthday;12,25;Cake',
      ),
    )
    await writeFile(
      join(folder, 'tickets-2026-05.csv'),
      lines('Ticket;Customer No;Reported;Solved;What;Hours;Text', 'T3;1;04.05.2026 08:15;n/a;Question;0,5;Price?'),
    )
    await writeFile(
      join(folder, '销售明细.csv'),
      lines(
        '订单号,行号,客户编号,下单日期,物料,数量,金额',
        'A1,1,1,2026/05/01,P1,1,10.00',
        'A1,2,1,2026/05/01,P2,2,20.00',
      ),
    )
    await writeFile(join(folder, 'weather.csv'), lines('station,rain,wind', 'x,1,2'))
    await writeFile(join(folder, 'requests.csv'), lines('id,customer'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const files = (): FilesSource => ({ name: 'office', kind: 'files', folder, feeds: [] })
  const found = async (source: Source, tables?: readonly string[]): Promise<readonly Proposal[]> =>
    proposeMapping(source, { known: [], ...(tables !== undefined && { tables }) })
  const feedOf = (proposals: readonly Proposal[], entity: string): ProposedFeed => {
    const feed = proposals.flatMap(({ feeds }) => feeds).find((each) => each.entity === entity)
    assert.ok(feed !== undefined, `${entity} is proposed`)
    return feed
  }

  test('files that differ in a month are one set, and its delimiter, layouts, decimal comma and words for nothing are found', async () => {
    const { feed, columns, missing } = feedOf(await found(files()), 'requests')
    assert.equal(feed.from, 'tickets-*.csv')
    assert.equal(feed.delimiter, ';')
    assert.deepEqual(feed.dates, ['%d.%m.%Y %H:%M'])
    assert.deepEqual(feed.nulls, ['n/a'])
    assert.deepEqual(feed.columns, {
      request_id: 'Ticket',
      customer_id: 'Customer No',
      kind: { from: 'What', values: { Breakdown: 'fault', Question: 'inquiry' }, otherwise: null },
      opened_at: 'Reported',
      resolved_at: 'Solved',
      summary: 'Text',
    })
    assert.deepEqual(columns.find(({ column }) => column === 'kind')?.unknown, ['Birthday'])
    assert.deepEqual(missing, [])
  })

  test('decimal commas, marks between thousands and signs of money are found, and what no column takes is named', async () => {
    await writeFile(
      join(folder, 'out', 'sales.csv'),
      lines('Order;Line;Item;Qty;Price;Colour', 'A;1;P;1;€ 1.250,50;red', 'A;2;P;2,5;€ 3,00;blue'),
    )
    await writeFile(join(folder, 'out', 'us.csv'), lines('Order,Line,Item,Price', 'A,1,P,"$1,250.50"', 'A,2,P,$3.10'))
    const proposals = await found({ ...files(), folder: join(folder, 'out') }, ['sales.csv', 'us.csv'])
    const [comma, point] = proposals.map(({ feeds }) => feeds.find(({ entity }) => entity === 'order_lines')?.feed)
    assert.deepEqual([comma?.decimal, comma?.thousands, comma?.signs], [',', '.', ['€']])
    assert.deepEqual([point?.decimal, point?.thousands, point?.signs], [undefined, ',', ['$']])
    assert.deepEqual(proposals[0]?.left, ['Colour'])
  })

  test('a table in Chinese feeds order lines, and orders where no table of its own does', async () => {
    const proposals = await found(files())
    assert.deepEqual(feedOf(proposals, 'order_lines').feed.columns, {
      order_id: '订单号',
      line_id: '行号',
      product_id: '物料',
      quantity: '数量',
      amount: '金额',
    })
    assert.deepEqual(feedOf(proposals, 'orders').feed.columns, {
      order_id: '订单号',
      customer_id: '客户编号',
      ordered_at: '下单日期',
    })
  })

  test('a required column that no column is like stays open, and is never guessed', async () => {
    await writeFile(join(folder, 'out', 'machines.csv'), lines('Serial,Colour', 'S1,red', 'S2,blue'))
    const [proposal] = await found({ ...files(), folder: join(folder, 'out') }, ['machines.csv'])
    const text = mappingFile('office', [proposal as Proposal], './source.ts')
    if (proposal?.feeds[0] === undefined) assert.match(text, /no entity has columns like these. It has Serial, Colour/)
    else assert.ok(proposal.feeds[0].missing.includes('customer_id'))
  })

  test('a table unlike any entity, one without rows and one that cannot be read are told of', async () => {
    const proposals = await found(files(), ['weather.csv', 'requests.csv', 'nothing-here.csv'])
    assert.deepEqual(
      proposals.flatMap(({ feeds }) => feeds),
      [],
    )
    const text = mappingFile('office', proposals, './source.ts')
    assert.match(text, /weather\.csv: no entity has columns like these\. It has station, rain, wind/)
    assert.match(text, /requests\.csv has no rows/)
    assert.match(text, /nothing-here\.csv could not be read: .*nothing-here\.csv/)
  })

  test('days that can be read in two ways are left for a person to decide', async () => {
    await writeFile(
      join(folder, 'out', 'tickets.csv'),
      lines('id,customer,opened', 'T1,1,04/05/2026', 'T2,1,06/07/2026'),
    )
    const either = feedOf(await found({ ...files(), folder: join(folder, 'out') }, ['tickets.csv']), 'requests')
    assert.deepEqual(either.feed.dates, ['%d/%m/%Y'])
    assert.match(either.doubts.join(), /'opened': nothing in the sample tells whether days or months stand first/)
    await writeFile(
      join(folder, 'out', 'tickets.csv'),
      lines('id,customer,opened', 'T1,1,04/25/2026', 'T2,1,06/07/2026'),
    )
    const sure = feedOf(await found({ ...files(), folder: join(folder, 'out') }, ['tickets.csv']), 'requests')
    assert.deepEqual([sure.feed.dates, sure.doubts], [['%m/%d/%Y'], []])
  })

  test('a database is looked at table by table, and a column of changes becomes the cursor', async () => {
    const file = join(folder, 'desk.db')
    await writeSqlite(file, (writer) => {
      const text = (names: readonly string[]) => names.map((name) => ({ name, type: 'TEXT' }))
      writer.create('helpdesk_ticket', text(['id', 'account_id', 'created', 'updated_at', 'state']))
      writer.insert('helpdesk_ticket', [
        ['1', '7', '2026-01-01 10:00', '2026-01-02 10:00', 'open'],
        ['2', '8', '2026-01-03 10:00', '2026-01-03 10:00', 'done'],
      ])
      writer.create('helpdesk_account', text(['id', 'name', 'kind']))
      writer.insert('helpdesk_account', [['7', 'Mill', 'prospect']])
      writer.create('helpdesk_log', text(['x']))
    })
    const proposals = await found({ name: 'desk', kind: 'sqlite', file, feeds: [] })
    assert.deepEqual(
      proposals.map(({ table, feeds }) => [table, ...feeds.map(({ entity }) => entity)]),
      [['helpdesk_account', 'customers'], ['helpdesk_log'], ['helpdesk_ticket', 'requests']],
    )
    const requests = feedOf(proposals, 'requests').feed
    assert.deepEqual(requests.cursor, { column: 'updated_at', lag: { hours: 1 } })
    assert.deepEqual(requests.columns, {
      request_id: 'id',
      customer_id: 'account_id',
      opened_at: 'created',
      status: 'state',
    })
  })

  test('whatever columns and words are called, the file is TypeScript that says them as they are', async () => {
    await writeFile(
      join(folder, 'out', 'requests.csv'),
      lines(
        `id,customer,opened,"it's a "" type",kind`,
        `1,1,2026-01-01,x,"*/ process.exit(1) /*"`,
        `2,1,2026-01-01,x,"fault"`,
        `3,1,2026-01-01,x,"a\nb' \\"`,
        `4,1,2026-01-01,x,__proto__`,
      ),
    )
    const source = { ...files(), folder: join(folder, 'out') }
    const proposals = await found(source, ['requests.csv'])
    const file = join(folder, 'out', 'office.mapping.ts')
    await writeFile(file, mappingFile('office', proposals, join(root, 'config/source.ts')))
    await writeFile(join(folder, 'out', 'package.json'), JSON.stringify({ type: 'module' }))
    const settings = join(folder, 'out', 'tsconfig.json')
    await writeFile(settings, JSON.stringify({ extends: join(root, 'tsconfig.json'), include: [file], exclude: [] }))
    const tsc = join(root, 'node_modules/.bin/tsc')
    await promisify(execFile)(tsc, ['-p', settings, '--noEmit', '--typeRoots', join(root, 'node_modules/@types')], {
      cwd: dirname(file),
    })
    const { feeds } = (await import(file)) as { feeds: unknown }
    assert.deepEqual(feeds, JSON.parse(JSON.stringify(proposals.flatMap((each) => each.feeds.map(({ feed }) => feed)))))
  })
})
