import { z } from 'zod'
import { addressOf, isMailAddress } from '../entities/mail-address.ts'
import { securityOf } from './mail.ts'

const address = z
  .string()
  .refine((text) => isMailAddress(text), "must be one mail address, e.g. 'operations@example.com'")
const mailbox = z
  .string()
  .refine(
    (text) => !/\p{Cc}/u.test(text) && isMailAddress(addressOf(text)),
    "must be one mail address, e.g. 'reports@example.com' or 'Trueworth <reports@example.com>'",
  )

export const mail = z
  .strictObject({
    smtp: z
      .strictObject({
        host: z
          .string()
          .regex(/^[^\s/@]+$/, "must be the name of a host alone, e.g. 'smtp.example.com'; the port is `port`"),
        port: z.number().int().min(1).max(65535).optional(),
        secure: z.enum(['tls', 'starttls', 'none']).optional(),
        user: z.string().min(1).optional(),
        password: z.string().min(1, 'is empty; take it from the environment').optional(),
        allowSelfSigned: z.boolean().optional(),
        timeoutSeconds: z.number().positive().max(3600).optional(),
      })
      .refine(
        ({ user, password }) => (user === undefined) === (password === undefined),
        'needs both of `user` and `password`, or neither',
      ),
    from: mailbox,
    replyTo: mailbox.optional(),
    operator: address,
  })
  .refine(({ smtp }) => securityOf(smtp) !== 'none' || smtp.password === undefined, {
    path: ['smtp', 'secure'],
    message: "is 'none', which sends the password for all to read; set 'starttls' or 'tls', or take the password out",
  })

export const webhook = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  secret: z.string().min(24),
})

export const webhooks = z.record(z.string(), webhook).superRefine((all, context) => {
  for (const name of Object.keys(all)) {
    const message = nameFault(name)
    if (message !== undefined) context.addIssue({ code: 'custom', path: [name], message })
  }
})

function nameFault(name: string): string | undefined {
  if (name === 'leads') return 'is the name of `leadWebhook`; choose another'
  return /^[a-z0-9_-]{1,64}$/.test(name) ? undefined : 'must be named in small letters, digits, hyphens and underscores'
}
