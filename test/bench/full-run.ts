// Child: a full run from landing by Trueworth into a fresh warehouse file.
import { mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { openSystem } from '../../main/system.ts'
import { rebuild } from '../../pipelines/run/rebuild.ts'
import { answer } from './child.ts'
import { companyOf, folderOf } from './company.ts'

const scale = Number(process.argv[2])
const folder = join(folderOf(scale), 'full-run')
await rm(folder, { recursive: true, force: true })
await mkdir(folder)
await symlink(join(folderOf(scale), 'warehouse/landing'), join(folder, 'landing'))

let models = 0
const each: Record<string, number> = {}
const started = performance.now()
const system = await openSystem({ ...companyOf(scale), folder })
const report = await rebuild(
  system.runDeps((event) => {
    if (event.kind !== 'model') return
    models += event.milliseconds
    each[event.model] = event.milliseconds
  }),
  { trigger: 'command' },
)
const ran = performance.now()
await system.close()
const total = performance.now() - started
if (report.error !== null) throw new Error(report.error)

const loads = report.steps.filter(({ step }) => step === 'load')
for (const { source, entity, milliseconds } of loads) each[`${source}.${entity}`] = milliseconds
const load = loads.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
const build = report.steps.find(({ step }) => step === 'build')?.milliseconds ?? 0
const commit = report.steps.find(({ step }) => step === 'publish')?.milliseconds ?? 0
const close = total - (ran - started)
answer({
  phases: { load, models, audits: build - models, commit: commit + close, rest: total - load - build - commit - close },
  each,
  total,
  rows: report.rows,
  rejects: report.rejects,
})
