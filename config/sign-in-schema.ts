import { isIP } from 'node:net'
import { z } from 'zod'

/** Without a path: cookies and return addresses are those of the whole host. */
const origin = z
  .string()
  .refine(
    (text) => /^https?:\/\/[^/]+\/?$/.test(text) && URL.canParse(text),
    "must be an address without a path, e.g. 'https://trueworth.example.com'",
  )

const provider = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,32}$/, 'must be small letters, digits and hyphens'),
  name: z.strictObject({ en: z.string().min(1), zh: z.string().min(1) }),
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1, 'is empty; take it from the environment').optional(),
  trustEmail: z.boolean().optional(),
})

export const signIn = z.strictObject({
  url: origin.optional(),
  proxies: z.array(z.string().refine((text) => isIP(text) !== 0, 'must be an IP address')).optional(),
  sessionHours: z.number().positive().max(8760).optional(),
  oidc: z
    .array(provider)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'has an id twice')
    .optional(),
  newUsers: z.array(z.string().min(1)).min(1).optional(),
})
