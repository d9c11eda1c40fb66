import { join } from 'node:path'
import type { Feed, FileFormat, FilesSource } from '../../config/source.ts'
import type { CsvFormat } from './csv.ts'
import { asUtf8, encodingOf } from './encoding.ts'
import type { SourceFile } from './file-list.ts'
import type { TableLayout } from './workbook-table.ts'

type Format = NonNullable<FileFormat['format']>

export function formatOf(source: FilesSource, feed: Feed, path: string): Format {
  const said = feed.format ?? source.format
  if (said !== undefined) return said
  const name = path.replace(/\.gz$/, '').toLowerCase()
  if (name.endsWith('.parquet')) return 'parquet'
  if (/\.(xls[xmb]?|ods)$/.test(name)) return 'workbook'
  return /\.(ndjson|jsonl)$/.test(name) ? 'ndjson' : 'csv'
}

/** Text files as UTF-8: those in another encoding as copies in the scratch folder. */
export async function inUtf8(
  { source, feed }: { readonly source: FilesSource; readonly feed: Feed },
  files: readonly SourceFile[],
  scratch: string,
): Promise<SourceFile[]> {
  const texts: SourceFile[] = []
  for (const [index, file] of files.entries()) {
    const isText = ['csv', 'ndjson'].includes(formatOf(source, feed, file.path))
    const encoding = isText ? encodingOf(file, feed.encoding ?? source.encoding) : 'utf-8'
    texts.push(await asUtf8(file, encoding, join(scratch, `${index}.utf8`)))
  }
  return texts
}

export function sheetLayout(source: FilesSource, feed: Feed): TableLayout {
  const pick = <Name extends 'sheet' | 'headerLine' | 'headerLines' | 'mergedCells'>(name: Name) => {
    const value = feed[name] ?? source[name]
    return value === undefined ? {} : { [name]: value }
  }
  return {
    ...pick('sheet'),
    ...pick('headerLine'),
    ...pick('headerLines'),
    ...pick('mergedCells'),
    header: feed.header ?? source.header ?? true,
    nulls: feed.nulls ?? source.nulls ?? [],
  }
}

export function csvFormat(source: FilesSource, feed: Feed): CsvFormat {
  const quote = feed.quote ?? source.quote ?? '"'
  return {
    delimiter: feed.delimiter ?? source.delimiter ?? ',',
    quote,
    escape: feed.escape ?? source.escape ?? quote,
    header: feed.header ?? source.header ?? true,
    headerLine: feed.headerLine ?? source.headerLine ?? 1,
    lineEnd: feed.lineEnd ?? source.lineEnd,
    recover: feed.recover ?? source.recover ?? [],
  }
}
