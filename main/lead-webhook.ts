import type { State } from '../data/state.ts'
import type { Warehouse } from '../data/warehouse.ts'
import type { Outbox } from '../deliveries/outbox.ts'
import { deliveryId, type Outgoing } from '../deliveries/outgoing.ts'

/** Leads of one delivery. */
const MOST_LEADS = 500
/** What the outbox calls `leadWebhook` of the configuration. */
export const LEAD_WEBHOOK = 'leads'

export interface LeadDeps {
  readonly state: State
  readonly warehouse: Warehouse
  readonly outbox: Outbox
  readonly now: () => Date
}

/** Pushes each new lead once to another system. */
export async function pushLeads(deps: LeadDeps): Promise<void> {
  await queueNewLeads(deps)
  await deps.outbox.sendDue()
}

async function queueNewLeads({ state: { tables }, warehouse, outbox, now }: LeadDeps): Promise<void> {
  const leads = await warehouse.read((session) =>
    session.rows<{ lead_id: string }>(
      `SELECT leads.* FROM marts.leads WHERE status = 'open' ORDER BY expected_margin DESC NULLS LAST, lead_id`,
    ),
  )
  const known = await tables.selectFrom('announced_leads').select('lead_id').execute()
  const announced = new Set(known.map(({ lead_id }) => lead_id))
  const fresh = leads.filter(({ lead_id }) => !announced.has(lead_id))
  for (let at = 0; at < fresh.length; at += MOST_LEADS) {
    const some = fresh.slice(at, at + MOST_LEADS)
    const delivery = deliveryOf(some, now())
    // Together or not at all: a lead that is marked is one that is sent.
    await tables.transaction().execute(async (transaction) => {
      await outbox.put([delivery], transaction)
      const delivery_id = deliveryId(delivery.key)
      for (const { lead_id } of some)
        await transaction.insertInto('announced_leads').values({ lead_id, delivery_id }).execute()
    })
  }
}

/** A lead is announced once, so that the first of some names them all. */
function deliveryOf(leads: readonly { readonly lead_id: string }[], now: Date): Outgoing {
  const first = leads[0]?.lead_id ?? ''
  return {
    key: `${LEAD_WEBHOOK}:${first}`,
    kind: 'leads',
    about: first,
    channel: { via: 'webhook', name: LEAD_WEBHOOK },
    body: { type: 'leads.found', timestamp: now.toISOString(), data: { leads } },
  }
}
