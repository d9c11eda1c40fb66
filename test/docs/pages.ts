import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** A block between fences: ```<language> <title> */
export interface Block {
  readonly page: string
  readonly line: number
  readonly language: string
  readonly title: string
  readonly text: string
}

export interface Page {
  /** 'README.md', 'docs/operations.md'. */
  readonly path: string
  readonly text: string
  readonly blocks: readonly Block[]
  /** What stands between backticks outside of blocks. */
  readonly words: readonly string[]
  /** What links point to. */
  readonly links: readonly string[]
  /** Headings as anchors. */
  readonly anchors: ReadonlySet<string>
}

const FENCE = /^```([^\s`]*)[ \t]*(.*)\n([\s\S]*?)^```[ \t]*$/gm

export function readPage(path: string): Page {
  const text = readFileSync(resolve(root, path), 'utf8')
  const prose = text.replaceAll(FENCE, '')
  return {
    path,
    text,
    blocks: [...text.matchAll(FENCE)].map((match) => ({
      page: path,
      line: text.slice(0, match.index).split('\n').length,
      language: match[1] ?? '',
      title: match[2] ?? '',
      text: match[3] ?? '',
    })),
    words: [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? ''),
    links: [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? ''),
    anchors: new Set([...prose.matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? ''))),
  }
}

/** What a user reads: the README and docs/, generated ones too. */
export const pages: readonly Page[] = ['README.md', ...globSync('docs/*.md', { cwd: root }).toSorted()].map(readPage)

export function blocksOf(language: string, title?: string): Block[] {
  return pages
    .flatMap(({ blocks }) => blocks)
    .filter((block) => block.language === language && (title === undefined || block.title === title))
}

/** Rows of the tables whose first heading is `heading`, as cells. */
export function tableRows(page: Page, heading: string): string[][] {
  const lines = page.text.split('\n')
  return lines.flatMap((line, start) => {
    if (!line.startsWith(`| ${heading} |`)) return []
    const length = lines.slice(start).findIndex((next) => !next.startsWith('|'))
    return lines.slice(start + 2, length < 0 ? undefined : start + length).map(cellsOf)
  })
}

function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim())
}

/** As GitHub makes them. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}
