import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { entityNames, sourceColumns } from '../../../entities/entities.ts'
import { plain, vocabulary } from '../../../pipelines/propose/vocabulary.ts'

describe('names compared', () => {
  for (const [name, same] of [
    ['CreatedDate', 'created at'],
    ['created_at', 'created at'],
    ['Created on', 'created at'],
    ['Ticket No.', 'ticket id'],
    ['ticketId', 'ticket id'],
    ['Region__c', 'region'],
    ['客户编号', '客户 id'],
    ['报修时间', '报修 at'],
    ['ＱＴＹ', 'quantity'],
    ['NumberOfEmployees', 'count of employee'],
    ['status', 'status'],
    ['Companies', 'company'],
  ] as const)
    test(`'${name}' is '${same}'`, () => assert.equal(plain(name), same))

  test('every word of the vocabulary stands for an entity, a column or a word of a contract', async () => {
    const known = vocabulary([])
    const columns = new Set(entityNames.flatMap((entity) => Object.keys(sourceColumns(entity))))
    const words = new Set(
      entityNames.flatMap((entity) => Object.values(sourceColumns(entity)).flatMap(({ values = [] }) => values)),
    )
    const { readFile } = await import('node:fs/promises')
    const { parse } = await import('yaml')
    const file = parse(await readFile('pipelines/propose/vocabulary.yaml', 'utf8')) as Record<string, object>
    const { entities = {}, columns: shared = {}, values = {}, ...own } = file
    assert.deepEqual(
      Object.keys(entities).filter((name) => known.entities[name] === undefined),
      [],
    )
    assert.deepEqual(
      Object.keys(shared).filter((name) => !columns.has(name)),
      [],
    )
    assert.deepEqual(
      Object.keys(values).filter((word) => !words.has(word)),
      [],
    )
    const unknown = Object.entries(own).flatMap(([entity, lists]) =>
      Object.keys(lists).filter((name) => known.columns[`${entity}.${name}`] === undefined),
    )
    assert.deepEqual(unknown, [])
    assert.deepEqual(
      entityNames.filter((name) => !(name in entities)),
      [],
      'no entity is without names',
    )
  })
})
