import type { State } from '../data/state.ts'
import type { AlertMessage, SendAlerts } from './message.ts'

type Tables = State['tables']

export interface Made {
  readonly message: AlertMessage
  readonly groups: readonly string[]
}

/**
 * Keeps messages until their time has come. One that nobody has been handed yet gives way to a newer one to the same people
 * about the same groups, so that quiet days end with one message.
 */
export async function keepMessages(tables: Tables, made: readonly Made[], now: string): Promise<void> {
  for (const { message, groups } of made) {
    const recipients = JSON.stringify(message.to.map(({ address }) => address).toSorted())
    const waiting = await tables
      .selectFrom('alert_messages')
      .select(['key', 'groups'])
      .where('alert', '=', message.alert)
      .where('recipients', '=', recipients)
      .where('handed_at', 'is', null)
      .where('send_at', '>', now)
      .execute()
    for (const older of waiting)
      if ((JSON.parse(older.groups) as string[]).every((group) => groups.includes(group)))
        await tables.deleteFrom('alert_messages').where('key', '=', older.key).execute()
    await tables
      .insertInto('alert_messages')
      .values({
        key: message.key,
        alert: message.alert,
        recipients,
        groups: JSON.stringify(groups),
        body: JSON.stringify(message),
        made_at: now,
        send_at: message.quietUntil ?? now,
        handed_at: null,
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
  }
}

/** Messages handed over at once. */
const BATCH = 100

/**
 * Hands over what is due. A crash between handing over and writing it down hands it over again under the same key, which
 * the receiver knows. Without anybody who takes them, messages are done with: nothing is sent later that is long past.
 */
export async function handOver(tables: Tables, send: SendAlerts | undefined, now: Date): Promise<void> {
  const at = now.toISOString()
  const due = await tables
    .selectFrom('alert_messages')
    .select(['key', 'body'])
    .where('handed_at', 'is', null)
    .where('send_at', '<=', at)
    .orderBy('send_at')
    .orderBy('key')
    .execute()
  for (let from = 0; from < due.length; from += BATCH) {
    const some = due.slice(from, from + BATCH)
    await send?.(some.map(({ body }) => JSON.parse(body) as AlertMessage))
    await tables
      .updateTable('alert_messages')
      .set({ handed_at: at })
      .where(
        'key',
        'in',
        some.map(({ key }) => key),
      )
      .execute()
  }
}
