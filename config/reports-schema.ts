import { validate } from 'node-cron'
import { z } from 'zod'
import { isMailAddress } from '../entities/mail-address.ts'
import { timeZone } from './policy-schema.ts'
import { REPORT_FORMATS } from './reports.ts'

const language = z.enum(['en', 'zh']).optional()
const words = z.strictObject({ en: z.string().min(1).max(120), zh: z.string().min(1).max(120) })
const role = z.string().min(1)

const schedule = z
  .strictObject({
    cron: z
      .string()
      .refine(
        (text) => text.trim().split(/\s+/).length === 5 && validate(text),
        "is no cron expression; write minute, hour, day, month and weekday, e.g. '0 8 * * 1'",
      ),
    timeZone: timeZone.optional(),
    on: z.enum(['working_days', 'first_working_day']).optional(),
  })
  .refine(({ cron, on }) => on !== 'first_working_day' || /^\S+ \S+ \* \S+ \*$/.test(cron.trim()), {
    path: ['cron'],
    message: "names a day, and `on` the first working day; write '*' for day and weekday",
  })

const recipient = z.union([
  z.strictObject({ role, language }),
  z.strictObject({
    address: z.string().refine(isMailAddress, "must be one mail address, e.g. 'boss@example.com'"),
    as: role,
    name: z.string().min(1).max(120).optional(),
    attributes: z.record(z.string(), z.array(z.string()).min(1)).optional(),
    language,
  }),
  z.strictObject({ folder: z.string().min(1), as: role, language }),
  z.strictObject({ webhook: z.string().min(1), as: role, language }),
])

export const report = z.strictObject({
  title: words,
  parts: z
    .array(
      z.union([
        z.string().startsWith('/', "must be the address of a page, e.g. '/customers?class=key'"),
        z.strictObject({ question: z.string().min(1), title: words }),
        z.strictObject({ saved: z.string().min(1) }),
      ]),
    )
    .min(1)
    .max(20),
  schedule: schedule.optional(),
  to: z.array(recipient).min(1).max(200),
  formats: z.array(z.enum(REPORT_FORMATS)).min(1).optional(),
  whenDoubtful: z
    .union([z.enum(['say', 'operator']), z.strictObject({ waitHours: z.number().positive().max(240) })])
    .optional(),
  language,
})

/** By name: what stands in addresses, folders and commands. */
export const reports = z.record(
  z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "must be a short name of lower-case letters, digits and '-'"),
  report,
)
