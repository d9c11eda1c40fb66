import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** How a secret may stand in a text. */
export const forms = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
]

/** Asserts that a text shows none of the words. */
export function noneOf(words: readonly string[]): (text: string, where: string) => void {
  const around = (text: string, word: string): string => {
    const at = text.indexOf(word)
    return text.slice(Math.max(0, at - 80), at + word.length + 20)
  }
  return (text, where) => {
    for (const word of words) assert.ok(!text.includes(word), `${where} shows ${word}: …${around(text, word)}…`)
  }
}

export async function filesBelow(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  return files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
