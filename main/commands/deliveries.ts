import { join } from 'node:path'
import type { Config } from '../../config/define.ts'
import { openState } from '../../data/state.ts'
import { textTable } from '../../terminal.ts'
import { reviveDeliveries, undelivered } from '../lead-webhook.ts'

/** `trueworth deliveries`: messages that another system has not taken, newest first; with `again` the dead ones wait anew. */
export async function deliveriesCommand(
  config: Config,
  { json, again }: { readonly json?: boolean; readonly again?: boolean },
): Promise<number> {
  const state = openState(join(config.folder, 'state.sqlite'))
  try {
    if (again) console.error(`${await reviveDeliveries(state, new Date())} wait again`)
    const waiting = await undelivered(state)
    if (json) console.log(JSON.stringify(waiting, null, 2))
    else if (waiting.length === 0) console.log('Everything was taken.')
    else
      console.log(
        textTable(
          ['delivery', 'made at', 'state', 'attempts', 'next at', 'why'],
          waiting.map((one) => [
            one.delivery_id,
            one.made_at.slice(0, 16).replace('T', ' '),
            one.status,
            String(one.attempts),
            one.status === 'dead' ? '' : one.next_at.slice(0, 16).replace('T', ' '),
            one.error ?? '',
          ]),
          new Set(['attempts']),
        ),
      )
    return 0
  } finally {
    await state.close()
  }
}
