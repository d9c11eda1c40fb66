import * as z from 'zod'
import { COMPARISONS, GRAINS } from '../models/metrics/metric.ts'
import { OPERATORS, type QueryParameter } from '../models/metrics/query-string.ts'
import { FORMATS } from './formats/format.ts'
import { DEFAULT_LIMIT } from './queries/limits.ts'
import { MOST_KEPT } from './queries/queries.ts'

/** A question and its answer, as `/openapi.json` documents them. */

export const instant = z.iso.datetime().describe('ISO 8601, UTC')
export const unit = z.enum(['money', 'hours', 'days', 'count', 'share', 'rank', 'number'])
/** A number as a query string has it. The only parameters with a pattern: `refuse` says what it means. */
export const wholeNumber = z.string().regex(/^\d{1,15}$/)
const some = (about: string) =>
  z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe(about)
const one = (about: string) => z.string().optional().describe(about)
/** A word of a list; an empty one is none, as an empty period is. */
const word = <const Words extends readonly string[]>(words: Words, about: string) =>
  z
    .preprocess((given: Words[number] | '' | undefined) => (given === '' ? undefined : given), z.enum(words).optional())
    .optional()
    .describe(about)

/** Text only: `parseMetricQuery` reads the words. Strict, so that a misspelt parameter is not silently ignored. */
export const QueryParameters = z.strictObject({
  metrics: z.union([z.string(), z.array(z.string())]).describe('Metric names between commas: revenue,profit_rank'),
  by: some('Dimension names between commas. None: one row for everything.'),
  where: some(
    `field:operator:value, of a dimension or a metric; operators ${OPERATORS.join(', ')}. May stand several times; all must hold. ` +
      'in takes values between commas (a comma in a value: \\,). An empty value: not known.',
  ),
  period: one(
    'trailing_12, all_time, year_to_date, 2025, 2025-03 or 2025-01..2025-06. All time where absent. ' +
      'Figures that cover a fixed span of their own are not cut by it.',
  ),
  grain: word(
    GRAINS,
    'Spans to split time by: of the day or month in by, of month where none stands there. Weeks begin on Monday. ' +
      'Finer than month only with a day in by.',
  ),
  compare: word(
    COMPARISONS,
    'Beside each metric: metric_compared, metric_difference, metric_relative. previous: as many months before; last_year: the same ' +
      'months a year before; target: what was planned for the same months. Needs a period; months that still run are left out of both.',
  ),
  top: one(
    'So many values of the first dimension, those first in order (without order: by the first metric, largest first, of places the first ones). All others are ' +
      'one row whose row_kind is rest, summed from its own records.',
  ),
  totals: word(
    ['true', 'false'],
    'true: a last row whose row_kind is total, of everything that the answer counts, summed from its own records.',
  ),
  order: some('Metric or dimension names between commas; - in front: largest first. Not known comes last.'),
  limit: one(
    `Rows at most. JSON: ${DEFAULT_LIMIT} where absent; more than ${MOST_KEPT} are streamed. Other formats: all where absent.`,
  ),
  offset: one('Rows to leave out first.'),
  as_of: one('Business date of the figures, 2026-03-31. Absent: that of the moment they are known at.'),
  known_at: one(
    'The figures as an on-time build would have given them then, from what was known: a day (its end, in the time zone of the company) ' +
      'or an instant, 2026-03-31T16:00:00Z. The first question at a moment takes as long as a build. Absent: all that is known.',
  ),
  format: word(FORMATS, 'Goes before the Accept header.'),
  lang: word(['en', 'zh'], 'CSV, XLSX: headings for people in this language, instead of names.'),
} satisfies Record<QueryParameter | 'format' | 'lang', z.ZodType>)

export const Evidence = z.object({
  as_of: z.iso.date().describe('Business date of the figures'),
  known_at: instant.describe('What had been recorded by then'),
  warehouse_version: z.int().describe('Grows by one with each published run'),
  coverage: z
    .record(z.string(), z.object({ share: z.number().min(0).nullable(), known: z.int(), of: z.int() }))
    .describe(
      'Share of the rows behind each figure that had what it needs; figures that are always complete are absent',
    ),
  figures: z
    .record(
      z.string(),
      z.object({
        sources: z.array(z.string()),
        read_at: instant.nullable(),
        stale: z.boolean(),
        entry_lag_days: z.number().nullable(),
      }),
    )
    .describe(
      'What each figure stands on: sources of its fields, the oldest reading, days until such records are keyed',
    ),
  sources: z.array(z.object({ source: z.string(), read_at: instant.nullable(), stale: z.boolean() })),
})

export const Answer = z.object({
  columns: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['dimension', 'label', 'metric', 'compared', 'difference', 'relative', 'row_kind']),
      unit: unit.optional(),
      metric: z.string().optional().describe('The metric that is compared'),
      grain: z.enum(GRAINS).optional().describe('Values are first days of such spans'),
    }),
  ),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  total: z.int().describe('Rows before limit and offset; the row of totals is not one'),
  compared: z
    .object({
      kind: z.enum(COMPARISONS),
      period: z.string().describe('Months of the figures: those that are over on the business date'),
      with: z.string().nullable().describe('Months compared with; null: targets of the same months'),
      whole: z.boolean().describe('false: months that still run were left out'),
    })
    .optional(),
  evidence: Evidence,
})
