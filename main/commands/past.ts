import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Config } from '../../config/define.ts'
import { ConfigError } from '../../errors.ts'
import { parseMetricQuery } from '../../models/metrics/query-string.ts'
import type { Say } from '../progress.ts'
import { openSystem } from '../system.ts'

export interface PastFlags {
  readonly knownAt?: string
  readonly asOf?: string
  readonly out: string
  readonly json?: boolean
}

/** `trueworth past`: the figures of another moment, in a DuckDB file of their own that any tool may open. */
export async function pastCommand(config: Config, { knownAt, asOf, out, json }: PastFlags, say: Say): Promise<number> {
  const words = { ...(knownAt !== undefined && { known_at: knownAt }), ...(asOf !== undefined && { as_of: asOf }) }
  const moment = parseMetricQuery(new URLSearchParams(words))
  const file = resolve(out)
  if (existsSync(file)) throw new ConfigError(`${file} is there already; name another file with --out`)
  const system = await openSystem(config)
  try {
    const at = await system.writePast(file, moment)
    if (json) console.log(JSON.stringify({ file, as_of: at.asOf, known_at: at.knownAt }))
    else say(`figures as of ${at.asOf}, known at ${at.knownAt}: ${file}`)
    return 0
  } finally {
    await system.close()
  }
}
