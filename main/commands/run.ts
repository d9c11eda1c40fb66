import type { Config } from '../../config/define.ts'
import { ConfigError } from '../../errors.ts'
import { rebuild } from '../../pipelines/rebuild.ts'
import type { RunEvent } from '../../pipelines/run-journal.ts'
import type { RunReport } from '../../pipelines/run.ts'
import { exitCodeOf } from '../../terminal.ts'
import { sayReport, sayRun, type Say } from '../progress.ts'
import { runningServer, runOnServer } from '../running-server.ts'
import { ensureSample } from '../sample.ts'
import { openSystem } from '../system.ts'

export interface RunFlags {
  readonly only?: readonly string[]
  readonly full?: boolean
  readonly asOf?: string
  readonly json?: boolean
}

/** `trueworth run`: by the server where one holds the warehouse, else here. */
export async function runCommand(config: Config, flags: RunFlags, say: Say): Promise<number> {
  const tell = sayRun(flags.json ? () => undefined : say)
  await ensureSample(config.sample, flags.json ? () => undefined : say)
  const options = { ...(flags.only && { only: flags.only }), ...(flags.full && { full: true }) }
  const url = await runningServer(config)
  if (url !== undefined) {
    const order = { ...options, ...(flags.asOf && { as_of: flags.asOf }) }
    const report = await runOnServer<RunReport>(url, order, (event) => tell(event as RunEvent))
    return tellReport(report, flags, say)
  }
  const system = await openSystem(config)
  try {
    return tellReport(
      await system.run({ trigger: 'command', ...options, ...(flags.asOf && { asOf: flags.asOf }) }, tell),
      flags,
      say,
    )
  } finally {
    await system.close()
  }
}

/** `trueworth rebuild`: raw, history and everything after it from landing alone. */
export async function rebuildCommand(
  config: Config,
  flags: Pick<RunFlags, 'asOf' | 'json'>,
  say: Say,
): Promise<number> {
  const url = await runningServer(config)
  if (url !== undefined) throw new ConfigError(`a server at ${url} holds the warehouse; stop it, then rebuild`)
  const system = await openSystem(config)
  try {
    const deps = system.runDeps(sayRun(flags.json ? () => undefined : say))
    return tellReport(await rebuild(deps, { trigger: 'command', ...(flags.asOf && { asOf: flags.asOf }) }), flags, say)
  } finally {
    await system.close()
  }
}

/** Exit code: 0 where all went well; else that of the first failure, 1 where only some sources failed without one. */
function tellReport(report: RunReport, { json }: Pick<RunFlags, 'json'>, say: Say): number {
  const { failure, ...rest } = report
  if (json)
    console.log(JSON.stringify({ ...rest, steps: rest.steps.map(({ failure: _failure, ...step }) => step) }, null, 2))
  else sayReport(report, say)
  if (report.error === null) return 0
  return failure === undefined ? 1 : exitCodeOf(failure)
}
