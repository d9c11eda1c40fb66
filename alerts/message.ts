import type { Language } from '../entities/language.ts'

/** Who is told. */
export interface Recipient {
  readonly address: string
  readonly name?: string
}

/** What an alert says, to be handed over once. A message with a key that was taken already is the same message. */
export interface AlertMessage {
  /** Of alert, group and the instant at which it fired; of several groups, of all of them. */
  readonly key: string
  readonly alert: string
  readonly to: readonly Recipient[]
  readonly language: Language
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The end of the quiet hours it was made in; it is handed over then. Absent: at once. */
  readonly quietUntil?: string
}

/** Takes messages to be delivered; what it has taken it delivers. Throws where it took none: they are handed over again. */
export type SendAlerts = (messages: readonly AlertMessage[]) => Promise<void>
