// Child: makes the sample company of a scale and lands it through the ordinary run.
import { rm } from 'node:fs/promises'
import { makeSample } from '../../data/demo/sample.ts'
import { openSystem } from '../../main/system.ts'
import { answer } from './child.ts'
import { companyOf, folderOf, markLanded } from './company.ts'

const [step = '', scaleWord = ''] = process.argv.slice(2)
const scale = Number(scaleWord)
const config = companyOf(scale)
if (step === 'sample') {
  await rm(folderOf(scale), { recursive: true, force: true })
  const { rows, milliseconds } = await makeSample({ ...config.sample!, onProgress: () => undefined })
  answer({ rows, milliseconds })
} else {
  const system = await openSystem(config)
  const report = await system.run({ trigger: 'command' })
  await system.close()
  if (report.error !== null) throw new Error(report.error)
  markLanded(scale)
  const read = report.steps.filter((one) => one.step === 'extract')
  answer({ rows: report.rows, milliseconds: report.milliseconds, feeds: read.length })
}
