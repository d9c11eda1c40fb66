import * as z from 'zod'
import { instant } from './query-schemas.ts'
import { Fault } from './schemas.ts'

const status = z.enum(['ok', 'firing', 'acknowledged', 'snoozed'])
const why = z.array(Fault).describe('What was found, and what follows from it')

export const AlertDocument = z.object({
  name: z.string(),
  title: z.object({ en: z.string(), zh: z.string() }),
  built_in: z.boolean(),
  metric: z.string().nullable().describe('Null: it watches the pipelines'),
  by: z.string().nullable().describe('The dimension whose groups are watched; null: the figure as a whole'),
  owner: z.string().describe('Who answers for it'),
  error: Fault.nullable().describe('Why it could not be evaluated'),
  error_since: instant.nullable(),
  evaluated_at: instant.nullable(),
  warehouse_version: z.int().nullable(),
  groups: z.int().describe('Groups that were looked at'),
  firing: z.array(
    z.object({
      group: z.string(),
      label: z.string(),
      status: status.exclude(['ok']),
      value: z.number().nullable(),
      limit: z.number().nullable(),
      why,
      since: instant,
      told_at: instant.nullable(),
      acknowledged_by: z.string().nullable(),
      snoozed_until: instant.nullable(),
      read_at: instant.nullable().describe('When the oldest source of the figure was last read'),
      query: z.string().nullable().describe('Parameters of /api/query that ask for the figure'),
      change: z.string().nullable().describe('Parameters of the page that explains its change'),
    }),
  ),
})

export const AlertsDocument = z.object({ alerts: z.array(AlertDocument) })

export const AlertLogDocument = z.object({
  evaluations: z
    .array(
      z.object({
        evaluation_id: z.int(),
        group: z.string(),
        label: z.string(),
        at: instant,
        last_at: instant,
        times: z.int().describe('Equal looks one after the other at one version are one entry'),
        value: z.number().nullable(),
        limit: z.number().nullable(),
        before: status,
        after: status,
        told: z.boolean().describe('Somebody was told'),
        why,
        warehouse_version: z.int(),
      }),
    )
    .describe('Newest first'),
  before: z.int().nullable().describe('What `before` is to be for older ones; null: there are none'),
})

export const AlertName = z.strictObject({ name: z.string().max(100).describe('The name of an alert') })

const group = z.string().max(1_000).default('').describe('The group; empty: the figure as a whole')

export const AcknowledgeBody = z.strictObject({ group })
export const SnoozeBody = z.strictObject({
  group,
  until: z.string().max(40).describe('An instant within a year: 2026-03-31T16:00:00Z'),
})

export const AlertLogParameters = z.strictObject({
  group: z.string().max(1_000).optional().describe('Only this group'),
  before: z.coerce.number().int().min(1).optional().describe('Only entries older than this one'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100).describe('Entries at most: 100 where absent'),
})
