import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fault } from '../entities/faults.ts'
import { readInside } from './files.ts'
import { failure, wordsOf, type Outcome, type Sender } from './outcome.ts'
import type { Message } from './outgoing.ts'

export interface Parcel {
  readonly delivery_id: string
  readonly path: string
  readonly message: Message
}

interface Written {
  readonly name: string
  readonly bytes: Buffer
}

/**
 * Puts what is attached, or where nothing is the text, into a folder. A file appears whole or not at all, is never written
 * over, and one that is there with the same bytes counts as delivered.
 */
export function openFolders({ folder }: { readonly folder: string }): Sender<Parcel> {
  return {
    send: async (parcel) => {
      if (!(await isFolder(parcel.path))) return failure(fault('delivery_folder_missing', { path: parcel.path }))
      const files: Written[] = []
      for (const { name, file } of parcel.message.attachments) {
        const bytes = await readInside(folder, file)
        if ('fault' in bytes) return bytes
        files.push({ name, bytes })
      }
      if (files.length === 0) files.push(textOf(parcel))
      return writeAll(parcel, files)
    },
    close: () => undefined,
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

function textOf({ delivery_id, message: { subject, text } }: Parcel): Written {
  const name = subject
    .replaceAll(/[^\p{L}\p{N} _-]+/gu, ' ')
    .trim()
    .replaceAll(/\s+/g, '-')
    .slice(0, 60)
  return {
    name: `${name}${name === '' ? '' : '-'}${delivery_id.slice(0, 8)}.txt`,
    bytes: Buffer.from(`${subject}\n\n${text}\n`),
  }
}

async function writeAll({ delivery_id, path }: Parcel, files: readonly Written[]): Promise<Outcome> {
  try {
    const names: string[] = []
    for (const one of files) names.push(await write(path, one, delivery_id))
    return { answer: names.join(', ') }
  } catch (error) {
    return failure(fault('delivery_folder_unwritable', { path, message: wordsOf(error) }))
  }
}

/** Where another file has the name, the delivery's own id follows it: the same name each time it is tried. */
async function write(folder: string, { name, bytes }: Written, delivery_id: string): Promise<string> {
  const extension = extname(name)
  const own = `${name.slice(0, name.length - extension.length)}-${delivery_id.slice(0, 8)}${extension}`
  for (const each of [name, own]) {
    const found = await bytesOf(join(folder, each))
    if (found?.equals(bytes)) return each
    if (found === undefined || each === own) {
      await place(join(folder, each), bytes, join(folder, `.${delivery_id}.partial`))
      return each
    }
  }
  return own
}

async function bytesOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** On disk before it has its name: a reader of the folder never sees half a file. */
async function place(file: string, bytes: Buffer, partial: string): Promise<void> {
  try {
    const handle = await open(partial, 'w')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined)
    throw error
  }
}
