import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { languages, preferredLanguage, type Language } from '../entities/language.ts'

export type Theme = 'auto' | 'light' | 'dark'

export interface Preferences {
  readonly language: Language
  readonly theme: Theme
}

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
