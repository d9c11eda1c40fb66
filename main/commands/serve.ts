import type { Config } from '../../config/define.ts'
import { ConfigError } from '../../errors.ts'
import { runTeller, type Say } from '../progress.ts'
import { runningServer } from '../running-server.ts'
import { feedCounts } from './run.ts'
import { ensureSample } from '../sample.ts'
import { doorOf } from '../people.ts'
import { startServer } from '../server.ts'
import { openSystem } from '../system.ts'

export interface ServeFlags {
  readonly host?: string
  readonly port?: number
  /** Bring the figures up to date before serving. */
  readonly runFirst: boolean
  readonly verbose?: boolean
  readonly version: string
}

/** `trueworth start` and `trueworth serve`: ends with a URL and stays until it is told to stop. */
export async function serveCommand(config: Config, flags: ServeFlags, say: Say): Promise<number> {
  const host = flags.host ?? config.server.host
  await doorOf(config, host)
  const already = await runningServer(config)
  if (already !== undefined)
    throw new ConfigError(`a server for this configuration answers at ${already.url} already; stop it first`)
  if (flags.runFirst) await ensureSample(config.sample, say, flags.verbose)
  const system = await openSystem(config)
  try {
    if (flags.runFirst) {
      say('reading what is new, loading and building …')
      const teller = runTeller(say, feedCounts(config.sources), flags.verbose)
      teller.report(await system.run({ trigger: 'start' }, (event) => teller.tell(event)))
    }
    const server = await startServer(system, {
      host,
      port: flags.port ?? config.server.port,
      version: flags.version,
      say,
    })
    say('')
    const shows = config.sample ? 'Trueworth shows the sample company' : 'Trueworth'
    say(`${shows}, ${server.door === 'local' ? 'on this machine only' : 'for users who sign in'}:`)
    say(`  ${(server.door === 'users' ? config.signIn?.url : undefined) ?? server.url}`)
    say('')
    await toldToStop()
    await server.close()
    return 0
  } finally {
    await system.close()
  }
}

async function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
