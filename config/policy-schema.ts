import { z } from 'zod'
import { faultOfHours, GRID_MINUTES, minuteOf, WEEKDAYS } from './calendar.ts'
import { DRIVERS, SUPPORT_METHODS } from './costs.ts'
import { STEPS } from './sales.ts'
import { SIGNALS } from './leads.ts'
import { MEASURES } from './score.ts'

export const timeZone = z.string().refine((zone) => isTimeZone(zone), 'is no IANA time zone, e.g. Asia/Shanghai')
export const name = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/, 'must be lower-case letters, digits, - and _, starting with a letter')
export const share = z.number().min(0).max(1)
const time = z.string().refine((text) => minuteOf(text) !== undefined, "must be a time of the day, e.g. '16:00'")
const weekday = z.enum(WEEKDAYS)
const calendar = z.strictObject({
  timeZone: timeZone.optional(),
  hours: z.partialRecord(
    weekday,
    z.array(z.string()).check(({ value, issues }) => {
      const message = faultOfHours(value)
      if (message !== undefined) issues.push({ code: 'custom', message, input: value })
    }),
  ),
  holidays: z.string().min(2).optional(),
  cutOff: time
    .refine((text) => (minuteOf(text) ?? 0) % GRID_MINUTES === 0, `must be a multiple of ${GRID_MINUTES} minutes`)
    .optional(),
  makeUpAs: weekday.optional(),
})
/** Values of a source, each once. */
const names = z
  .array(z.string().trim().min(1))
  .refine((all) => new Set(all).size === all.length, 'each value stands here once')
  .optional()
const points = z.number().min(0).max(100)
const components = z
  .array(
    z.strictObject({
      measure: z.enum(MEASURES),
      weight: z.number().positive().max(1),
      better: z.enum(['more', 'less']),
    }),
  )
  .min(1)
  .refine((all) => Math.abs(all.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-9, 'weights must sum to 1')
  .refine((all) => new Set(all.map(({ measure }) => measure)).size === all.length, 'each measure stands here once')
const scorePolicy = z
  .strictObject({
    version: z.string().min(1),
    from: z.iso.date(),
    components,
    indirect: components.optional(),
    bands: z.strictObject({ VIP: points, key: points }),
    hysteresis: points,
    newMonths: z.number().int().min(0),
  })
  .refine(({ bands }) => bands.VIP >= bands.key, 'the band of VIP begins no lower than that of key')
const days = z.number().int().positive()
const leads = z
  .strictObject({
    off: z.array(z.enum(SIGNALS)),
    soonDays: days,
    horizonDays: days,
    lifeChance: share,
    oftenRepairs: days,
    sameFaults: days,
    ruleCustomers: days,
    ruleLift: z.number().positive(),
    intentDays: days,
    intentWords: z.record(name, z.array(z.string().min(1)).min(1)),
    intentExceptions: z.array(z.string().min(1)),
    retiredStatuses: z.array(z.string()),
    quietDays: z.number().int().min(0),
    perOwner: days,
    hiddenDays: days,
  })
  .partial()
/** The rules of a company as they may be written. */
export const policy = z.strictObject({
  eatsServiceWorkloadPercentile: share,
  influencedDays: z.number().int().positive(),
  coverageThreshold: share,
  staleAfterHours: z.number().positive(),
  sourced: z
    .strictObject({
      leadSources: names,
      campaigns: names,
      departments: names,
      requests: z.boolean().optional(),
      decisions: z.boolean().optional(),
    })
    .refine(
      ({ leadSources = [], campaigns = [], departments = [], requests = false }) =>
        requests || leadSources.length + campaigns.length + departments.length > 0,
      "must name at least one of leadSources, campaigns, departments or requests: true, e.g. { leadSources: ['service'] }",
    ),
  stages: z
    .record(z.string().trim().min(1), z.enum(STEPS))
    .refine(
      (stages) =>
        new Set(Object.keys(stages).map((stage) => stage.trim().toLowerCase())).size === Object.keys(stages).length,
      'names a stage twice; upper and lower case are one',
    ),
  stageConversion: z.strictObject({
    seriouslyBelow: share.refine((value) => value > 0, 'must be above 0'),
    minimumCases: z.number().int().positive(),
  }),
  cancelledStatuses: z.array(z.string()),
  visitKinds: z.array(z.string()),
  labourCategories: z.array(z.string()),
  objectCategories: z.array(z.string()),
  recordsFrom: z.iso.date(),
  dealerReportDays: z.number().int().positive(),
  dealerInstallDays: z.number().int().positive(),
  untouchedDays: z.number().int().positive(),
  staleOpportunityDays: z.number().int().positive(),
  minimumRecords: z.number().int().positive(),
  promises: z.record(
    z.string().min(1),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.enum(['business_hours', 'around_the_clock']), hours: z.number().positive().max(2000) }),
      z.strictObject({ kind: z.literal('next_business_day') }),
    ]),
  ),
  costPools: z.array(
    z.strictObject({
      department: z.string().min(1).optional(),
      category: z.string().min(1).optional(),
      driver: z.enum(DRIVERS),
    }),
  ),
  support: z.strictObject({
    method: z.enum(SUPPORT_METHODS),
    order: z.array(z.string().min(1)).optional(),
    units: z.record(z.string().min(1), z.record(z.string().min(1), z.number().nonnegative())),
  }),
  yearlyDiscount: z.number().min(0).max(1),
  practicalCapacity: share.refine((value) => value > 0, 'must be above 0'),
  hourlyCostFactor: z.number().positive().max(100),
  visitCharges: z.record(z.string().min(1), z.number().nonnegative().max(1_000_000)),
  scores: z
    .array(scorePolicy)
    .min(1)
    .refine(
      (all) => new Set(all.map(({ version }) => version)).size === all.length,
      'each version has a name of its own',
    )
    .refine(
      (all) => new Set(all.map(({ from }) => from)).size === all.length,
      'each version begins on a day of its own',
    ),
  warrantyIncludes: z.record(z.string().min(1), z.array(z.enum(['part', 'labour']))),
  contractIncludes: z.record(z.string().min(1), z.array(z.enum(['part', 'labour']))),
  leads,
  calendars: z
    .record(name, calendar)
    .refine((calendars) => 'default' in calendars, 'must hold one that is named default'),
})

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
