// npm run bench: what Trueworth costs beside bare DuckDB. Arguments: npm run bench -- --scale 10 --runs 5 --fresh --only run
import { parseArgs } from 'node:util'
import { compareApi } from './api-report.ts'
import { inProcess } from './child.ts'
import { isLanded } from './company.ts'
import { compareExtraction } from './extraction-report.ts'
import { megabytes, seconds } from './figures.ts'
import { compareModels } from './models-report.ts'
import { compareReading } from './reading-report.ts'
import { compareRuns } from './run-report.ts'

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '100' },
    runs: { type: 'string', default: '3' },
    fresh: { type: 'boolean', default: false },
    only: { type: 'string' },
    rows: { type: 'string', default: '2000000' },
  },
})
const scale = Number(values.scale)
const runs = Number(values.runs)
if (!Number.isInteger(scale) || scale < 1 || !Number.isInteger(runs) || runs < 1) {
  throw new Error(`--scale ${values.scale} --runs ${values.runs}: both are whole numbers from 1`)
}

if (!['extraction', 'models'].includes(values.only ?? '') && (values.fresh || !isLanded(scale))) {
  console.log(`sample company, scale ${scale}: making and landing it, once; kept in .trueworth/bench`)
  for (const step of ['sample', 'land']) {
    const { answer, peak } = await inProcess<{ rows: number; milliseconds: number }>('land.ts', step, String(scale))
    const what = step === 'sample' ? 'made and written' : 'first ordinary run: extracted, loaded, built, published'
    console.log(
      `  ${what}: ${answer.rows.toLocaleString('en')} rows in ${seconds(answer.milliseconds)}, peak memory ${megabytes(peak)}`,
    )
  }
}
const wants = (part: string): boolean => values.only === undefined || values.only === part
if (wants('run')) await compareRuns(scale, runs)
if (wants('reading')) await compareReading(scale)
if (wants('api')) await compareApi(scale)
if (wants('models')) await compareModels(10_000_000, runs)
if (wants('extraction')) await compareExtraction(Number(values.rows), runs)
