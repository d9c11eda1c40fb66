import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Language } from './words/speech.ts'

export type Theme = 'auto' | 'light' | 'dark'

export interface Preferences {
  readonly language: Language
  readonly theme: Theme
}

export const languages: readonly Language[] = ['en', 'zh']
export const themes: readonly Theme[] = ['auto', 'light', 'dark']

/** Language and theme: the URL first, then the cookie, then what the browser prefers. A choice in the URL is remembered. */
export function readPreferences(c: Context): Preferences {
  return {
    language: remembered(c, 'lang', languages) ?? preferredLanguage(c.req.header('accept-language') ?? ''),
    theme: remembered(c, 'theme', themes) ?? 'auto',
  }
}

function remembered<T extends string>(c: Context, name: string, known: readonly T[]): T | undefined {
  const asked = known.find((value) => value === c.req.query(name))
  if (asked !== undefined) {
    setCookie(c, name, asked, { path: '/', maxAge: 31_536_000, sameSite: 'Lax', httpOnly: true })
    return asked
  }
  return known.find((value) => value === getCookie(c, name))
}

/** The first language of Accept-Language, by weight, that there are words for. */
export function preferredLanguage(header: string): Language {
  const ranked = header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((text) => /^\s*q=([\d.]+)/.exec(text)?.[1]).find((text) => text !== undefined)
      return { tag: tag.toLowerCase(), weight: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  for (const { tag } of ranked) {
    const language = languages.find((known) => tag === known || tag.startsWith(`${known}-`))
    if (language !== undefined) return language
  }
  return 'en'
}
