import { describeFault, fault, type Fault } from '../entities/faults.ts'
import { withoutSecrets } from '../errors.ts'

/** What the receiver said when it took the message. */
export interface Taken {
  readonly answer: string
}

export interface Failure {
  readonly fault: Fault
  /** Trying again cannot help. */
  readonly final: boolean
  /** Nothing else goes out this way either, so that nothing else is tried before this is. */
  readonly everything: boolean
}

export type Outcome = Taken | Failure

/** Sends one kind of message. `send` never throws for what the receiver or the way to it does. */
export interface Sender<What> {
  send(what: What): Promise<Outcome>
  /** Lets go of connections; what is under way fails. */
  close(): void
}

export function failure(
  found: Fault,
  { final = false, everything = false }: { readonly final?: boolean; readonly everything?: boolean } = {},
): Failure {
  return { fault: found, final, everything }
}

export function unexpected(error: unknown): Failure {
  return failure(fault('delivery_unexpected', { message: wordsOf(error) }))
}

/** What another system or the machine said, on one line, of a length that fits a list, without secrets. */
export function wordsOf(error: unknown): string {
  const cause: NodeJS.ErrnoException | undefined =
    error instanceof Error ? (error.cause instanceof Error ? error.cause : error) : undefined
  return saidBy(cause?.message || cause?.code || 'no answer')
}

export function saidBy(text: string): string {
  return withoutSecrets(text)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 400)
}

/** In English, for logs and the command line. */
export function inWords(found: Fault): string {
  return describeFault(found, 'en') ?? found.code
}
