import { zipSync, type Zippable } from 'fflate'

/**
 * Files in one archive, the same bytes for the same files and instant wherever it is made: an archive has local times, so the
 * instant is written as if here were Greenwich. `at`: ISO 8601, UTC, from 1980 on.
 */
export function packed(files: Readonly<Record<string, Uint8Array>>, at: string): Uint8Array {
  const instant = new Date(at)
  const local = new Date(
    instant.getUTCFullYear(),
    instant.getUTCMonth(),
    instant.getUTCDate(),
    instant.getUTCHours(),
    instant.getUTCMinutes(),
    instant.getUTCSeconds(),
  )
  const entries = Object.entries(files).map(([name, bytes]) => [name, [bytes, { mtime: local, level: 6 as const }]])
  return zipSync(Object.fromEntries(entries) as Zippable)
}
