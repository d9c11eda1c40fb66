import { RequestError } from '../../errors.ts'
import { nearest } from '../../models/builder/nearest.ts'

/** "metric 'revenu' is unknown. Did you mean 'revenue'? Valid: …" */
export function unknownWord(what: string, word: string, at: { field: string; valid: readonly string[] }): RequestError {
  const meant = nearest(word, at.valid)
  const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`
  return new RequestError(`${what} '${word}' is unknown.${hint} Valid: ${at.valid.join(', ')}.`, { field: at.field })
}
