import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { COMPARISONS, GRAINS, type MetricQuery } from '../../../models/metrics/metric.ts'
import { OPERATORS, formatMetricQuery, parseMetricQuery } from '../../../models/metrics/query-string.ts'

const parse = (text: string) => parseMetricQuery(new URLSearchParams(text))

test('a query string is read into metrics, dimensions, filters, order and page', () => {
  assert.deepEqual(
    parse(
      'metrics=revenue,profit_rank&by=customer&where=region:eq:华东&where=crm_class:in:VIP,key&period=trailing_12&order=-rank_drop&limit=50&offset=0',
    ),
    {
      metrics: ['revenue', 'profit_rank'],
      by: ['customer'],
      where: [
        { field: 'region', operator: 'eq', values: ['华东'] },
        { field: 'crm_class', operator: 'in', values: ['VIP', 'key'] },
        { field: 'period', operator: 'eq', values: ['trailing_12'] },
      ],
      order: ['-rank_drop'],
      limit: 50,
      offset: 0,
    },
  )
})

test('a comma within a value of `in` is written with a backslash', () => {
  assert.deepEqual(parse(String.raw`where=customer:in:Smith\, Jones,A\\B`).where[0]?.values, [
    'Smith, Jones',
    String.raw`A\B`,
  ])
})

test('a value may hold colons', () => {
  assert.deepEqual(parse('where=customer:eq:a:b:c').where[0]?.values, ['a:b:c'])
})

test('an unknown operator names the nearest one', () => {
  assert.throws(() => parse('where=region:equ:x'), /operator 'equ' is unknown. Did you mean 'eq'\? Valid: eq, ne,/)
})

test('a filter without operator says how to write one', () => {
  assert.throws(() => parse('where=region'), /Write field:operator:value/)
})

test('a limit that is no whole number is refused', () => {
  for (const limit of ['-1', '1.5', 'ten', '1e3']) assert.throws(() => parse(`limit=${limit}`), /whole number/)
})

test('every query is read back as it was written', () => {
  const plain = { noNullPrototype: true } as const
  const name = fc.stringMatching(/^[a-z_]{1,12}$/)
  const words = fc.uniqueArray(name, { maxLength: 4 })
  const text = fc.string({ unit: 'grapheme', maxLength: 12 })
  const value = fc.oneof(text, fc.constantFrom('a,b', '\\', '\\,', ':', '&=#+%', ' ', '华东'))
  const filter = fc.oneof(
    fc.record(
      { field: name, operator: fc.constantFrom(...OPERATORS.filter((each) => each !== 'in')), values: fc.tuple(value) },
      plain,
    ),
    fc.record(
      { field: name, operator: fc.constant('in' as const), values: fc.array(value, { minLength: 1, maxLength: 3 }) },
      plain,
    ),
  )
  const query: fc.Arbitrary<MetricQuery> = fc.record(
    {
      metrics: words,
      by: words,
      where: fc.array(filter, { maxLength: 3 }),
      order: words,
      limit: fc.nat(),
      offset: fc.nat(),
      grain: fc.constantFrom(...GRAINS),
      compare: fc.constantFrom(...COMPARISONS),
      top: fc.nat(),
      totals: fc.constant(true),
    },
    { requiredKeys: ['metrics', 'by', 'where', 'order'], noNullPrototype: true },
  )
  fc.assert(fc.property(query, (asked) => assert.deepEqual(parse(formatMetricQuery(asked)), asked)))
})
