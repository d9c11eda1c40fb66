import { ConfigError } from '../errors.ts'
import { nearest } from '../models/builder/nearest.ts'

/** A word that is not there, with the nearest one. */
export function unknownWord(place: string, word: string, valid: readonly string[]): ConfigError {
  const near = nearest(word, valid)
  const meant = near === undefined ? '' : ` Did you mean '${near}'?`
  return new ConfigError(`${place}: '${word}' is unknown.${meant} docs/metrics.md has the names`)
}

export function refused(place: string, why: string): ConfigError {
  return new ConfigError(`${place}: ${why}`)
}

export function unreadable(place: string, text: string, cause: unknown): ConfigError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new ConfigError(`${place}: '${text}' cannot be read: ${why}`, { cause })
}
