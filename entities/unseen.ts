/** What moves the cursor of a terminal, breaks a line or turns the direction of writing: others then read what nobody wrote. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

export function hasUnseen(text: string): boolean {
  return text.search(UNSEEN) >= 0
}

export function withoutUnseen(text: string): string {
  return text.replaceAll(UNSEEN, ' ')
}

/** A line break as \n, others by their number. */
export function escapeUnseen(text: string): string {
  return text.replaceAll(UNSEEN, (one) => SHORT[one] ?? `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
