import type { Config } from '../../config/define.ts'
import { RequestError } from '../../errors.ts'
import { formatMetricQuery, parseFilter } from '../../models/metrics/query-string.ts'
import type { Answer, Comparison, Grain } from '../../models/metrics/metric.ts'
import { answerTable, count } from '../../terminal.ts'
import { askApi } from '../ask-api.ts'
import { refusalOf } from '../running-server.ts'
import { writeOut } from '../write-out.ts'

export interface QueryFlags {
  readonly by?: readonly string[]
  readonly where?: readonly string[]
  readonly period?: string
  readonly grain?: Grain
  readonly compare?: Comparison
  readonly top?: number
  readonly totals?: boolean
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
    ...(flags.grain !== undefined && { grain: flags.grain }),
    ...(flags.compare !== undefined && { compare: flags.compare }),
    ...(flags.top !== undefined && { top: flags.top }),
    ...(flags.totals !== undefined && { totals: flags.totals }),
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
  const answer = await askApi(config, `/api/query?${query}&format=${format}`)
  if (!answer.ok) throw await refusalOf(answer)
  return new Uint8Array(await answer.arrayBuffer())
}

function asTable(bytes: Uint8Array): string {
  const answer = JSON.parse(Buffer.from(bytes).toString()) as Answer
  const { as_of, known_at, warehouse_version, coverage } = answer.evidence
  const { compared } = answer
  const partial = Object.entries(coverage)
    .filter(([, { share }]) => share !== null && share < 1)
    .map(([metric, { share }]) => `${metric} ${((share ?? 0) * 100).toFixed(1)} %`)
  return [
    answerTable(answer),
    '',
    `${count(answer.rows.length)} of ${count(answer.total)} rows · as of ${as_of} · known at ${known_at} · version ${warehouse_version}`,
    ...(compared === undefined
      ? []
      : [
          `compared: ${compared.period} with ${compared.with ?? 'its targets'}${compared.whole ? '' : ', months that still run left out'}`,
        ]),
    ...(partial.length === 0 ? [] : [`coverage: ${partial.join(', ')}`]),
    '',
  ].join('\n')
}

async function written(bytes: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve())),
  )
}
