import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { entities } from '../../../entities/entities.ts'
import { planModels } from '../../../models/builder/plan.ts'
import { readModels } from '../../../models/builder/read.ts'
import { openScratch, type Scratch } from '../../../models/builder/scratch.ts'
import { dimensions, metrics } from '../../../models/metrics/catalogue.ts'
import type { MeasuredMetric } from '../../../models/metrics/metric.ts'

let scratch: Scratch

before(async () => {
  scratch = await openScratch()
  const models = await readModels(resolve(import.meta.dirname, '../../../models'))
  await planModels(scratch.session, models, scratch.known)
})
after(() => scratch.close())

const measured = Object.entries(metrics).filter((entry): entry is [string, MeasuredMetric] => 'mart' in entry[1])

test('every measured metric and its coverage can be computed from its mart', async () => {
  for (const [name, { mart, sql, coverage }] of measured) {
    const aggregates = [sql, ...(coverage ? [coverage.known, coverage.of] : [])].join(', ')
    await assert.doesNotReject(scratch.session.rows(`SELECT ${aggregates} FROM ${mart}`), name)
  }
})

test('a sum over nothing is zero, not null', async () => {
  for (const [name, { mart, sql, unit }] of measured) {
    // What nobody can foresee is not zero.
    if (!['count', 'money'].includes(unit) || mart === 'marts.forecasts') continue
    assert.deepEqual(await scratch.session.rows(`SELECT ${sql} AS figure FROM ${mart}`), [{ figure: 0 }], name)
  }
})

test('metrics are computed from metrics of the catalogue, never in a circle', () => {
  const upstream = (name: string, path: readonly string[]): void => {
    assert.ok(!path.includes(name), [...path, name].join(' → '))
    const metric = metrics[name]
    assert.ok(metric, `${path.at(-1)} is computed from ${name}, which does not exist`)
    const names = 'from' in metric ? metric.from : 'rankOf' in metric ? [metric.rankOf] : []
    for (const next of names) upstream(next, [...path, name])
  }
  for (const name of Object.keys(metrics)) upstream(name, [])
})

test('every dimension is a column of each mart it names, with its label', async () => {
  for (const [name, { columns, labels }] of Object.entries(dimensions)) {
    for (const [mart, column] of [...Object.entries(columns), ...Object.entries(labels ?? {})]) {
      await assert.doesNotReject(scratch.session.rows(`SELECT ${column} FROM ${mart}`), `${name} in ${mart}`)
    }
  }
})

test('every metric stands on fields that entities have', () => {
  for (const [name, { standsOn }] of Object.entries(metrics)) {
    for (const field of standsOn) {
      const [entity = '', column = ''] = field.split('.')
      const contract = Object.entries(entities).find(([known]) => known === entity)?.[1]
      assert.ok(contract && column in contract.columns, `${name} stands on ${field}, which no entity has`)
    }
  }
})

test('every word of the catalogue is there in English and Chinese', () => {
  const words = [
    ...Object.values(metrics).flatMap((metric) => [
      metric.words,
      metric.about,
      ...('coverage' in metric && metric.coverage ? [metric.coverage.words] : []),
    ]),
    ...Object.values(dimensions).flatMap((dimension) => [dimension.words, ...Object.values(dimension.values ?? {})]),
  ]
  for (const { en, zh } of words) {
    assert.match(en, /\p{Script=Latin}/u)
    assert.ok(zh === 'VIP' || /\p{Script=Han}/u.test(zh), `${en}: ${zh}`)
  }
})

test('no two metrics share a name on screen', () => {
  for (const language of ['en', 'zh'] as const) {
    const names = Object.values(metrics).map(({ words }) => words[language])
    assert.deepEqual(names.toSorted(), [...new Set(names)].toSorted())
  }
})
