// What /openapi.json says beside its answers: who need say who asks, and which values parameters take.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { QueryParameters } from '../../api/query-schemas.ts'
import { FORMATS } from '../../api/formats/format.ts'
import { COMPARISONS, GRAINS } from '../../models/metrics/metric.ts'
import type { ApiDocument } from '../../dashboards/pages/api-document.ts'
import { apiDocument } from '../support/api-document.ts'

const document: ApiDocument & { readonly security?: readonly object[] } = await apiDocument()

test('a server without users asks for no token, and takes one', () => {
  const { components, security } = document
  assert.deepEqual(Object.keys(components?.securitySchemes ?? {}), ['token', 'session'])
  assert.deepEqual(security, [{ token: [] }, { session: [] }, {}])
})

test('a parameter that is a word of a list names the list', () => {
  const { parameters = [] } = document.paths['/api/query']?.['get'] ?? {}
  assert.equal(parameters.length, Object.keys(QueryParameters.shape).length)
  const lists = parameters.flatMap(({ name, schema }) => (schema?.enum === undefined ? [] : [[name, schema.enum]]))
  assert.deepEqual(Object.fromEntries(lists), {
    grain: [...GRAINS],
    compare: [...COMPARISONS],
    totals: ['true', 'false'],
    format: [...FORMATS],
    lang: ['en', 'zh'],
  })
})
