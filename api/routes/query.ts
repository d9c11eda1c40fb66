import { Hono, type Context } from 'hono'
import { describeRoute, validator } from 'hono-openapi'
import type { MetricQuery } from '../../models/metrics/metric.ts'
import { parseMetricQuery } from '../../models/metrics/query-string.ts'
import type { Env } from '../env.ts'
import { arrowChunks } from '../formats/arrow.ts'
import { csvChunks } from '../formats/csv.ts'
import { formatOf, MEDIA_TYPES, takesGzip, type Format } from '../formats/format.ts'
import { jsonBytes, jsonChunks } from '../formats/json.ts'
import { parquetChunks } from '../formats/parquet.ts'
import { streamAnswer } from '../formats/stream.ts'
import type { Language } from '../formats/words.ts'
import { SHEET_ROWS } from '../formats/workbook.ts'
import { xlsxChunks } from '../formats/xlsx.ts'
import type { Edition } from '../queries/edition.ts'
import { MOST_KEPT, type OpenAnswer, type Queries } from '../queries/queries.ts'
import { problems, refuseBeyond, shape, text } from '../requests.ts'
import { Answer, QueryParameters } from '../query-schemas.ts'

interface Asked {
  readonly query: MetricQuery
  readonly format: Format
  readonly lang: Language | undefined
}

const tag = text('Send it back as If-None-Match: 304 while the answer is still the same.')
const onStreams = (about: string) => ({
  description: `${about}; where the answer is streamed`,
  schema: { type: 'string' as const },
})
const bytes = { schema: { type: 'string' as const, format: 'binary' } }

const description = describeRoute({
  operationId: 'query',
  summary: 'Figures by name, split and filtered by dimensions, with what they stand on',
  responses: {
    200: {
      description:
        'The rows. Formats other than JSON, and JSON with a limit above 10000, are streamed, and say in headers what they stand on.',
      headers: {
        ETag: tag,
        'Content-Disposition': {
          description: 'Name of the file; formats other than JSON',
          schema: { type: 'string' as const },
        },
        'Trueworth-Version': onStreams('Version of the warehouse'),
        'Trueworth-As-Of': onStreams('Business date of the figures'),
        'Trueworth-Known-At': onStreams('What had been recorded by then'),
      },
      content: {
        [MEDIA_TYPES.json]: { schema: shape(Answer) },
        [MEDIA_TYPES.csv]: { schema: { type: 'string' } },
        [MEDIA_TYPES.arrow]: bytes,
        [MEDIA_TYPES.parquet]: bytes,
        [MEDIA_TYPES.xlsx]: bytes,
      },
    },
    304: { description: 'Nothing new was published since the answer with that ETag.', headers: { ETag: tag } },
    ...problems(400, 403, 406, 413, 429, 503),
  },
})

const parameters = validator('query', QueryParameters, refuseBeyond(QueryParameters))

export const query = ({ queries }: { queries: Queries }) =>
  new Hono<Env>().get('/', description, parameters, async (c) => {
    const asked = readAsked(c.req.url, c.req.header('accept'))
    const tag = `W/"${await queries.identity(c.var.viewer, asked.query)}-${asked.format}${asked.lang ?? ''}"`
    c.header('ETag', tag)
    c.header('Cache-Control', 'private, no-cache')
    c.header('Vary', 'Accept, Accept-Encoding')
    const known = c.req.header('if-none-match')?.trim() ?? ''
    if (holds(known, tag)) return c.body(null, 304)
    const answer = await (isKept(asked) ? answerJson(c, queries, asked) : answerStream(c, queries, asked))
    return known === '*' ? unchanged(c, answer) : answer
  })

function readAsked(url: string, accept: string | undefined): Asked {
  const parameters = new URL(url).searchParams
  const lang = parameters.get('lang') ?? undefined
  return {
    query: parseMetricQuery(parameters),
    format: formatOf(parameters.get('format') || undefined, accept),
    lang: lang === 'zh' || lang === 'en' ? lang : undefined,
  }
}

function isKept({ format, query: { limit = 0 } }: Asked): boolean {
  return format === 'json' && limit <= MOST_KEPT
}

async function answerJson(c: Context<Env>, queries: Queries, { query }: Asked): Promise<Response> {
  const answer = await queries.ask(c.var.viewer, query, { signal: c.req.raw.signal })
  const { bytes, gzipped } = await jsonBytes(answer, { gzip: takesGzip(c.req.header('accept-encoding')) })
  return c.body(bytes, 200, { 'Content-Type': MEDIA_TYPES.json, ...(gzipped && { 'Content-Encoding': 'gzip' }) })
}

/** Large answers are not kept: they are streamed, whatever their format. */
async function answerStream(c: Context<Env>, queries: Queries, asked: Asked): Promise<Response> {
  const answer = await queries.open(c.var.viewer, asked.query, {
    signal: c.req.raw.signal,
    ...(asked.format === 'xlsx' && { most: SHEET_ROWS }),
  })
  const headers = fileHeaders(answer.edition, asked.format)
  if (c.req.method !== 'HEAD')
    return c.body(await streamAnswer(answer, chunksOf(answer, queries, asked), c.req.raw.signal), 200, headers)
  answer.close()
  return c.body(null, 200, headers)
}

function chunksOf(answer: OpenAnswer, { catalogue }: Queries, { format, lang }: Asked): AsyncGenerator<Uint8Array> {
  if (format === 'json') return jsonChunks(answer)
  if (format === 'arrow') return arrowChunks(answer)
  if (format === 'xlsx') return xlsxChunks(answer, { catalogue, lang })
  return format === 'parquet' ? parquetChunks(answer) : csvChunks(answer, { catalogue, lang })
}

function fileHeaders(edition: Edition, format: Format): Record<string, string> {
  return {
    'Content-Type': format === 'csv' ? `${MEDIA_TYPES.csv}; charset=utf-8; header=present` : MEDIA_TYPES[format],
    ...(format === 'json'
      ? {}
      : { 'Content-Disposition': `attachment; filename="trueworth-${edition.as_of}.${format}"` }),
    'Trueworth-Version': String(edition.warehouse_version),
    'Trueworth-As-Of': edition.as_of,
    'Trueworth-Known-At': edition.known_at,
  }
}

/** If-None-Match compares weakly: the mark W/ does not count. */
function holds(known: string, tag: string): boolean {
  return known.split(',').some((each) => each.trim().replace(/^W\//, '') === tag.replace(/^W\//, ''))
}

/** `*` knows any answer: whether there is one is known when it is there. */
async function unchanged(c: Context<Env>, answer: Response): Promise<Response> {
  await answer.body?.cancel()
  for (const name of ['Content-Type', 'Content-Encoding', 'Content-Disposition']) c.header(name, undefined)
  return c.body(null, 304)
}
