import type { Config } from '../../config/define.ts'
import { lacksOf } from '../../config/recipes.ts'
import { Sights } from '../../api/access.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import { describeCheck } from '../../pipelines/check/words.ts'
import { checkSources } from '../../pipelines/check/check.ts'
import { ensureSample } from '../sample.ts'
import type { Say } from '../progress.ts'

/** `trueworth check`: exit code 3 where a source cannot be read or what is required is missing. */
export async function checkCommand(config: Config, flags: { json?: boolean }, say: Say): Promise<number> {
  // Wrong names in the rules of access are said here too, before anything is loaded.
  void new Sights(config.access, { metrics, dimensions })
  await ensureSample(config.sample, flags.json ? () => undefined : say)
  const report = await checkSources(config, { metrics, lacksOf })
  console.log(flags.json ? JSON.stringify(report, null, 2) : describeCheck(report))
  return report.fits ? 0 : 3
}
