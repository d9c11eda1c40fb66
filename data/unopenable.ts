import { ConfigError } from '../errors.ts'

/** Why DuckDB does not open a file, and what to do about it. */
export function unopenable(path: string, cause: unknown): ConfigError {
  const message = cause instanceof Error ? cause.message : String(cause)
  const holder = /Conflicting lock is held in (.+) \(PID (\d+)\)/.exec(message)
  if (holder) {
    return new ConfigError(
      `warehouse ${path} is held by process ${holder[2]} (${holder[1]}); one process at a time may open it. Ask that one, or stop it and try again.`,
      { cause },
    )
  }
  return new ConfigError(
    `warehouse ${path} cannot be opened: ${message}. Check the path, that its folder may be written, and the settings.`,
    {
      cause,
    },
  )
}
