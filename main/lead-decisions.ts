import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config/define.ts'
import type { FilesSource } from '../config/source.ts'
import type { Warehouse } from '../data/warehouse.ts'
import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'

/** The source that decisions on leads come from. It is there from the first decision on. */
export const LEAD_SOURCE = 'lead_decisions'

/** What sales decides of a lead, or of a deal that service may have brought. */
export interface LeadDecision {
  readonly lead_id: string
  readonly kind: 'taken' | 'dismissed' | 'converted' | 'confirmed' | 'rejected'
  readonly reason?: string
  /** What the lead was turned into, where it is entered already. */
  readonly opportunity_id?: string
}

/** Decisions are kept as files that are read like any other source: a rebuild knows them, and so does the past. */
export function withLeadDecisions(config: Config): Config {
  const folder = folderOf(config)
  if (!existsSync(folder) || config.sources.some(({ name }) => name === LEAD_SOURCE)) return config
  const source: FilesSource = {
    name: LEAD_SOURCE,
    kind: 'files',
    folder,
    format: 'ndjson',
    feeds: [
      {
        entity: 'lead_decisions',
        from: 'leads-*.ndjson',
        columns: {
          decision_id: 'decision_id',
          lead_id: 'lead_id',
          kind: 'kind',
          reason: 'reason',
          opportunity_id: 'opportunity_id',
          customer_id: 'customer_id',
          decided_by: 'decided_by',
          decided_at: 'decided_at',
          recorded_at: 'decided_at',
        },
      },
    ],
  }
  return { ...config, sources: [...config.sources, source] }
}

/** Writes a decision down, durably. Throws RequestError for a lead that is not listed, or one that is dismissed without a reason. */
export async function decideLead(
  { warehouse, config, now }: { warehouse: Warehouse; config: Config; now: () => Date },
  { lead_id, kind, reason, opportunity_id, by }: LeadDecision & { readonly by: string },
): Promise<void> {
  const isHidden = kind === 'confirmed' || kind === 'rejected'
  const mart = isHidden ? 'marts.hidden_deals' : 'marts.leads'
  const { lead, deal } = await warehouse.read(async (session) => ({
    lead: await session.one<{ customer_id: string }>(`SELECT customer_id FROM ${mart} WHERE lead_id = $1`, [lead_id]),
    deal: await session.one<{ customer_id: string }>(
      'SELECT customer_id FROM core.opportunities WHERE opportunity_id = $1',
      [opportunity_id ?? ''],
    ),
  }))
  if (lead === undefined) throw new RequestError(fault('lead_unknown', { lead: lead_id }), { field: 'lead' })
  if (opportunity_id !== undefined && deal?.customer_id !== lead.customer_id)
    throw new RequestError(fault('lead_opportunity', { opportunity: opportunity_id, customer: lead.customer_id }), {
      field: 'lead.opportunity_id',
    })
  if (kind === 'dismissed' && (reason ?? '').trim() === '')
    throw new RequestError(fault('lead_reason', {}), { field: 'lead.reason' })
  const decided_at = now().toISOString()
  const decision_id = `${decided_at.replaceAll(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`
  const line = {
    decision_id,
    lead_id,
    customer_id: lead.customer_id,
    kind,
    reason: reason ?? null,
    opportunity_id: opportunity_id ?? null,
    decided_by: by,
    decided_at,
  }
  await mkdir(folderOf(config), { recursive: true })
  const file = await open(join(folderOf(config), `leads-${decided_at.slice(0, 7)}.ndjson`), 'a')
  try {
    await file.appendFile(`${JSON.stringify(line)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

function folderOf({ folder }: Config): string {
  return join(folder, 'decisions')
}
