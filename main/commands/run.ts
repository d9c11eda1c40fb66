import { userInfo } from 'node:os'
import type { Config } from '../../config/define.ts'
import type { Source } from '../../config/source.ts'
import { ConfigError, RequestError } from '../../errors.ts'
import { rebuild } from '../../pipelines/run/rebuild.ts'
import type { RunEvent } from '../../pipelines/run/journal.ts'
import { plainReport, type PlainReport } from '../plain-report.ts'
import { runTeller, type RunTeller, type Say } from '../progress.ts'
import { runningServer, runOnServer } from '../running-server.ts'
import { ensureSample } from '../sample.ts'
import { openSystem, type RunOrder } from '../system.ts'

export interface RunFlags {
  readonly only?: readonly string[]
  readonly full?: boolean
  readonly asOf?: string
  readonly since?: string
  readonly until?: string
  readonly accept?: readonly string[]
  readonly json?: boolean
  readonly verbose?: boolean
}

const silently = (): void => undefined

/** `trueworth run`: by the server where one holds the warehouse, else here. */
export async function runCommand(config: Config, flags: RunFlags, say: Say): Promise<number> {
  await ensureSample(config.sample, flags.json ? silently : say, flags.verbose)
  const { only, full, asOf, since, until, accept } = flags
  const again = since === undefined && until === undefined ? undefined : { since, until: afterDay(until) }
  if (again !== undefined && only === undefined)
    throw new RequestError('since: name the feeds to read again with --only, e.g. --only crm.requests', {
      field: 'since',
    })
  return orderRun(config, { only, full, asOf, accept, again }, { flags, say })
}

/** A day that is meant to be read is read to its end. */
function afterDay(until: string | undefined): string | undefined {
  if (until === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(until)) return until
  return new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

type Given = { readonly [Name in keyof RunOrder]?: RunOrder[Name] | undefined | object }

/** Has a run, a correction or a decision done, by the server where one holds the warehouse. Answers the exit code. */
export async function orderRun(
  config: Config,
  given: Given,
  { flags, say }: { flags: RunFlags; say: Say },
): Promise<number> {
  const teller = tellerOf(config, flags, say)
  const order = JSON.parse(JSON.stringify(given)) as RunOrder
  const server = await runningServer(config)
  if (server !== undefined) {
    const { asOf, ...rest } = order
    const body = { ...rest, ...(asOf !== undefined && { as_of: asOf }) }
    return ended(await runOnServer<PlainReport>(server, body, (event) => teller.tell(event as RunEvent)), flags, teller)
  }
  const system = await openSystem(config)
  try {
    const report = await system.order({ ...order, by: userInfo().username }, (event) => teller.tell(event))
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
  const server = await runningServer(config)
  if (server !== undefined)
    throw new ConfigError(`a server at ${server.url} holds the warehouse; stop it, then rebuild`)
  const teller = tellerOf(config, flags, say)
  const system = await openSystem(config)
  try {
    const deps = system.runDeps((event) => teller.tell(event))
    const report = await rebuild(deps, {
      trigger: 'command',
      by: userInfo().username,
      ...(flags.asOf && { asOf: flags.asOf }),
    })
    await system.alerts?.evaluate('run')
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
