import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { identifier, literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { rowFault, type Fault } from '../../entities/faults.ts'
import { bytesToText, cutOff, type FileRows } from './csv.ts'
import { likelyEncoding, REPLACEMENT } from './encoding.ts'
import { linesOf } from './file-lines.ts'
import type { SourceFile } from './file-list.ts'
import { oneFile } from './parquet.ts'
import { LineList, type Lines } from './line-list.ts'
import type { UnreadableLine } from './reader.ts'
import { unreadableLine } from './unreadable-line.ts'

interface Objects {
  /** Keys of all objects, those of the widest first. */
  readonly columns: readonly string[]
  readonly objects: number
}

/** What a file's lines hold; undefined where DuckDB finds a line that is no JSON. */
export async function ndjsonObjects(session: Session, path: string): Promise<Objects | undefined> {
  const sql = `SELECT json_keys(json) AS names, count(*) AS objects FROM read_ndjson_objects(${oneFile(path)}) WHERE json_type(json) = 'OBJECT' GROUP BY ALL`
  const rows = await session.rows<{ names: string[]; objects: number }>(sql).catch(() => undefined)
  if (rows === undefined) return undefined
  const widest = rows.toSorted(
    (a, b) => b.names.length - a.names.length || a.names.join().localeCompare(b.names.join()),
  )
  return {
    columns: [...new Set(widest.flatMap(({ names }) => names))],
    objects: rows.reduce((sum, row) => sum + row.objects, 0),
  }
}

/** A file's objects, values as text and nested ones as JSON text. A file with a line that is no object is gone through line by line. */
export async function ndjsonRows(
  session: Session,
  file: SourceFile,
  scratch: string,
): Promise<FileRows & { columns: readonly string[] }> {
  const whole = file.broken === undefined && !file.doubtful ? await ndjsonObjects(session, file.absolute) : undefined
  if (whole?.objects === file.lines) {
    return {
      columns: whole.columns,
      unreadable: [],
      relation: select(file, file.absolute, whole.columns, 'row_number() OVER ()'),
    }
  }
  const unreadable = await carefully(file, scratch)
  const columns = ((await ndjsonObjects(session, scratch))?.columns ?? []).filter((name) => name !== LINE)
  return { columns, unreadable, relation: select(file, scratch, columns, `CAST(${identifier(LINE)} AS BIGINT)`) }
}

function select(file: SourceFile, path: string, columns: readonly string[], line: string): string {
  const numbered = path === file.absolute ? columns : [...columns, LINE]
  const values = [...columns.map(identifier), `${literal(file.path)} AS _file`, `${line} AS _line`]
  return `SELECT ${values.join(', ')} FROM ${readObjects(path, numbered)}`
}

const LINE = '__line'

/** Lines of JSON objects as a table function; each column as text, nested values as JSON. */
export function readObjects(path: string, columns: readonly string[]): string {
  const types = columns.map((name) => `${identifier(name)}: 'VARCHAR'`).join(', ')
  return `read_json(${oneFile(path)}, format = 'newline_delimited', columns = {${types}})`
}

/** Writes the sound lines to `scratch`, each with its number. */
async function carefully(file: SourceFile, scratch: string): Promise<Lines<UnreadableLine>> {
  const unreadable = new LineList<UnreadableLine>(`${scratch}.unreadable`)
  const output = await open(scratch, 'w')
  let line = 0
  try {
    for await (const group of linesOf(file.absolute)) {
      let text = ''
      for (const bytes of group) {
        line++
        const found = line === 1 && bytes.startsWith('\xef\xbb\xbf') ? bytes.slice(3).trim() : bytes.trim()
        if (found === '') continue
        const fault = faultOf(file, found)
        if (fault === undefined) text += numbered(found, line)
        else unreadable.push(unreadableLine({ file: file.path, line, text: bytesToText(bytes) }, fault))
      }
      if (text !== '') await output.write(Buffer.from(text, 'latin1'))
    }
  } finally {
    await output.close()
  }
  if (file.broken !== undefined) unreadable.push(cutOff(file))
  return unreadable
}

function numbered(object: string, line: number): string {
  const inside = object.slice(1).trimStart()
  return `{"${LINE}":${line}${inside.startsWith('}') ? '' : ','}${inside}\n`
}

function faultOf({ head, encoding, doubtful }: SourceFile, bytes: string): Fault | undefined {
  const buffer = Buffer.from(bytes, 'latin1')
  if (!isUtf8(buffer)) return rowFault('not_utf8', { likely: likelyEncoding(head) })
  if (doubtful && bytes.includes(REPLACEMENT)) return rowFault('not_encoded', { encoding })
  try {
    const value: unknown = JSON.parse(buffer.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : rowFault('not_object')
  } catch (error) {
    return rowFault('not_json', { message: (error as Error).message })
  }
}
