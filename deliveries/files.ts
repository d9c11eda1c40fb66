import { readFile, realpath } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { fault } from '../entities/faults.ts'
import { failure, type Failure } from './outcome.ts'

/**
 * Bytes of a file that is named relative to `folder`. A Failure for one that is not there, or that a link leads out of
 * the folder.
 */
export async function readInside(folder: string, file: string): Promise<Buffer | Failure> {
  try {
    const inside = `${await realpath(folder)}${sep}`
    const path = await realpath(resolve(folder, file))
    if (!path.startsWith(inside)) return failure(fault('delivery_file_outside', { file }), { final: true })
    return await readFile(path)
  } catch {
    return failure(fault('delivery_file_missing', { file }), { final: true })
  }
}
