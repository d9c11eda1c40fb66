import { z } from 'zod'
import { languages } from '../entities/language.ts'
import { BUILT_IN } from './alerts.ts'
import { share } from './policy-schema.ts'

const word = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'must be the name of a metric or dimension; docs/metrics.md has them')
const limit = z.number()
const against = z.enum(['previous', 'last_year'], "must be 'previous' or 'last_year'")
const address = z.email('must be an e-mail address')
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day, e.g. '07:30'")

/** A limit to clear on the wrong side of the other would fire and clear at once, for ever. */
const clears = (beyond: string, clear: string, isRight: (beyond: number, clear: number) => boolean) => ({
  check: (given: Readonly<Record<string, unknown>>): boolean => {
    const [one, other] = [given[beyond], given[clear]]
    return typeof one !== 'number' || typeof other !== 'number' || isRight(one, other)
  },
  message: {
    message: `cannot clear: ${clear} must be ${clear === 'clearBelow' ? 'at or below' : 'at or above'} ${beyond}`,
    path: [clear],
  },
})
const falls = (beyond: string) => clears(beyond, 'clearBelow', (one, other) => other <= one)
const rises = (beyond: string) => clears(beyond, 'clearAbove', (one, other) => other >= one)

const above = falls('above')
const below = rises('below')
const changeAbove = falls('changeAbove')
const changeBelow = rises('changeBelow')

const KINDS = ['above', 'below', 'changeAbove', 'changeBelow', 'missing', 'outsideForecast'] as const

const conditions = {
  above: z
    .strictObject({ above: limit, clearBelow: limit.optional(), crossing: against.optional() })
    .refine(above.check, above.message),
  below: z
    .strictObject({ below: limit, clearAbove: limit.optional(), crossing: against.optional() })
    .refine(below.check, below.message),
  changeAbove: z
    .strictObject({
      changeAbove: limit,
      clearBelow: limit.optional(),
      against,
      absolute: z.literal(true).optional(),
    })
    .refine(changeAbove.check, changeAbove.message),
  changeBelow: z
    .strictObject({
      changeBelow: limit,
      clearAbove: limit.optional(),
      against,
      absolute: z.literal(true).optional(),
    })
    .refine(changeBelow.check, changeBelow.message),
  missing: z.strictObject({
    missing: z.literal(true),
    coverageBelow: share.optional(),
    olderThanHours: z.number().positive().optional(),
  }),
  outsideForecast: z.strictObject({ outsideForecast: z.literal(true) }),
} as const satisfies Record<(typeof KINDS)[number], z.ZodType>

/** The kind is told by its first word, so that what is wrong is said of that kind alone. */
const when = z.record(z.string(), z.unknown()).superRefine((given, context) => {
  const kinds = KINDS.filter((kind) => kind in given)
  const [kind] = kinds
  if (kind === undefined || kinds.length > 1) {
    context.addIssue({ code: 'custom', message: `must have one of: ${KINDS.join(', ')}` })
    return
  }
  const found = conditions[kind].safeParse(given)
  for (const issue of found.success ? [] : found.error.issues)
    context.addIssue({ code: 'custom', message: issue.message, path: issue.path })
})

const target = z.union(
  [address, z.strictObject({ role: z.string().min(1) }), z.strictObject({ person: word })],
  "must be an e-mail address, { role: 'sales' }, or { person: 'sales_owner' }",
)
const quietHours = z
  .strictObject({ from: time, to: time, workingDays: z.literal(true).optional() })
  .refine(({ from, to }) => from !== to, 'from and to are the same: that is never, or always')

const settings = {
  when,
  where: z.array(z.string().min(1)),
  period: z.string().min(1),
  for: z.number().int().min(1).max(1_000),
  owner: address,
  to: z.array(target).min(1, 'names nobody; take it out, and the owner is told'),
  quietHours: z.union([z.literal(false), quietHours], "must be { from: '20:00', to: '07:00' }, or false"),
  repeatAfter: z.number().int().min(1).max(365),
  language: z.enum(languages),
  as: z.string().min(1),
}
const some = z.strictObject(settings).partial()

const alert = z.strictObject({
  ...some.shape,
  name: z.string().regex(/^[a-z][a-z0-9_-]{0,59}$/, 'must be small letters, digits, - and _, e.g. late_requests'),
  title: z.strictObject({ en: z.string().min(1), zh: z.string().min(1) }).optional(),
  metric: word,
  by: word.optional(),
  with: z.array(word).optional(),
  when,
  clock: word.optional(),
  list: z
    .strictObject({
      metrics: z.array(word).min(1),
      by: z.array(word).min(1),
      where: z.array(z.string().min(1)).optional(),
      order: z.array(z.string().min(1)).optional(),
      limit: z.number().int().min(1).max(500).optional(),
    })
    .optional(),
  lateAfterDays: z.number().int().min(0).max(365).optional(),
})

/** Alerts as they may be written. Names of metrics, dimensions and roles are checked where the catalogue is known. */
export const alerts = z
  .strictObject({
    owner: address,
    operator: address.optional(),
    language: z.enum(languages).optional(),
    quietHours: quietHours.optional(),
    people: z.record(z.string().min(1), address).optional(),
    keep: z
      .strictObject({
        days: z.number().int().min(1).max(3_650),
        evaluations: z.number().int().min(1_000).max(100_000_000),
      })
      .partial()
      .optional(),
    builtIn: z
      .union(
        [z.literal(false), z.partialRecord(z.enum(BUILT_IN), z.union([z.literal(false), some]))],
        `must be false, or settings by name: ${BUILT_IN.join(', ')}`,
      )
      .optional(),
    watch: z.array(alert).optional(),
  })
  .superRefine(({ watch = [] }, context) => {
    for (const [at, { name }] of watch.entries())
      if (watch.findIndex((other) => other.name === name) < at || (BUILT_IN as readonly string[]).includes(name))
        context.addIssue({
          code: 'custom',
          message: `there is another alert '${name}'; give each a name of its own`,
          path: ['watch', at, 'name'],
        })
  })
