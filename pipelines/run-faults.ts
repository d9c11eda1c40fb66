import { fault, type Fault } from '../entities/faults.ts'
import { ModelError, TrueworthError } from '../errors.ts'

/** A batch that was not loaded, as an error. */
export class RefusedBatch extends Error {
  readonly fault: Fault

  constructor(message: string, fault: Fault) {
    super(message)
    this.fault = fault
  }
}

/** An error as a code with its details. One that has none of its own is told by its message. */
export function faultOfError(error: unknown): Fault {
  if ((error instanceof TrueworthError || error instanceof RefusedBatch) && error.fault !== undefined)
    return error.fault
  const message = messageOf(error)
  return error instanceof ModelError ? fault('model_failed', { message }) : fault('unexpected', { message })
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
