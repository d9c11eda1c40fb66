import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mailOf, type Mail, type MailSettings } from '../../config/mail.ts'
import { openState, type State } from '../../data/state.ts'
import { openOutbox, type Outbox, type OutboxDeps } from '../../deliveries/outbox.ts'
import type { Message, Outgoing } from '../../deliveries/outgoing.ts'

type Worded = Extract<Outgoing, { message: Message }>

export const message: Message = { subject: 'May', text: 'All is well.', inline: [], attachments: [] }

export const mailTo = (to: string, more: Partial<Message> = {}, key = `may:${to}`): Worded => ({
  key,
  kind: 'report',
  about: 'issue-1',
  channel: { via: 'mail', to },
  message: { ...message, ...more },
})

export const mailBy = (smtp: MailSettings['smtp'], more: Partial<MailSettings> = {}): Mail =>
  mailOf({ smtp, from: 'Trueworth <reports@example.com>', operator: 'operator@example.com', ...more })

/** An outbox with a folder, a state and a clock of its own. */
export class Bench {
  clock = new Date('2026-06-01T08:00:00Z')
  readonly faults: unknown[] = []
  readonly folder: string
  readonly state: State
  #outboxes: Outbox[] = []

  private constructor(folder: string, state: State) {
    this.folder = folder
    this.state = state
  }

  static async open(): Promise<Bench> {
    const folder = await mkdtemp(join(tmpdir(), 'trueworth-deliveries-'))
    return new Bench(folder, openState(join(folder, 'state.sqlite')))
  }

  outbox(more: Partial<OutboxDeps>): Outbox {
    const deps = { state: this.state, folder: this.folder, now: () => this.clock }
    const outbox = openOutbox({ ...deps, onFault: (error) => this.faults.push(error), ...more })
    this.#outboxes.push(outbox)
    return outbox
  }

  later(minutes: number): void {
    this.clock = new Date(this.clock.getTime() + minutes * 60_000)
  }

  async close(): Promise<void> {
    for (const each of this.#outboxes) await each.close()
    await this.state.close()
    await rm(this.folder, { recursive: true, force: true })
  }
}
