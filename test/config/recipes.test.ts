import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { configOf } from '../../config.ts'
import { lacksOf, readRecipe, recipe, recipeNames, snake } from '../../config/recipes.ts'
import { contractOf, sourceColumns } from '../../entities/entities.ts'
import { ConfigError } from '../../errors.ts'
import { checkSources } from '../../pipelines/check/check.ts'
import { describeCheck } from '../../pipelines/check/words.ts'
import { publicData } from '../pipelines/sources/reading.ts'

const skip = existsSync(publicData) ? false : 'the public data sets are not here'

/** The fields of a system as its public schema lists them: 'Account.Name' in lower case. */
function fieldsOf(system: string): Set<string> {
  const lines = readFileSync(join(publicData, 'crm-schemas', 'crm_fields.csv'), 'utf8').split('\n')
  const rows = lines.map((line) => line.split(','))
  return new Set(
    rows.filter(([name]) => name === system).map(([, entity, field]) => `${entity}.${field}`.toLowerCase()),
  )
}

function referencesIn(columns: ReturnType<typeof readRecipe>['feeds'][number]['columns']): string[] {
  return Object.values(columns)
    .map((mapping) => (typeof mapping === 'string' ? mapping : mapping.from))
    .flatMap((text) => [...text.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? ''))
}

describe('recipes', () => {
  test('there are eight, and each says what its system cannot give, in both languages', () => {
    assert.deepEqual(recipeNames(), [
      'dynamics365',
      'erpnext',
      'odoo',
      'salesforce',
      'servicenow',
      'suitecrm',
      'zendesk',
      'zoho',
    ])
    for (const name of recipeNames()) {
      assert.ok(lacksOf(name).length > 0)
      for (const { en, zh } of lacksOf(name)) assert.ok(/\p{Script=Han}/u.test(zh) && !/\p{Script=Han}/u.test(en), name)
    }
    assert.throws(() => recipe('salesfroce'), ConfigError)
  })

  for (const name of recipeNames())
    test(`${name}: every feed fills the key and all that is required, and words go into words of the contract`, () => {
      for (const { entity, columns } of readRecipe(name).feeds) {
        for (const [column, contract] of Object.entries(sourceColumns(entity)))
          if (contract.required) assert.ok(column in columns, `${entity}.${column}`)
        for (const column of contractOf(entity).key) assert.ok(column in columns, `${entity}.${column}`)
        for (const [column, mapping] of Object.entries(columns)) {
          const allowed = sourceColumns(entity)[column]?.values
          if (typeof mapping === 'string' || allowed === undefined) continue
          for (const word of Object.values(mapping.values ?? {}))
            assert.ok(word === null || allowed.includes(word), `${entity}.${column}: ${word}`)
        }
      }
    })

  test('every field that the Salesforce recipe names is in the public schema', { skip }, () => {
    const known = fieldsOf('Salesforce')
    // The schema at hand has no object Product2; system fields stand on every object.
    const everywhere = new Set(['id', 'createddate', 'createdbyid', 'systemmodstamp', 'isdeleted', 'ownerid', 'name'])
    for (const { object, columns } of readRecipe('salesforce').feeds.filter(({ object }) => object !== 'Product2')) {
      for (const field of referencesIn(columns))
        assert.ok(
          everywhere.has(field.toLowerCase()) || known.has(`${object}.${field}`.toLowerCase()),
          `${object}.${field}`,
        )
    }
  })

  test('names as warehouses copy them', () => {
    assert.deepEqual(['CreatedDate', 'Id', 'Product2Id', 'Product2', 'Region__c', 'IsWon', 'account_id'].map(snake), [
      'created_date',
      'id',
      'product_2_id',
      'product_2',
      'region_c',
      'is_won',
      'account_id',
    ])
  })

  test("columns of one's own go over those of the recipe, and feeds are chosen", () => {
    const { feeds } = recipe('salesforce', {
      from: 'exports/{object}.csv',
      only: ['opportunities'],
      columns: { opportunities: { lead_source: 'Origin__c' } },
    })
    assert.equal(feeds.length, 1)
    assert.equal(feeds[0]?.from, 'exports/Opportunity.csv')
    assert.deepEqual(Object.entries(feeds[0]?.columns ?? {}).find(([name]) => name === 'lead_source')?.[1], 'Origin__c')
  })

  const exports: readonly [string, string, Parameters<typeof recipe>[1], Record<string, number>][] = [
    [
      'salesforce',
      'salesforce',
      { from: 'sf_{object}_data.csv', names: 'snake' },
      // Nine of its ten accounts and all its ten opportunities are marked as deleted.
      { customers: 1, employees: 10, products: 2, orders: 10, opportunities: 0 },
    ],
    ['zendesk', 'zendesk', { from: '{object}_data.csv' }, { customers: 10, employees: 1, requests: 8 }],
    ['servicenow', 'servicenow', { from: '{object}_data.csv' }, { customers: 1, employees: 1, assets: 0, requests: 1 }],
  ]
  for (const [name, folder, options, expected] of exports)
    test(`an export of ${name} fits by the recipe alone, and check says what is missing`, { skip }, async () => {
      const config = configOf(publicData, {
        sources: [
          { name: 'crm', kind: 'files', folder: join(publicData, 'crm-exports', folder), ...recipe(name, options) },
        ],
      })
      const report = await checkSources(config, { metrics: {}, lacksOf })
      const [source] = report.sources
      const words = describeCheck(report)
      for (const [entity, rows] of Object.entries(expected)) {
        const feed = source?.feeds.find((one) => one.entity === entity)
        assert.deepEqual([feed?.error, feed?.absent, feed?.problems], [undefined, undefined, []], words)
        assert.equal(feed?.sample?.rows, rows, `${entity}\n${words}`)
      }
      assert.match(words, /What this system cannot give:/)
      if (name === 'salesforce') assert.match(words, /– sf_case_data\.csv → requests: not there, left out/)
    })
})
