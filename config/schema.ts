import { z } from 'zod'
import { isScale, SCALES } from './scale.ts'
import { entityNames } from '../entities/entities.ts'
import { access } from './access-schema.ts'
import { mail, webhook, webhooks } from './mail-schema.ts'
import { alerts } from './alerts-schema.ts'
import { name, policy, share, timeZone } from './policy-schema.ts'
import { reports } from './reports-schema.ts'
import { signIn } from './sign-in-schema.ts'

/** How a column is filled. */
export const mapping = z.union([
  z.string().min(1),
  z.strictObject({
    from: z.string().min(1),
    values: z.record(z.string(), z.string().nullable()).optional(),
    otherwise: z.string().nullable().optional(),
  }),
])
const reading = {
  nulls: z.array(z.string()).optional(),
  dates: z.array(z.string().min(2)).optional(),
  decimal: z.enum(['.', ',']).optional(),
  thousands: z.string().min(1).optional(),
  timeZone: timeZone.optional(),
  units: z.record(z.string().min(1), z.number().positive()).optional(),
  signs: z.array(z.string().min(1)).optional(),
  accounting: z.literal(true).optional(),
  percent: z.literal(true).optional(),
  fullWidth: z.literal(true).optional(),
  wholeIds: z.literal(true).optional(),
  excelDays: z.literal(true).optional(),
  epoch: z.enum(['seconds', 'milliseconds']).optional(),
}
const layout = {
  format: z.enum(['csv', 'ndjson', 'parquet', 'workbook']).optional(),
  delimiter: z.string().min(1).max(4).optional(),
  quote: z.string().max(1).optional(),
  escape: z.string().max(1).optional(),
  header: z.union([z.boolean(), z.array(z.string().min(1)).min(1)]).optional(),
  encoding: z
    .string()
    .refine(
      (label) => isEncoding(label),
      "is no encoding; valid are labels such as 'gb18030', 'utf-16le', 'windows-1252'",
    )
    .optional(),
  sheet: z.union([z.string().min(1), z.number().int().min(1)]).optional(),
  headerLines: z.number().int().min(1).max(5).optional(),
  mergedCells: z.literal('repeat').optional(),
  headerLine: z.number().int().min(1).optional(),
  lineEnd: z.string().min(1).max(8).optional(),
  recover: z
    .array(
      z.union([
        z.enum(['quoted_line', 'repeated_header', 'missing_trailing', 'trailing_blank']),
        z.strictObject({ rule: z.literal('extra_delimiters'), column: z.string().min(1) }),
      ]),
    )
    .optional(),
}
const size = z.strictObject({ parameter: z.string().min(1), value: z.number().int().min(1) })
const http = {
  records: z.string().min(1).optional(),
  explode: z.string().min(1).optional(),
  total: z.string().min(1).optional(),
  since: z.strictObject({ parameter: z.string().min(1), as: z.enum(['iso', 'day', 'seconds']).optional() }).optional(),
  paging: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('cursor'),
        parameter: z.string().min(1),
        next: z.string().min(1),
        size: size.optional(),
      }),
      z.strictObject({
        kind: z.literal('page'),
        parameter: z.string().min(1),
        first: z.number().int().min(0).optional(),
        size: size.optional(),
      }),
      z.strictObject({ kind: z.literal('offset'), parameter: z.string().min(1), size }),
      z.strictObject({ kind: z.literal('link'), size: size.optional() }),
      z.strictObject({ kind: z.literal('next'), next: z.string().min(1), size: size.optional() }),
    ])
    .optional(),
}
const secret = z.string().min(1, 'is empty; take it from the environment')
const address = z
  .string()
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), 'must be an address, http:// or https://')
const auth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bearer'), token: secret }),
  z.strictObject({ kind: z.literal('basic'), user: z.string(), password: secret }),
  z.strictObject({ kind: z.literal('header'), name: z.string().min(1), value: secret }),
  z.strictObject({ kind: z.literal('query'), parameter: z.string().min(1), value: secret }),
  z.strictObject({
    kind: z.literal('oauth2'),
    tokenUrl: address,
    clientId: z.string().min(1),
    clientSecret: secret,
    scope: z.string().min(1).optional(),
  }),
])
const timeoutSeconds = z.number().positive().optional()
const remote = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('s3'),
    endpoint: address.optional(),
    region: z.string().min(1),
    bucket: z.string().regex(/^[^/?#]+$/, 'must be the name of a bucket, without a path; that is `prefix`'),
    prefix: z.string().regex(/^[^/]/, 'must not begin with /').optional(),
    accessKeyId: secret,
    secretAccessKey: secret,
    pathStyle: z.boolean().optional(),
    timeoutSeconds,
  }),
  z
    .strictObject({
      kind: z.literal('sftp'),
      host: z.string().min(1),
      port: z.number().int().min(1).max(65535).optional(),
      user: z.string().min(1),
      password: secret.optional(),
      privateKey: secret.optional(),
      passphrase: secret.optional(),
      path: z.string().min(1),
      hostKey: z
        .string()
        .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, "must be what `ssh-keygen -lf` prints: 'SHA256:' and 43 characters"),
      timeoutSeconds,
    })
    .refine(
      ({ password, privateKey }) => (password === undefined) !== (privateKey === undefined),
      'needs one of `password` and `privateKey`',
    ),
])
const feed = z.strictObject({
  entity: z.enum(entityNames),
  from: z.string().min(1),
  columns: z.record(z.string(), mapping),
  where: z.string().min(1).optional(),
  cursor: z
    .strictObject({
      column: z.string().min(1),
      lag: z
        .strictObject({
          days: z.number().min(0).optional(),
          hours: z.number().min(0).optional(),
          minutes: z.number().min(0).optional(),
        })
        .optional(),
    })
    .optional(),
  deletions: z.boolean().optional(),
  version: z.string().min(1).optional(),
  rejectShare: share.optional(),
  firstKnown: z.literal('happened').optional(),
  ifPresent: z.boolean().optional(),
  ...reading,
  ...layout,
  ...http,
})
const base = { name, feeds: z.array(feed), recipe: z.string().optional(), ...reading }
const database = <const Kind extends string>(kind: Kind, start: RegExp) =>
  z.strictObject({ kind: z.literal(kind), url: z.string().regex(start, `must start with ${kind}://`), ...base })
const source = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('files'),
      folder: z.string().min(1).optional(),
      remote: remote.optional(),
      ...base,
      ...layout,
    })
    .refine((one) => (one.folder === undefined) !== (one.remote === undefined), 'needs one of `folder` and `remote`'),
  z.strictObject({ kind: z.literal('sqlite'), file: z.string().min(1), ...base }),
  z.strictObject({
    kind: z.literal('http'),
    url: address,
    auth: auth.optional(),
    headers: z.record(z.string(), z.string()).optional(),
    timeoutSeconds,
    ratePerSecond: z.number().positive().optional(),
    ...base,
    ...http,
  }),
  database('postgres', /^postgres(ql)?:\/\//),
  database('mysql', /^(mysql|mariadb):\/\//),
  database('sqlserver', /^(sqlserver|mssql):\/\//),
])
const bytes = z.string().regex(/^\d+(\.\d+)? ?(MB|GB|MiB|GiB)$/, "must be a size, e.g. '2GB'")
/** The configuration as it may be written; `config.ts` fills the defaults. */
export const configSchema = z.strictObject({
  company: z
    .strictObject({
      name: z.string().min(1).optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'must be three capital letters, e.g. CNY')
        .optional(),
      timeZone: timeZone.optional(),
    })
    .optional(),
  folder: z.string().min(1).optional(),
  server: z
    .strictObject({ host: z.string().optional(), port: z.number().int().min(0).max(65535).optional() })
    .optional(),
  signIn: signIn.optional(),
  audit: z
    .strictObject({
      days: z.number().int().min(1).max(36_500).optional(),
      rows: z.number().int().min(1).max(100_000_000).optional(),
    })
    .optional(),
  memory: bytes.optional(),
  threads: z.number().int().min(1).max(1024).optional(),
  disk: bytes.optional(),
  limits: z
    .strictObject({
      rows: z.number().int().min(1),
      cells: z.number().int().min(1_000),
      seconds: z.number().positive().max(86_400),
      atOnce: z.number().int().min(1),
      waiting: z.number().int().min(0),
    })
    .partial()
    .optional(),
  sources: z.array(source),
  schedule: z
    .union([z.literal(false), z.strictObject({ cron: z.string().min(1), timeZone: timeZone.optional() })])
    .optional(),
  asOf: z.iso.date().optional(),
  policy: policy.partial().optional(),
  access: access.optional(),
  leadWebhook: webhook.optional(),
  webhooks: webhooks.optional(),
  reports: reports.optional(),
  mail: mail.optional(),
  alerts: alerts.optional(),
  sample: z
    .strictObject({
      folder: z.string().min(1),
      scale: z.number().refine(isScale, `must be ${SCALES}`).optional(),
      seed: z.number().int().optional(),
    })
    .optional(),
})

function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch {
    return false
  }
}
