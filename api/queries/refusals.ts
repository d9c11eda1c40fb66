import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import { nearest } from '../../models/builder/nearest.ts'

/** "metric 'revenu' is unknown. Did you mean 'revenue'? Valid: …" */
export function unknownWord(what: string, word: string, at: { field: string; valid: readonly string[] }): RequestError {
  const meant = nearest(word, at.valid)
  return new RequestError(fault('unknown_word', { what, word, near: meant, valid: at.valid }), { field: at.field })
}
