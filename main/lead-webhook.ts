import { createHmac, randomUUID } from 'node:crypto'
import type { Webhook } from '../config/define.ts'
import type { Delivery, State } from '../data/state.ts'
import type { Warehouse } from '../data/warehouse.ts'

/** Leads of one delivery. */
const MOST_LEADS = 500
/** After so many attempts in vain a delivery is dead: it stays on the list until somebody sends it again. */
const ATTEMPTS = 6
const FIRST_WAIT = 60_000
const TIMEOUT = 10_000
/** The receiver said that it is gone for good. */
const GONE = 410

export interface WebhookDeps {
  readonly state: State
  readonly warehouse: Warehouse
  readonly webhook: Webhook
  readonly now: () => Date
}

/**
 * Pushes each new lead once to another system, signed as Standard Webhooks has it (standardwebhooks.com): HMAC-SHA256 over id,
 * timestamp and body. What is not taken is tried again after 1, 4, 16 … minutes; the same id tells the receiver a repetition.
 */
export async function pushLeads(deps: WebhookDeps): Promise<void> {
  await queueNewLeads(deps)
  await deliverWaiting(deps)
}

async function queueNewLeads({ state: { tables }, warehouse, now }: WebhookDeps): Promise<void> {
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
    const made_at = now().toISOString()
    const delivery_id = randomUUID()
    const body = JSON.stringify({ type: 'leads.found', timestamp: made_at, data: { leads: some } })
    // Together or not at all: a lead that is marked is one that is sent.
    await tables.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('deliveries')
        .values({ delivery_id, body, status: 'waiting', made_at, next_at: made_at, error: null, ended_at: null })
        .execute()
      for (const { lead_id } of some)
        await transaction.insertInto('announced_leads').values({ lead_id, delivery_id }).execute()
    })
  }
}

/** Sends what is due. */
export async function deliverWaiting(deps: Omit<WebhookDeps, 'warehouse'>): Promise<void> {
  const { state, webhook, now } = deps
  const due = await state.tables
    .selectFrom('deliveries')
    .selectAll()
    .where('status', '=', 'waiting')
    .where('next_at', '<=', now().toISOString())
    .orderBy('made_at')
    .execute()
  for (const delivery of due) {
    const error = await send(webhook, delivery, now())
    await note(deps, delivery, error)
  }
}

interface Failure {
  readonly words: string
  readonly final: boolean
}

async function send(
  { url, secret }: Webhook,
  { delivery_id, body }: Delivery,
  now: Date,
): Promise<Failure | undefined> {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signature = createHmac('sha256', secret).update(`${delivery_id}.${timestamp}.${body}`).digest('base64')
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': delivery_id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
      body,
      // Nobody but the one who was named gets the leads.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    })
    await answer.body?.cancel()
    return answer.ok ? undefined : { words: `answered ${answer.status}`, final: answer.status === GONE }
  } catch (error) {
    const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause : error) : undefined
    return { words: cause?.message ?? 'no answer', final: false }
  }
}

async function note(
  { state: { tables }, now }: Pick<WebhookDeps, 'state' | 'now'>,
  { delivery_id, attempts: before }: Delivery,
  failure: Failure | undefined,
): Promise<void> {
  const attempts = before + 1
  const isDead = failure !== undefined && (failure.final || attempts >= ATTEMPTS)
  const status = failure === undefined ? 'sent' : isDead ? 'dead' : 'waiting'
  const next = new Date(now().getTime() + FIRST_WAIT * 4 ** (attempts - 1)).toISOString()
  await tables
    .updateTable('deliveries')
    .set({
      status,
      attempts,
      next_at: next,
      error: failure?.words ?? null,
      ended_at: status === 'waiting' ? null : now().toISOString(),
    })
    .where('delivery_id', '=', delivery_id)
    .execute()
}

/** Deliveries that were not taken, newest first. */
export async function undelivered({ tables }: State): Promise<Delivery[]> {
  return tables.selectFrom('deliveries').selectAll().where('status', '!=', 'sent').orderBy('made_at', 'desc').execute()
}

/** Dead deliveries wait again, from the first attempt. Returns how many. */
export async function reviveDeliveries({ tables }: State, now: Date): Promise<number> {
  const { numUpdatedRows } = await tables
    .updateTable('deliveries')
    .set({ status: 'waiting', attempts: 0, next_at: now.toISOString(), ended_at: null })
    .where('status', '=', 'dead')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
