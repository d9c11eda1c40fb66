import * as z from 'zod'
import { changeComponents, changeMetrics } from '../models/metrics/change.ts'
import { wholeNumber } from './query-schemas.ts'

/** What goes in and out of `/api/changes`. */

const MOST_GRACE = 999
const money = z.number()
const instant = z.iso.datetime().describe('ISO 8601, UTC')
const period = (about: string) =>
  z.string().describe(`${about}: 2024-07..2025-06, 2025, 2025-03, trailing_12, year_to_date`)

export const ChangeParameters = z.strictObject({
  metric: z.string().describe(Object.keys(changeMetrics).join(', ')),
  from: period('The period before'),
  to: period('The period that is explained'),
  by: z.string().optional().describe('A dimension: customer, product, product_family, crm_class, region'),
  where: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('field:operator:value of dimensions, as in a query'),
  grace: wholeNumber
    .refine((days) => Number(days) <= MOST_GRACE, `≤ ${MOST_GRACE}`)
    .optional()
    .describe(
      'Tells late records apart: known later than so many days after the end of their period. ' +
        'The first question for a period takes as long as a build. Absent: they are among the other effects.',
    ),
  limit: wholeNumber.optional().describe('Parts at most: 20 where absent, at most 1000'),
})

const split = {
  was: money,
  is: money,
  volume: money.describe('More or less of the same, at the old mix and the old prices'),
  mix: money.describe('Other items and customers in the same quantity; what is new or has ended'),
  rate: money.describe('Price, unit cost, hourly cost, cost per request or per unit of a driver'),
  rule: money.describe('Costs are spread by another driver than in the period before'),
  late: money.describe('Records that came or changed later than the days of grace'),
}
export const Part = z.object({ value: z.string().nullable(), label: z.string().nullable(), ...split })
export const Period = z.object({ first: z.iso.date(), last: z.iso.date(), known_at: instant })

export const ChangeDocument = z.object({
  metric: z.string(),
  from: Period,
  to: Period,
  ...split,
  components: z
    .array(z.object({ component: z.enum(Object.keys(changeComponents)), ...split }))
    .describe('They sum to the whole, effect by effect'),
  by: z.string().nullable(),
  parts: z.array(Part).describe('What changed most; all of them sum to the whole, effect by effect'),
  total: z.int().describe('Parts before the limit'),
  leaders: z
    .object({
      volume: z.array(Part),
      mix: z.array(Part),
      rate: z.array(Part),
      rule: z.array(Part),
      late: z.array(Part),
    })
    .describe('The three largest behind each effect'),
  grace_days: z.int().nullable(),
  as_of: z.iso.date(),
  known_at: instant,
  warehouse_version: z.int(),
})
