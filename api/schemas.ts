import * as z from 'zod'
import { PolicyDraftBody } from './policy-schemas.ts'
import { OPERATORS } from '../models/metrics/query-string.ts'
import { instant, unit } from './query-schemas.ts'

/** What goes in and out, as `/openapi.json` documents it. */

const Words = z.object({ en: z.string(), zh: z.string() })

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  field: z.string().optional().describe('The part of the request at fault'),
  instance: z.string().optional().describe('Under this id the fault stands in the log'),
})

export const CatalogueDocument = z.object({
  metrics: z.array(
    z.object({
      name: z.string(),
      words: Words,
      about: Words,
      unit,
      direction: z.enum(['up', 'down', 'none']),
      kind: z.enum(['measured', 'derived', 'rank']),
      stands_on: z.array(z.string()).describe('Fields of entities, as tasks.actual_minutes'),
      from: z.array(z.string()).describe('Metrics it is computed from'),
      by: z.array(z.string()).describe('Dimensions it can be split and filtered by'),
      coverage: Words.nullable(),
    }),
  ),
  dimensions: z.array(
    z.object({
      name: z.string(),
      words: Words,
      kind: z.enum(['text', 'day', 'month', 'flag']),
      has_label: z.boolean(),
      values: z.record(z.string(), Words).nullable().describe('Words of its values, where they are a closed list'),
    }),
  ),
  periods: z.array(z.string()),
  operators: z.array(z.enum(OPERATORS)),
})

export const Fault = z
  .object({ code: z.string(), details: z.record(z.string(), z.unknown()) })
  .describe('What is wrong as a code with its details, to be said in any language')

export const PipelineStatus = z.object({
  as_of: z.iso.date().nullable(),
  known_at: instant.nullable(),
  warehouse_version: z.int(),
  next_run_at: instant.nullable(),
  runs: z.array(
    z.object({
      run_id: z.string(),
      trigger: z.enum(['schedule', 'command', 'start', 'catch_up']),
      status: z.enum(['running', 'succeeded', 'partial', 'failed', 'interrupted']),
      started_at: z.string(),
      ended_at: z.string().nullable(),
      rows: z.int(),
      rejects: z.int(),
      started_by: z.string().nullable().describe('Who asked for it; null: the schedule'),
      error: z.string().nullable(),
      faults: z
        .array(z.object({ source: z.string().optional(), text: z.string(), fault: Fault.optional() }))
        .describe('What `error` says, one by one'),
    }),
  ),
  feeds: z.array(
    z.object({
      source: z.string(),
      entity: z.string(),
      origin: z.string(),
      read_at: instant.nullable(),
      rows: z.int(),
      rejects: z.int(),
      stale: z.boolean(),
      error: z.string().nullable(),
      fault: Fault.nullable(),
    }),
  ),
  rejects: z.array(
    z.object({
      reject_id: z.string().nullable(),
      original: z.string().nullable().describe('The row as it came: JSON, or the text of a line that is no row'),
      batch_id: z.string(),
      source: z.string(),
      entity: z.string(),
      origin: z.string(),
      line: z.int().nullable(),
      column: z.string().nullable(),
      value: z.string().nullable(),
      reason: z.string(),
      remedy: z.string(),
      fault: Fault.nullable(),
      rejected_at: instant,
    }),
  ),
  recoveries: z
    .array(
      z.object({
        source: z.string(),
        entity: z.string(),
        origin: z.string(),
        line: z.int(),
        rule: z.string(),
        before: z.string(),
        after: z.string().nullable().describe('Its fields as they were read; null: the line was left out'),
        recovered_at: instant,
      }),
    )
    .describe('Lines that declared rules mended'),
  drift: z
    .array(
      z.object({
        batch_id: z.string(),
        source: z.string(),
        entity: z.string(),
        origin: z.string(),
        kind: z.string(),
        column: z.string().nullable(),
        before: z.string(),
        after: z.string(),
        severity: z.enum(['info', 'warn', 'held']),
        found_at: instant,
        waits: z.boolean().describe('Its batch is not loaded until a person accepts it'),
      }),
    )
    .describe('What differed from the batch before'),
  decisions: z.array(
    z.object({
      decided_at: instant,
      decided_by: z.string().nullable(),
      kind: z.enum(['accept', 'quarantine', 'release', 'correct']),
      batch_id: z.string(),
      source: z.string(),
      entity: z.string(),
      origin: z.string(),
      reason: z.string().nullable(),
    }),
  ),
  audits: z.array(
    z.object({
      model: z.string(),
      audit: z.string(),
      audit_zh: z.string().nullable(),
      severity: z.enum(['error', 'warn']),
      rows_at_fault: z.int(),
      passed: z.boolean(),
    }),
  ),
  deliveries: z
    .array(
      z.object({
        delivery_id: z.string(),
        key: z.string(),
        kind: z.enum(['leads', 'report', 'alert']),
        about: z.string(),
        via: z.enum(['mail', 'webhook', 'folder']),
        recipient: z.string(),
        status: z.enum(['waiting', 'sending', 'sent', 'dead']),
        attempts: z.int(),
        made_at: instant,
        next_at: instant,
        ended_at: instant.nullable(),
        failing_since: instant.nullable(),
        error: z.string().nullable(),
        fault: Fault.nullable(),
        answer: z.string().nullable(),
      }),
    )
    .describe('What goes out and was not taken, dead ones first'),
})

export const DeliveriesAgain = z.strictObject({
  deliveries: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(500)
    .optional()
    .describe('Their ids; absent: all that are dead'),
})

export const SentAgain = z.object({ sent_again: z.int().describe('How many go out again') })

export const RunOrder = z.strictObject({
  policy: PolicyDraftBody.extend({ reason: z.string().max(1_000).optional() })
    .optional()
    .describe(
      'Save a version of the policy, from the first day of a month on; figures that depend on it are built again',
    ),
  only: z.array(z.string()).optional().describe('Names of sources; all where absent'),
  full: z.boolean().optional().describe('Extract everything again, not what changed'),
  as_of: z.iso.date().optional().describe('Business date of the figures'),
  again: z
    .strictObject({ since: z.string().min(1).optional(), until: z.string().min(1).optional() })
    .optional()
    .describe('Read a part of the past again, of the feeds that `only` names: from, and up to but without'),
  accept: z
    .array(z.string().min(1))
    .optional()
    .describe('Sources, feeds or batches whose waiting batches are loaded although they look wrong'),
  correct: z
    .strictObject({
      reject_id: z.string().min(1),
      set: z.record(z.string(), z.string().nullable()).describe('Values by column of the source'),
      reason: z.string().max(1_000).optional(),
    })
    .optional()
    .describe('A rejected row with corrected values'),
  classify: z
    .strictObject({
      customer_id: z.string().min(1),
      class: z.string().optional().describe('VIP, key, regular, watch or new; absent: what was set is ended'),
      until: z.string().optional().describe('Last day on which it holds, later than the business date'),
      reason: z.string().max(1_000).optional().describe('Why; must be given'),
    })
    .optional()
    .describe('Set the class of a customer until a day, or end that; figures that depend on it are built again'),
  decide: z
    .strictObject({
      batch_id: z.string().min(1),
      kind: z.enum(['quarantine', 'release']),
      reason: z.string().max(1_000).optional(),
    })
    .optional()
    .describe('Take a batch out of all figures, or back in; everything is then built again from landing'),
  lead: z
    .strictObject({
      lead_id: z.string().min(1).max(1_000),
      kind: z.enum(['taken', 'dismissed', 'converted', 'confirmed', 'rejected']),
      reason: z.string().max(1_000).optional(),
      opportunity_id: z.string().min(1).max(1_000).optional().describe('What a converted lead was turned into'),
    })
    .optional()
    .describe('What sales decides of a lead, or of a deal that service may have brought; reads nothing else'),
})

export const Batches = z.array(
  z.object({
    batch_id: z.string(),
    source: z.string(),
    entity: z.string(),
    origin: z.string(),
    extracted_at: instant,
    rows: z.int(),
    loaded: z.int().nullable(),
    rejected: z.int().nullable(),
    state: z.enum(['loaded', 'quarantined', 'held', 'waiting']),
    corrected_by: z.string().nullable(),
  }),
)

export const Health = z.object({
  state: z.enum(['ready', 'empty']).describe('empty: no run has been published yet'),
  version: z.string(),
  warehouse_version: z.int(),
})
