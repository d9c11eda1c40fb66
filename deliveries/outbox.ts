import type { Transaction } from 'kysely'
import type { Webhook } from '../config/define.ts'
import type { Mail } from '../config/mail.ts'
import type { State, StateTables } from '../data/state.ts'
import { fault } from '../entities/faults.ts'
import type { DeliveryStatus } from '../models/metrics/status.ts'
import { openFolders } from './folder.ts'
import {
  ATTEMPTS,
  claim,
  counts,
  dueOf,
  forgetBodies,
  keep,
  list,
  markTold,
  note,
  postpone,
  revive,
  untold,
  type Counts,
  type Kept,
  type ListOptions,
  type Row,
  type Via,
} from './kept.ts'
import { oneAtATime } from './lane.ts'
import { MAIL_CONNECTIONS, openMail } from './mail.ts'
import { failure, inWords, unexpected, type Outcome } from './outcome.ts'
import { checkOutgoing, type Outgoing } from './outgoing.ts'
import { openWebhooks } from './webhook.ts'

/** How many of a kind are sent at once. */
const AT_ONCE: Readonly<Record<Via, number>> = { mail: MAIL_CONNECTIONS, webhook: 4, folder: 1 }
const ROUND = 200
/** What is under way when the process ends has so long to end itself. */
const GRACE = 5_000

export interface OutboxDeps {
  readonly state: State
  /** Of the warehouse: where the files of messages lie. */
  readonly folder: string
  /** Absent: mail waits. */
  readonly mail?: Mail | undefined
  /** By name. */
  readonly webhooks?: Readonly<Record<string, Webhook>>
  readonly now: () => Date
  /** Told of what the operator must mend: a server that refuses the password, a way that is shut. */
  readonly onFault: (error: unknown) => void
  /** Told once of deliveries that nobody will try again. Where it throws, it is told again. */
  readonly onDead?: (dead: readonly DeliveryStatus[]) => void | Promise<void>
  /** Milliseconds until a webhook is given up. */
  readonly webhookTimeout?: number
}

export interface Outbox {
  /** Keeps messages until they are sent; within a transaction of the state, if one is given. Throws RequestError for a file that lies elsewhere. */
  put(messages: readonly Outgoing[], within?: Transaction<StateTables>): Promise<void>
  /** Sends what is due, and returns when each was tried. Never throws for what a receiver does. */
  sendDue(): Promise<void>
  /** Dead ones first, then the newest. */
  list(options: ListOptions): Promise<DeliveryStatus[]>
  /** Dead ones wait again, those of `ids` or all; of those that are named also what waits after an attempt in vain. Returns how many. */
  revive(ids?: readonly string[]): Promise<number>
  counts(): Promise<Counts>
  /** Forgets what was said in what was sent long ago. */
  tidy(): Promise<void>
  /** Begins nothing new, and waits a little for what is under way. */
  close(): Promise<void>
}

/**
 * What goes out by mail, webhook and folder. Each message is noted as being sent before it is, and under an id made of its
 * key: where the process ends in between, it goes out again under the same id.
 */
export function openOutbox(deps: OutboxDeps): Outbox {
  const { state, now, onDead } = deps
  const senders = openSenders(deps)
  let closing = false
  const lane = (via: Via) =>
    oneAtATime(async () => sendAll(via, { ...deps, send: senders.send, isClosing: () => closing }))
  const lanes = [lane('mail'), lane('webhook'), lane('folder')]
  const tell = oneAtATime(async () => {
    if (onDead === undefined) return
    const dead = await untold(state)
    if (dead.length === 0) return
    await onDead(dead)
    await markTold(
      state,
      dead.map(({ delivery_id }) => delivery_id),
      now(),
    )
  })
  return {
    put: async (messages, within) => {
      messages.forEach(checkOutgoing)
      const at = now()
      const keepAll = async (tables: Transaction<StateTables>): Promise<void> => {
        for (const one of messages) await keep(tables, one, at)
      }
      await (within === undefined ? state.tables.transaction().execute(keepAll) : keepAll(within))
    },
    sendDue: async () => {
      if (closing) return
      await Promise.all(lanes.map(({ run }) => run()))
      if (!closing) await tell.run()
    },
    list: (options) => list(state, options),
    revive: (ids) => revive(state, now(), ids),
    counts: () => counts(state),
    tidy: () => forgetBodies(state, now()),
    close: async () => {
      closing = true
      const idle = Promise.all([...lanes, tell].map((each) => each.idle()))
      const late = setTimeout(senders.close, GRACE)
      await idle
      clearTimeout(late)
      senders.close()
    },
  }
}

interface Sending extends OutboxDeps {
  readonly send: (row: Row) => Promise<Outcome>
  readonly isClosing: () => boolean
}

function openSenders({ mail, webhooks = {}, folder, now, webhookTimeout }: OutboxDeps): {
  send: (row: Row) => Promise<Outcome>
  close: () => void
} {
  const letters = mail && openMail({ mail, folder, now })
  const signals = openWebhooks({ webhooks, now, ...(webhookTimeout !== undefined && { timeout: webhookTimeout }) })
  const parcels = openFolders({ folder })
  return {
    send: async ({ delivery_id, via, recipient, body }) => {
      if (via === 'webhook') return signals.send({ delivery_id, name: recipient, body })
      const { channel, message } = JSON.parse(body) as Kept
      if (channel.via === 'folder') return parcels.send({ delivery_id, path: channel.path, message })
      if (letters === undefined) return failure(fault('delivery_mail_missing', {}), { everything: true })
      return letters.send({ delivery_id, channel, message })
    },
    close: () => [letters, signals, parcels].forEach((sender) => sender?.close()),
  }
}

async function sendAll(via: Via, deps: Sending): Promise<void> {
  const { state, now, isClosing } = deps
  for (;;) {
    const due = await dueOf(state, via, { now: now(), limit: ROUND })
    let shut = false
    const worker = async (): Promise<void> => {
      for (let row = due.shift(); row !== undefined && !shut && !isClosing(); row = due.shift())
        if (await sendOne(row, deps)) shut = true
    }
    const full = due.length === ROUND
    await Promise.all(Array.from({ length: AT_ONCE[via] }, worker))
    if (!full || shut || isClosing()) return
  }
}

/** True where nothing else would fare better. */
async function sendOne(row: Row, { state, now, send, onFault }: Sending): Promise<boolean> {
  if (!(await claim(state, row, now()))) return false
  const outcome =
    row.attempts >= ATTEMPTS ? failure(fault('delivery_interrupted', {}), { final: true }) : await tried(send, row)
  const at = now()
  await note(state, row, { outcome, now: at })
  if (!('fault' in outcome) || !outcome.everything) return false
  await postpone(state, row, { found: outcome.fault, now: at })
  onFault(new Error(inWords(outcome.fault)))
  return true
}

async function tried(send: (row: Row) => Promise<Outcome>, row: Row): Promise<Outcome> {
  try {
    return await send(row)
  } catch (error) {
    return unexpected(error)
  }
}
