import * as z from 'zod'

/** What goes in and out of `/api/policy`. What a number may be is said where the draft is checked, in both languages. */

const components = z.array(
  z.strictObject({
    measure: z.enum([
      'profit',
      'revenue',
      'sales_margin',
      'service_revenue',
      'orders',
      'service_hours',
      'requests',
      'cost_to_serve',
      'machines',
      'opportunities',
    ]),
    weight: z.number(),
    better: z.enum(['more', 'less']),
  }),
)

export const PolicyDraftBody = z.strictObject({
  version: z.string().optional().describe('Its name'),
  from: z.string().optional().describe('First day of a month, none that is over'),
  score: z
    .strictObject({
      components: components.optional().describe('Weights sum to 1'),
      indirect: components.optional().describe('Of customers who never order from us'),
      bands: z.strictObject({ VIP: z.number(), key: z.number() }).optional(),
      hysteresis: z.number().optional(),
      newMonths: z.number().optional(),
    })
    .optional(),
  costPools: z
    .array(
      z.strictObject({
        department: z.string().min(1).optional(),
        category: z.string().min(1).optional(),
        driver: z.enum(['requests', 'hours', 'visits', 'calls', 'orders', 'revenue', 'active_assets', 'equal', 'none']),
      }),
    )
    .optional(),
  supportMethod: z.enum(['direct', 'step_down', 'reciprocal']).optional(),
  practicalCapacity: z.number().optional(),
  hourlyCostFactor: z.number().optional(),
  promises: z
    .record(
      z.string().min(1),
      z.union([
        z.strictObject({ kind: z.enum(['business_hours', 'around_the_clock']), hours: z.number() }),
        z.strictObject({ kind: z.literal('next_business_day') }),
      ]),
    )
    .optional(),
  visitCharges: z.record(z.string().min(1), z.number()).optional().describe('By recorded class, or default'),
})

export const WhatIfBody = z.strictObject({
  draft: PolicyDraftBody,
  basis: z.enum(['year', 'day']).default('year').describe('As if it had held for twelve months, or from its day on'),
})

const version = PolicyDraftBody.loose()
const compared = z.object({ was: z.number(), would: z.number() })

export const WhatIfDocument = z.object({
  as_of: z.iso.date(),
  warehouse_version: z.int(),
  policy: version,
  holds_from: z.iso.date(),
  profit: compared,
  service_revenue: compared,
  visit_charges: compared,
  direct_service_cost: compared,
  indirect_cost: compared,
  unallocated: compared,
  idle: compared,
  charged_visits: compared,
  broken_promises: compared,
  customers: z.int(),
  classes_moved: z.int(),
  customers_moved: z.int(),
  moves: z.array(
    z.object({
      customer_id: z.string(),
      customer_name: z.string(),
      customer_kind: z.string(),
      class_was: z.string(),
      class_would: z.string(),
      score_was: z.number(),
      score_would: z.number(),
      profit_was: z.number(),
      profit_would: z.number(),
      advice_was: z.string(),
      advice_would: z.string(),
    }),
  ),
  milliseconds: z.int(),
})

export const PolicyDocument = z.object({
  as_of: z.iso.date(),
  earliest: z.iso.date().describe('Earliest day from which a new version may hold'),
  in_force: version,
  versions: z.array(
    z.object({
      version: z.string(),
      from: z.iso.date(),
      decided_at: z.iso.datetime().nullable(),
      decided_by: z.string().nullable(),
      reason: z.string().nullable(),
      replaced: z.boolean(),
    }),
  ),
  departments: z.array(z.string()),
  categories: z.array(z.string()),
  recorded_classes: z.array(z.string()),
})
