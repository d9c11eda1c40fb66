import { glob, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fault } from '../../entities/faults.ts'
import { ConfigError, SourceError } from '../../errors.ts'
import { lookAt, type FileLook } from './file-lines.ts'
import type { FileRead } from './reader.ts'

/** A file to be read, and what a look at it told. */
export interface SourceFile extends FileLook {
  /** Below the folder, as it stands in `_file` and in rejects. */
  readonly path: string
  readonly absolute: string
  readonly size: number
  readonly modified_at: string
  /** Of the original, where this is a copy in UTF-8. */
  readonly encoding?: string
  /** Some bytes of it were no text in that encoding. */
  readonly doubtful?: boolean
}

/** Of how many files the columns are looked at, and of how many a sample is taken: the last by name. */
export const LOOKED_AT = 10
export const SAMPLED = 3

export interface Found {
  readonly path: string
  readonly absolute: string
  readonly size: number
  readonly modified_at: string
}

/** Files below `folder` that match, by name. */
export async function findFiles(folder: string, pattern: string, source: string): Promise<Found[]> {
  const exists = await stat(folder).catch(() => undefined)
  if (exists?.isDirectory() !== true) throw new ConfigError(fault('folder_missing', { source, folder }))
  const paths: string[] = []
  for await (const path of glob(pattern, { cwd: folder })) paths.push(path.replaceAll('\\', '/'))
  const found = await Promise.all(paths.toSorted().map((path) => describe(folder, path)))
  return found.filter((file) => file !== undefined)
}

const READABLE = /\.(csv|tsv|txt|ndjson|jsonl|parquet|xls[xmb]?|ods)(\.gz)?$/i

/** The sets of files below `folder` as globs: files whose names differ in numbers only are one set, and so is one whose number is a month or a day. */
export async function fileSets(folder: string, source: string): Promise<string[]> {
  return setsOf((await findFiles(folder, '**/*', source)).map(({ path }) => path))
}

/** The same of names that are at hand. */
export function setsOf(paths: readonly string[]): string[] {
  const readable = paths.filter((path) => READABLE.test(path))
  const sets = Map.groupBy(readable, (path) => path.replaceAll(/\d+([-_.]\d+)*/g, '*'))
  return [...sets].map(([set, [first = '', ...others]]) =>
    others.length > 0 || /(19|20)\d\d[-_.]?(0[1-9]|1[0-2])/.test(first) ? set : first,
  )
}

async function describe(folder: string, path: string): Promise<Found | undefined> {
  const absolute = resolve(folder, path)
  const stats = await stat(absolute).catch(() => undefined)
  if (stats?.isFile() !== true) return undefined
  return { path, absolute, size: stats.size, modified_at: stats.mtime.toISOString() }
}

/** Looks at those files that are new or differ from what was loaded: first by size and time, then by content. */
export async function changedFiles(
  found: readonly Found[],
  loaded: ReadonlyMap<string, FileRead>,
  source: string,
): Promise<SourceFile[]> {
  const changed: SourceFile[] = []
  for (const file of found) {
    const before = loaded.get(file.path)
    if (before?.size === file.size && before.modified_at === file.modified_at) continue
    const look = await lookAt(file.absolute).catch((cause: unknown) => {
      const message = cause instanceof Error ? cause.message : String(cause)
      throw new SourceError(fault('file_unreadable', { source, file: file.path, message }), {
        source,
        retry: true,
        cause,
      })
    })
    if (before?.checksum !== look.checksum) changed.push({ ...file, ...look })
  }
  return changed
}

/** Of files whose missing rows are deleted: half a file, still being written, must not delete the other half. */
export async function refuseChanging(files: readonly SourceFile[], source: string): Promise<void> {
  for (const { path, absolute, size, modified_at } of files) {
    const now = await stat(absolute).catch(() => undefined)
    if (now?.size === size && now.mtime.toISOString() === modified_at) continue
    throw new SourceError(fault('file_changing', { source, file: path }), { source, retry: true })
  }
}

export function fileRead({ path, size, modified_at, checksum }: SourceFile): FileRead {
  return { path, size, modified_at, checksum }
}
