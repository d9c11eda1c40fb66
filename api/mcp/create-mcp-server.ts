import { McpServer, ProtocolError, ProtocolErrorCode, type CallToolResult } from '@modelcontextprotocol/server'
import * as z from 'zod'
import type { PolicyStatus } from '../../models/metrics/what-if.ts'
import type { Language } from '../../entities/language.ts'
import { ChangeDocument, ChangeParameters } from '../change-schemas.ts'
import type { Problem } from '../problems.ts'
import { Answer, QueryParameters } from '../query-schemas.ts'
import { CatalogueDocument } from '../schemas.ts'
import { findFigures, FoundFigures, type Catalogue } from './find-figures.ts'
import { policyInWords } from './policy-in-words.ts'

export interface McpDeps {
  /** Asks the API as the one who asks: `/api/catalog`. What it refuses is refused here, in its words. */
  readonly ask: (path: string, signal?: AbortSignal) => Promise<Response>
  /** Version of Trueworth. */
  readonly version: string
}

/** Rows of an answer where nobody names a number: an assistant reads them all. */
const ROWS = 50
const reads = { readOnlyHint: true, openWorldHint: false } as const

const MetricExplained = z.object({
  metric: CatalogueDocument.shape.metrics.element,
  computed_from: z.array(CatalogueDocument.shape.metrics.element).describe('Metrics behind it, down to measured ones'),
  now: Answer.describe('The figure over all time, with its evidence: sources, age, coverage'),
})

/** Metrics by name for an assistant: every tool is a question to the API, so its catalogue, rules and limits are the same. */
export function createMcpServer({ ask, version }: McpDeps): McpServer {
  const server = new McpServer(
    { name: 'trueworth', title: 'Trueworth', version },
    { instructions: INSTRUCTIONS, capabilities: { tools: {}, resources: {} } },
  )
  const answer = async <T>(path: string, signal?: AbortSignal): Promise<T> => {
    const response = await ask(path, signal)
    if (response.ok) return (await response.json()) as T
    throw new Refusal((await response.json()) as Problem)
  }
  const catalogue = (signal: AbortSignal): Promise<Catalogue> => answer('/api/catalog', signal)

  server.registerTool(
    'find_figures',
    {
      title: 'Find metrics and dimensions',
      description:
        'The metrics and dimensions that fit some words, English or Chinese, best first. Without words: all names.',
      inputSchema: z.strictObject({ words: z.string().max(200).optional().describe('cost of service visits, 利润') }),
      outputSchema: FoundFigures,
      annotations: reads,
    },
    ({ words = '' }, { mcpReq }) => told(async () => findFigures(await catalogue(mcpReq.signal), words)),
  )
  server.registerTool(
    'query',
    {
      title: 'Ask for figures',
      description: `Figures by name, split and filtered by dimensions, with evidence. ${ROWS} rows where no limit is named.`,
      inputSchema: asArguments({
        ...QueryParameters.omit({ format: true, lang: true }).shape,
        limit: QueryParameters.shape.limit.describe(`Rows at most: ${ROWS} where absent`),
      }),
      outputSchema: Answer,
      annotations: reads,
    },
    (asked, { mcpReq }) =>
      told(() => answer(`/api/query?${searchOf({ ...asked, limit: asked['limit'] ?? ROWS })}`, mcpReq.signal)),
  )
  server.registerTool(
    'explain_metric',
    {
      title: 'Explain a metric',
      description:
        'What a metric means, what it is computed from and stands on, and how complete and fresh that is now.',
      inputSchema: z.strictObject({ metric: z.string().max(200) }),
      outputSchema: MetricExplained,
      annotations: reads,
    },
    ({ metric }, { mcpReq }) =>
      told(async () => {
        const now = await answer(`/api/query?${searchOf({ metrics: metric, limit: '1' })}`, mcpReq.signal)
        const { metrics } = await catalogue(mcpReq.signal)
        const [explained, ...computed_from] = withOrigins(metrics, metric)
        return { metric: explained, computed_from, now }
      }),
  )
  server.registerTool(
    'explain_change',
    {
      title: 'Explain a change',
      description:
        'Why a metric changed between two periods: volume, mix, price or rate, allocation rule, late records; is = was + their sum, to the cent.',
      inputSchema: asArguments(ChangeParameters.shape),
      outputSchema: ChangeDocument,
      annotations: reads,
    },
    (asked, { mcpReq }) => told(() => answer(`/api/changes?${searchOf(asked)}`, mcpReq.signal)),
  )
  const resource = {
    description: 'Every metric and dimension, with words, unit and meaning',
    mimeType: 'application/json',
  }
  server.registerResource('catalogue', 'trueworth://catalogue', resource, async ({ href: uri }, { mcpReq }) =>
    read(async () => ({ uri, mimeType: resource.mimeType, text: JSON.stringify(await catalogue(mcpReq.signal)) })),
  )
  for (const language of ['en', 'zh'] as const satisfies readonly Language[]) {
    const policy = { description: 'The policy in force, in words', mimeType: 'text/markdown' }
    server.registerResource(
      `policy-${language}`,
      `trueworth://policy/${language}`,
      policy,
      async ({ href: uri }, { mcpReq }) =>
        read(async () => {
          const status = await answer<PolicyStatus>('/api/policy', mcpReq.signal)
          return {
            uri,
            mimeType: policy.mimeType,
            text: policyInWords(status, await catalogue(mcpReq.signal), language),
          }
        }),
    )
  }
  return server
}

const INSTRUCTIONS =
  'Trueworth tells what each customer is worth after what it costs to serve. Find names with find_figures, then ask with query. ' +
  'Every answer carries evidence: business date, when its sources were read, and the share of rows that had what a figure needs. Say it where coverage is below 1 or a source is stale. ' +
  'Figures are not known where they are null; never take them for 0.'

/** What the API refused. */
class Refusal extends Error {
  constructor({ title, detail, field }: Problem) {
    super(`${title}: ${detail}${field === undefined ? '' : ` (${field})`}`)
  }
}

async function told(tell: () => Promise<unknown>): Promise<CallToolResult> {
  try {
    const structuredContent = (await tell()) as Record<string, unknown>
    return { structuredContent, content: [{ type: 'text', text: JSON.stringify(structuredContent) }] }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { isError: true, content: [{ type: 'text', text: error.message }] }
  }
}

interface Contents {
  readonly uri: string
  readonly mimeType: string
  readonly text: string
}

async function read(tell: () => Promise<Contents>): Promise<{ contents: Contents[] }> {
  try {
    return { contents: [await tell()] }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, error.message)
  }
}

/** The parameters of the API as arguments: the same names and words; null where one may be absent. */
function asArguments(parameters: Readonly<Record<string, z.ZodType>>): z.ZodObject {
  const entries = Object.entries(parameters).map(([name, schema]) => {
    const argument = asArgument(schema).describe(schema.description ?? name)
    return [name, schema.safeParse(undefined).success ? argument.nullish() : argument]
  })
  return z.strictObject(Object.fromEntries(entries) as Record<string, z.ZodType>)
}

/** What the API takes as text is taken as what it means too. The words of a list are told, and refused by the API in its words. */
function asArgument(schema: z.ZodType): z.ZodType {
  const { enum: words } = z.toJSONSchema(schema, { io: 'input' })
  if (words !== undefined) {
    const text = z.string().meta({ enum: words })
    return words.includes('true') ? z.union([text, z.boolean()]) : text
  }
  const one = z.union([z.string(), z.number()])
  return z.union([one, z.array(one)])
}

function searchOf(asked: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(asked).filter(([, value]) => value !== null && value !== undefined)
  const pairs = given.flatMap(([name, value]) => [value].flat().map((each) => [name, String(each).toWellFormed()]))
  return new URLSearchParams(pairs).toString()
}

/** A metric, and those it is computed from, each once. */
function withOrigins(metrics: Catalogue['metrics'], name: string): Catalogue['metrics'] {
  const found = new Map<string, Catalogue['metrics'][number]>()
  const visit = (each: string): void => {
    const metric = metrics.find((one) => one.name === each)
    if (metric === undefined || found.has(each)) return
    found.set(each, metric)
    metric.from.forEach(visit)
  }
  visit(name)
  return [...found.values()]
}
