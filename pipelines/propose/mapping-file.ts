import type { Feed } from '../../config/source.ts'
import { sourceColumns } from '../../entities/entities.ts'
import type { Proposal, ProposedColumn, ProposedFeed } from './propose.ts'

/** The proposals as a TypeScript file to correct: every feed and column with its reason, and what is still to be said. */
export function mappingFile(source: string, proposals: readonly Proposal[], types: string): string {
  return `// What the source '${source}' may feed, as proposed from its columns and a sample of its rows. Correct it, then use it:
//   import { feeds } from './${source}.mapping.ts'
//   sources: [{ name: '${source}', …, feeds }]
// and see what fits: npm run trueworth -- check
import type { Feed } from ${text(types)}

export const feeds: Feed[] = [
${proposals.map(tableText).join('\n')}]
`
}

function tableText({ table, rows, feeds, left, error }: Proposal): string {
  if (error !== undefined) return comment(`${table} could not be read: ${error}`)
  if (rows === 0) return comment(`${table} has no rows: nothing to propose from.`)
  if (feeds.length === 0)
    return comment(`${table}: no entity has columns like these. It has ${some(left)}. docs/entities.md has all.`)
  const rest = left.length === 0 ? '' : comment(`  Nothing takes: ${some(left)}`)
  return feeds.map((feed) => feedText(feed, rows)).join('\n') + rest
}

function some(names: readonly string[]): string {
  const more = names.length - 40
  return more <= 0 ? names.join(', ') : `${names.slice(0, 40).join(', ')} and ${more} more`
}

function feedText({ entity, because, feed, columns, missing, doubts }: ProposedFeed, rows: number): string {
  const { columns: _, entity: __, from, ...options } = feed
  const said = Object.entries(options).map(([name, value]) => `    ${name}: ${valueText(value)},\n`)
  return [
    comment(`${from} → ${entity}, ${because}. ${rows} rows looked at.`),
    ...doubts.map((doubt) => comment(`  TO DECIDE: ${doubt}`)),
    '  {\n',
    `    entity: ${text(entity)},\n`,
    `    from: ${text(from)},\n`,
    ...said,
    '    columns: {\n',
    ...columns.map(columnText),
    ...missing.map((column) => missingText(feed, column)),
    '    },\n',
    '  },\n',
  ].join('')
}

function columnText({ column, mapping, because, unknown }: ProposedColumn): string {
  const open =
    unknown.length === 0
      ? ''
      : `      // TO DECIDE: what these mean: ${unknown.map((word) => oneLine(text(word))).join(', ')}\n`
  return `      // ${oneLine(because)}\n${open}      ${column}: ${valueText(mapping)},\n`
}

function missingText({ entity }: Feed, column: string): string {
  const values = sourceColumns(entity)[column]?.values
  const way =
    column === 'line_id'
      ? `line_id: "concat(_file, ':', _line)",   in files that are never written again, else what numbers the lines`
      : values === undefined
        ? `${column}: 'a column or an expression',`
        : `${column}: "'${values[0] ?? ''}'",   where all rows are; else { from: …, values: … } with ${values.join(', ')}`
  return `      // REQUIRED, and nothing looks like it:\n      // ${way}\n`
}

function comment(words: string): string {
  return `  // ${oneLine(words)}\n`
}

/** A name of another system must not end a comment. */
function oneLine(words: string): string {
  return words.replaceAll(/[\r\n\u2028\u2029]+/g, ' ')
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return text(value)
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).map(([name, each]) => `${keyText(name)}: ${valueText(each)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function keyText(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && name !== '__proto__' ? name : text(name)
}

/** A string literal of TypeScript, in single quotes. */
function text(words: string): string {
  const json = JSON.stringify(words).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}
