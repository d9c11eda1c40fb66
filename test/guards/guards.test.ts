import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { describe, test } from 'node:test'
import { guards } from './check.ts'

/** What each guard must find in its failing sample. A guard that finds nothing there guards nothing. */
const BITES: Readonly<Record<string, readonly RegExp[]>> = {
  types: [/wrong\.ts.*not assignable/],
  lint: [/no-floating-promises/],
  layout: [/untidy\.ts: not formatted/, /untidy\.sql: not formatted/],
  'dead code': [/neverCalled/],
  architecture: [
    /dashboards may not import data/,
    /dashboards may not import api/,
    /only config\.ts reads process\.env/,
    /only data\/ may import node:sqlite/,
    /data\/README\.md is missing/,
  ],
  generated: [/docs\/entities\.md/],
  trino: [
    /engine_only\.sql line 3: Trino would not parse this/,
    /functions\.sql line 5: list_aggregate\(\) is not/,
    /functions\.sql line 6: date_diff\('month'/,
  ],
}

describe('every guard bites', () => {
  for (const [name, guard] of Object.entries(guards)) {
    test(`${name} finds what is wrong with its failing sample`, async () => {
      const found = (await guard(resolve(import.meta.dirname, 'samples', name))).join('\n')
      const expected = BITES[name] ?? assert.fail(`guard '${name}' has no failing sample`)
      for (const pattern of expected) assert.match(found, pattern)
    })
  }
})
