// Every test/models/<schema>/<model>.yaml: an analyst adds one without TypeScript. Each case runs on its own rows.
import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { defaultPolicy } from '../../config/policy.ts'
import { installMacros } from '../../data/macros.ts'
import type { Graph } from '../../models/builder/model.ts'
import { planModels } from '../../models/builder/plan.ts'
import { readModels } from '../../models/builder/read.ts'
import { openScratch, type Scratch } from '../../models/builder/scratch.ts'
import { readCases, runCase, setRules } from './case.ts'

const root = resolve(import.meta.dirname, '../..')
const files = globSync('*/*.yaml', { cwd: import.meta.dirname }).toSorted()

let scratch: Scratch
let graph: Graph

before(async () => {
  scratch = await openScratch()
  graph = await planModels(scratch.session, await readModels(resolve(root, 'models')), scratch.known)
  await installMacros(scratch.session, { timeZone: 'Asia/Shanghai' })
  await setRules(scratch.session, defaultPolicy, {})
})
after(() => scratch.close())

for (const file of files) {
  const { model, cases } = await readCases(resolve(import.meta.dirname, file))
  describe(model, () => {
    for (const one of cases) test(one.test, () => runCase(scratch.session, graph, { model, ...one }))
  })
}

test('every rule about records is proved on a record at fault and on one in order', async () => {
  const unproved: string[] = []
  for (const { name } of graph.models.filter(({ schema }) => schema === 'rules')) {
    const file = `${name.replace('.', '/')}.yaml`
    const { cases } = files.includes(file) ? await readCases(resolve(import.meta.dirname, file)) : { cases: [] }
    const told = new Set(cases.flatMap(({ expect }) => expect.map((row) => row['is_fault'])))
    if (!told.has(true) || !told.has(false)) unproved.push(file)
  }
  assert.deepEqual(unproved, [])
  assert.ok(graph.models.filter(({ schema }) => schema === 'rules').length > 50)
})
