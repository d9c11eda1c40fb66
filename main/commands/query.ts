import { createApi } from '../../api/app.ts'
import type { Config } from '../../config/define.ts'
import { RequestError } from '../../errors.ts'
import { formatMetricQuery, parseFilter } from '../../models/metrics/query-string.ts'
import type { Answer } from '../../models/metrics/metric.ts'
import { answerTable, count, describeError } from '../../terminal.ts'
import { askServer, refusalOf, runningServer } from '../running-server.ts'
import { openSystem } from '../system.ts'
import { writeOut } from '../write-out.ts'

export interface QueryFlags {
  readonly by?: readonly string[]
  readonly where?: readonly string[]
  readonly period?: string
  readonly order?: readonly string[]
  readonly limit?: number
  readonly offset?: number
  readonly asOf?: string
  readonly knownAt?: string
  readonly format: string
  readonly out?: string
}

const BINARY = ['arrow', 'parquet', 'xlsx']

/** `trueworth query`: figures by name, through the same API a page asks. */
export async function queryCommand(config: Config, metrics: readonly string[], flags: QueryFlags): Promise<number> {
  const query = formatMetricQuery({
    metrics,
    by: flags.by ?? [],
    where: [
      ...(flags.where ?? []).map(parseFilter),
      ...(flags.period === undefined ? [] : [{ field: 'period', operator: 'eq' as const, values: [flags.period] }]),
    ],
    order: flags.order ?? [],
    ...(flags.limit !== undefined && { limit: flags.limit }),
    ...(flags.offset !== undefined && { offset: flags.offset }),
    ...(flags.asOf !== undefined && { asOf: flags.asOf }),
    ...(flags.knownAt !== undefined && { knownAt: flags.knownAt }),
  })
  if (BINARY.includes(flags.format) && flags.out === undefined && process.stdout.isTTY) {
    throw new RequestError(`${flags.format} is not for reading; name a file with --out`, { field: 'out' })
  }
  const bytes = await ask(config, query, flags.format === 'table' ? 'json' : flags.format)
  const shown = flags.format === 'table' ? Buffer.from(asTable(bytes)) : bytes
  if (flags.out === undefined) await written(shown)
  else await writeOut(flags.out, shown)
  return 0
}

async function ask(config: Config, query: string, format: string): Promise<Uint8Array> {
  const url = await runningServer(config)
  if (url !== undefined) return askServer(url, query, format)
  const system = await openSystem(config)
  try {
    const onFault = (error: unknown): void => console.error(describeError(error))
    const app = createApi({ queries: system.queries, status: system.status, version: '', loopback: false, onFault })
    const answer = await app.request(`/api/query?${query}&format=${format}`)
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer())
    throw await refusalOf(answer)
  } finally {
    await system.close()
  }
}

function asTable(bytes: Uint8Array): string {
  const answer = JSON.parse(Buffer.from(bytes).toString()) as Answer
  const { as_of, known_at, warehouse_version, coverage } = answer.evidence
  const partial = Object.entries(coverage)
    .filter(([, { share }]) => share !== null && share < 1)
    .map(([metric, { share }]) => `${metric} ${((share ?? 0) * 100).toFixed(1)} %`)
  return [
    answerTable(answer),
    '',
    `${count(answer.rows.length)} of ${count(answer.total)} rows · as of ${as_of} · known at ${known_at} · version ${warehouse_version}`,
    ...(partial.length === 0 ? [] : [`coverage: ${partial.join(', ')}`]),
    '',
  ].join('\n')
}

async function written(bytes: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve())),
  )
}
