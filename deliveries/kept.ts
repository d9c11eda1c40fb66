import type { Selectable, Transaction } from 'kysely'
import type { DeliveryTable } from '../data/delivery-tables.ts'
import type { State, StateTables } from '../data/state.ts'
import type { Fault } from '../entities/faults.ts'
import type { DeliveryStatus } from '../models/metrics/status.ts'
import { inWords, type Outcome } from './outcome.ts'
import { deliveryId, recipientOf, type Channel, type Message, type Outgoing } from './outgoing.ts'

export type Row = Selectable<DeliveryTable>
export type Via = Channel['via']

/** After so many attempts in vain a delivery is dead: it stays on the list until somebody sends it again. */
export const ATTEMPTS = 6
const FIRST_WAIT = 60_000
/** SQLite takes so many values in one list. */
const MOST_IDS = 500
/** What was said is kept so long after it was sent; who was sent it, for good. */
const KEPT_DAYS = 30

type Tables = State['tables'] | Transaction<StateTables>

/** What the receiver of a delivery of mail or a folder is sent, as it lies in `body`. */
export interface Kept {
  readonly channel: Exclude<Channel, { via: 'webhook' }>
  readonly message: Message
}

/** Keeps what is not kept under its key. */
export async function keep(tables: Tables, one: Outgoing, now: Date): Promise<void> {
  const due = one.notBefore !== undefined && one.notBefore > now ? one.notBefore : now
  const kept: unknown = 'message' in one ? { channel: one.channel, message: one.message } : one.body
  await tables
    .insertInto('deliveries')
    .values({
      delivery_id: deliveryId(one.key),
      key: one.key,
      kind: one.kind,
      about: one.about,
      via: one.channel.via,
      recipient: recipientOf(one.channel),
      body: JSON.stringify(kept),
      status: 'waiting',
      made_at: now.toISOString(),
      next_at: due.toISOString(),
      error: null,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What is due, the longest first: what ended the process before others had their turn has its own after them. One that was being sent when its process ended is due again when an attempt in vain would be. */
export async function dueOf({ tables }: State, via: Via, { now, limit }: { now: Date; limit: number }): Promise<Row[]> {
  return tables
    .selectFrom('deliveries')
    .selectAll()
    .where('via', '=', via)
    .where('status', 'in', ['waiting', 'sending'])
    .where('next_at', '<=', now.toISOString())
    .orderBy('next_at')
    .orderBy('made_at')
    .orderBy('delivery_id')
    .limit(limit)
    .execute()
}

/** Notes that it is being sent, before it is. False where somebody else has done so meanwhile. */
export async function claim({ tables }: State, { delivery_id, attempts }: Row, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tables
    .updateTable('deliveries')
    .set({ status: 'sending', attempts: attempts + 1, next_at: nextAt(now, attempts + 1) })
    .where('delivery_id', '=', delivery_id)
    .where('status', 'in', ['waiting', 'sending'])
    .where('attempts', '=', attempts)
    .where('next_at', '<=', now.toISOString())
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** What became of the attempt that was claimed. */
export async function note(
  { tables }: State,
  row: Row,
  { outcome, now }: { outcome: Outcome; now: Date },
): Promise<void> {
  const at = now.toISOString()
  const attempts = row.attempts + 1
  const isDead = 'fault' in outcome && (outcome.final || attempts >= ATTEMPTS)
  await tables
    .updateTable('deliveries')
    .set(
      'fault' in outcome
        ? {
            status: isDead ? 'dead' : 'waiting',
            next_at: nextAt(now, attempts),
            error: inWords(outcome.fault),
            fault: JSON.stringify(outcome.fault),
            failing_since: row.failing_since ?? at,
            ended_at: isDead ? at : null,
          }
        : { status: 'sent', error: null, fault: null, failing_since: null, answer: outcome.answer, ended_at: at },
    )
    .where('delivery_id', '=', row.delivery_id)
    .where('status', '=', 'sending')
    .execute()
}

/** Lets all else that goes the same way wait as long as what found the way shut, without counting an attempt. */
export async function postpone(
  { tables }: State,
  row: Row,
  { found, now }: { found: Fault; now: Date },
): Promise<void> {
  const until = nextAt(now, row.attempts + 1)
  await tables
    .updateTable('deliveries')
    .set((build) => ({
      next_at: until,
      error: inWords(found),
      fault: JSON.stringify(found),
      failing_since: build.fn.coalesce('failing_since', build.val(now.toISOString())),
    }))
    .where('via', '=', row.via)
    .where('status', '=', 'waiting')
    .where('next_at', '<=', now.toISOString())
    .execute()
}

/** 1, 4, 16 … minutes after the first, second, third attempt. */
function nextAt(now: Date, attempts: number): string {
  return new Date(now.getTime() + FIRST_WAIT * 4 ** (attempts - 1)).toISOString()
}

export interface ListOptions {
  readonly about?: string
  readonly status?: readonly DeliveryStatus['status'][]
  /** Only what was tried in vain. */
  readonly failing?: boolean
  readonly limit: number
}

/** Dead ones first, then the newest. */
export async function list(
  { tables }: State,
  { about, status, failing, limit }: ListOptions,
): Promise<DeliveryStatus[]> {
  let rows = tables.selectFrom('deliveries').selectAll()
  if (about !== undefined) rows = rows.where('about', '=', about)
  if (status !== undefined) rows = rows.where('status', 'in', status)
  if (failing === true) rows = rows.where('error', 'is not', null)
  const found = await rows
    .orderBy(({ eb }) => eb('status', '=', 'dead'), 'desc')
    .orderBy('made_at', 'desc')
    .orderBy('delivery_id')
    .limit(limit)
    .execute()
  return found.map(statusOf)
}

function statusOf({ body: _body, told_at: _told, fault, ...row }: Row): DeliveryStatus {
  return {
    ...row,
    kind: row.kind as DeliveryStatus['kind'],
    via: row.via as Via,
    status: row.status as DeliveryStatus['status'],
    fault: fault === null ? null : (JSON.parse(fault) as Fault),
  }
}

/** Dead ones wait again, from the first attempt; of those that are named also what waits after an attempt in vain. */
export async function revive({ tables }: State, now: Date, ids?: readonly string[]): Promise<number> {
  const at = now.toISOString()
  return tables.transaction().execute(async (transaction) => {
    let revived = 0
    const parts = ids === undefined ? [undefined] : chunks(ids)
    for (const part of parts) {
      let update = transaction
        .updateTable('deliveries')
        .set({ status: 'waiting', attempts: 0, next_at: at, ended_at: null, told_at: null })
      update =
        part === undefined
          ? update.where('status', '=', 'dead')
          : update
              .where('delivery_id', 'in', part)
              .where((eb) =>
                eb.or([eb('status', '=', 'dead'), eb.and([eb('status', '=', 'waiting'), eb('error', 'is not', null)])]),
              )
      revived += Number((await update.executeTakeFirst()).numUpdatedRows)
    }
    return revived
  })
}

function chunks(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, at) =>
    ids.slice(at * MOST_IDS, (at + 1) * MOST_IDS),
  )
}

export type Counts = Readonly<Record<DeliveryStatus['status'], number>>

export async function counts({ tables }: State): Promise<Counts> {
  const rows = await tables
    .selectFrom('deliveries')
    .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
    .groupBy('status')
    .execute()
  return {
    waiting: 0,
    sending: 0,
    sent: 0,
    dead: 0,
    ...Object.fromEntries(rows.map(({ status, count }) => [status, count])),
  }
}

/** Dead ones that the operator was not told of. */
export async function untold({ tables }: State): Promise<DeliveryStatus[]> {
  const rows = await tables
    .selectFrom('deliveries')
    .selectAll()
    .where('status', '=', 'dead')
    .where('told_at', 'is', null)
    .orderBy('ended_at')
    .limit(MOST_IDS)
    .execute()
  return rows.map(statusOf)
}

export async function markTold({ tables }: State, ids: readonly string[], now: Date): Promise<void> {
  for (const part of chunks(ids))
    await tables
      .updateTable('deliveries')
      .set({ told_at: now.toISOString() })
      .where('delivery_id', 'in', part)
      .execute()
}

/** Forgets what was said in what was sent long ago; that it was sent, and to whom, stays. */
export async function forgetBodies({ tables }: State, now: Date): Promise<void> {
  await tables
    .updateTable('deliveries')
    .set({ body: '' })
    .where('status', '=', 'sent')
    .where('ended_at', '<', new Date(now.getTime() - KEPT_DAYS * 86_400_000).toISOString())
    .where('body', '!=', '')
    .execute()
}
