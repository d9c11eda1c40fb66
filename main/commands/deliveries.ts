import { join } from 'node:path'
import type { Config } from '../../config/define.ts'
import { openState } from '../../data/state.ts'
import { openOutbox } from '../../deliveries/outbox.ts'
import { describeError, textTable } from '../../terminal.ts'

const MOST = 10_000

/** `trueworth deliveries`: what was not taken, the dead ones first; with `again` those wait anew. */
export async function deliveriesCommand(
  { folder }: Config,
  { json, again }: { readonly json?: boolean; readonly again?: boolean },
): Promise<number> {
  const state = openState(join(folder, 'state.sqlite'))
  const onFault = (error: unknown): void => console.error(describeError(error))
  const outbox = openOutbox({ state, folder, now: () => new Date(), onFault })
  try {
    if (again) console.error(`${await outbox.revive()} wait again`)
    const waiting = await outbox.list({ status: ['waiting', 'sending', 'dead'], limit: MOST })
    if (json) console.log(JSON.stringify(waiting, null, 2))
    else if (waiting.length === 0) console.log('Everything was taken.')
    else
      console.log(
        textTable(
          ['delivery', 'what', 'to', 'made at', 'state', 'attempts', 'next at', 'why'],
          waiting.map((one) => [
            one.delivery_id,
            `${one.kind} ${one.about}`.trim(),
            `${one.via} ${one.recipient}`,
            minute(one.made_at),
            one.status,
            String(one.attempts),
            one.status === 'dead' ? '' : minute(one.next_at),
            one.error ?? '',
          ]),
          new Set(['attempts']),
        ),
      )
    return 0
  } finally {
    await outbox.close()
    await state.close()
  }
}

const minute = (instant: string): string => instant.slice(0, 16).replace('T', ' ')
