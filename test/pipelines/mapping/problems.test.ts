import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { base, Mapper, one } from '../mapper.ts'

describe('a mapping that does not fit', () => {
  let mapper: Mapper
  before(async () => void (mapper = await Mapper.begin()))
  after(() => mapper.end())

  test('an unknown column says source, feed, entity column, what exists and the nearest name', async () => {
    const { problems } = await mapper.compile(
      { columns: { ...base, customer_id: 'custmer', summary: `upper(opend) || 'x'` } },
      one,
    )
    assert.deepEqual(
      problems.map(({ column, missing, nearest }) => [column, missing, nearest]),
      [
        ['customer_id', 'custmer', 'customer'],
        ['summary', 'opend', 'opened'],
      ],
    )
    assert.equal(
      problems[0]?.message,
      `crm: requests.csv → requests.customer_id: there is no column 'custmer'. Did you mean 'customer'? The source has id, customer, opened.`,
    )
  })

  test('every other fault of a mapping is found before anything runs', async () => {
    const faults: [object, RegExp][] = [
      [
        { columns: { ...base, custmer_id: 'customer' } },
        /requests has no column "custmer_id". Did you mean "customer_id"\?/,
      ],
      [
        { columns: { request_id: 'id', customer_id: 'customer' } },
        /"opened_at" is required and nothing is mapped to it/,
      ],
      [
        { columns: { ...base, channel: { from: 'id', values: { '1': 'telephone' } } } },
        /into 'telephone', which "channel" does not allow. It allows phone, email/,
      ],
      [{ columns: { ...base, summary: 'upper(' } }, /it is no SQL expression/],
      [
        { columns: { ...base, summary: '`urgent`' } },
        /a backtick is no quote in SQL; a fixed word stands in single quotes/,
      ],
      [{ columns: { ...base, summary: `id), (customer` } }, /no SQL expression|more than one/],
      [{ columns: { ...base, summary: 'max(customer)' } }, /it folds many rows into one/],
      [{ columns: { ...base, summary: 'uper(customer)' } }, /uper/],
      [
        { columns: { ...base, opened_at: 'length(opened)' } },
        /it gives BIGINT, and opened_at is read as instant. to_timestamp/,
      ],
      [{ columns: base, where: 'statsu = 1' }, /requests\.where: there is no column 'statsu'/],
      [
        { columns: base, cursor: { column: 'opend' } },
        /requests\.cursor: there is no column 'opend'. Did you mean 'opened'\?/,
      ],
    ]
    for (const [feed, message] of faults) {
      const { problems, rows } = await mapper.compile(feed, one)
      assert.equal(problems.length, 1, JSON.stringify([feed, problems]))
      assert.match(problems[0]?.message ?? '', message)
      assert.throws(() => rows('landed'), message)
    }
  })
})
