import * as z from 'zod'
import { wholeNumber } from './query-schemas.ts'

/** What goes in and out of `/api/restatements`. */

const instant = z.iso.datetime().describe('ISO 8601, UTC')
const moment = z.string().describe('A day, which means its end, or an instant: 2026-03-31T16:00:00Z')

export const RestatementParameters = z.strictObject({
  metric: z.string().describe('One metric that months can be told of'),
  known_at: moment,
  where: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('field:operator:value of dimensions, as in a query'),
})

export const RestatementDocument = z.object({
  metric: z.string(),
  was_known_at: instant,
  was_as_of: z.iso.date(),
  is_known_at: instant,
  warehouse_version: z.int(),
  months: z.array(z.object({ month: z.iso.date(), was: z.number().nullable(), is: z.number().nullable() })),
})

export const RestatingParameters = z.strictObject({
  metric: z.string().describe('The metric that was restated'),
  known_at: moment,
  month: z.string().describe('2026-03'),
  limit: wholeNumber.optional().describe('Rows at most: 200 where absent, at most 1000'),
})

export const RestatingRowsDocument = z.object({
  rows: z.array(
    z.object({
      entity: z.string(),
      record: z.string(),
      change: z.enum(['new', 'changed', 'deleted']),
      known_from: instant,
      fields: z.array(z.object({ field: z.string(), was: z.string().nullable(), is: z.string().nullable() })),
    }),
  ),
  total: z.int().describe('Before the limit'),
})
