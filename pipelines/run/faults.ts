import { fault, type Fault } from '../../entities/faults.ts'
import { ModelError, SourceError, TrueworthError, withoutSecrets } from '../../errors.ts'

/** A batch that was not loaded, as an error: its rows, or the mapping, must be mended. */
export class RefusedBatch extends SourceError {
  constructor(refused: Fault, source: string) {
    super(refused, { source, retry: false })
  }
}

/** An error as a code with its details. One that has none of its own is told by its message. */
export function faultOfError(error: unknown): Fault {
  if (error instanceof TrueworthError && error.fault !== undefined) return error.fault
  const message = messageOf(error)
  return error instanceof ModelError ? fault('model_failed', { message }) : fault('unexpected', { message })
}

export function messageOf(error: unknown): string {
  return withoutSecrets(error instanceof Error ? error.message : String(error))
}
