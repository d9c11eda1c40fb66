import { writeFile } from 'node:fs/promises'
import { ConfigError } from '../errors.ts'

/** Writes the file that the caller named. Throws ConfigError where it cannot be written. */
export async function writeOut(file: string, contents: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, contents)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ConfigError(
      `${file} cannot be written: ${why}. Name a file in a folder that is there and may be written.`,
      {
        cause,
      },
    )
  }
}
