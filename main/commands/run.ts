import type { Config } from '../../config/define.ts'
import type { Source } from '../../config/source.ts'
import { ConfigError } from '../../errors.ts'
import { rebuild } from '../../pipelines/run/rebuild.ts'
import type { RunEvent } from '../../pipelines/run/journal.ts'
import { plainReport, type PlainReport } from '../plain-report.ts'
import { runTeller, type RunTeller, type Say } from '../progress.ts'
import { runningServer, runOnServer } from '../running-server.ts'
import { ensureSample } from '../sample.ts'
import { openSystem } from '../system.ts'

export interface RunFlags {
  readonly only?: readonly string[]
  readonly full?: boolean
  readonly asOf?: string
  readonly json?: boolean
  readonly verbose?: boolean
}

const silently = (): void => undefined

/** `trueworth run`: by the server where one holds the warehouse, else here. */
export async function runCommand(config: Config, flags: RunFlags, say: Say): Promise<number> {
  const teller = tellerOf(config, flags, say)
  await ensureSample(config.sample, flags.json ? silently : say, flags.verbose)
  const options = { ...(flags.only && { only: flags.only }), ...(flags.full && { full: true }) }
  const url = await runningServer(config)
  if (url !== undefined) {
    const order = { ...options, ...(flags.asOf && { as_of: flags.asOf }) }
    return ended(await runOnServer<PlainReport>(url, order, (event) => teller.tell(event as RunEvent)), flags, teller)
  }
  const system = await openSystem(config)
  try {
    const asOf = flags.asOf && { asOf: flags.asOf }
    const report = await system.run({ trigger: 'command', ...options, ...asOf }, (event) => teller.tell(event))
    return ended(plainReport(report), flags, teller)
  } finally {
    await system.close()
  }
}

/** `trueworth rebuild`: raw, history and everything after it from landing alone. */
export async function rebuildCommand(
  config: Config,
  flags: Pick<RunFlags, 'asOf' | 'json' | 'verbose'>,
  say: Say,
): Promise<number> {
  const url = await runningServer(config)
  if (url !== undefined) throw new ConfigError(`a server at ${url} holds the warehouse; stop it, then rebuild`)
  const teller = tellerOf(config, flags, say)
  const system = await openSystem(config)
  try {
    const deps = system.runDeps((event) => teller.tell(event))
    const report = await rebuild(deps, { trigger: 'command', ...(flags.asOf && { asOf: flags.asOf }) })
    return ended(plainReport(report), flags, teller)
  } finally {
    await system.close()
  }
}

/** How many feeds of each source a run reads. */
export function feedCounts(sources: readonly Source[], only?: readonly string[]): ReadonlyMap<string, number> {
  const counts = sources.map(({ name, feeds }): [string, number] => [
    name,
    feeds.filter(({ entity }) => only === undefined || only.includes(name) || only.includes(`${name}.${entity}`))
      .length,
  ])
  return new Map(counts)
}

function tellerOf({ sources }: Config, flags: RunFlags, say: Say): RunTeller {
  return runTeller(flags.json ? silently : say, feedCounts(sources, flags.only), flags.verbose)
}

/** Exit code: 0 where all went well; else that of the first failure, 1 where only some sources failed without one. */
function ended(report: PlainReport, { json }: RunFlags, teller: RunTeller): number {
  if (json) console.log(JSON.stringify(report, null, 2))
  else teller.report(report)
  return report.exit_code
}
