import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import { readPreferences, type Preferences } from '../preferences.ts'
import { createSpeech, type Speech } from '../words/speech.ts'

export interface Company {
  readonly name: string
  readonly currency: string
  readonly timeZone: string
}

/** Addresses of the browser part, with their fingerprint. */
export interface Assets {
  readonly js: string
  readonly css: string
  readonly icon: string
}

/** What every part of one page knows: where it is, how it speaks, whose it is. */
export interface View {
  readonly url: URL
  readonly speech: Speech
  readonly preferences: Preferences
  readonly company: Company
  readonly sample: boolean
  readonly assets: Assets
  /** Charts that are drawn already, as SVG by name; absent: the browser draws them. */
  readonly drawings?: ReadonlyMap<string, string>
  /** Orders can be given from this page: not where it is a file, nor where nobody takes them. */
  readonly orders: boolean
  /** Below this coverage a figure is greyed. */
  readonly coverageThreshold: number
}

export interface Setting {
  readonly company: Company
  readonly sample: boolean
  readonly policy: { readonly coverageThreshold: number }
  /** Present where a run may be started by POST /api/runs. */
  readonly startRun?: unknown
}

export function viewOf(c: Context, setting: Setting, assets: Assets): View {
  const preferences = readPreferences(c)
  const { currency, timeZone } = setting.company
  return {
    url: new URL(c.req.url),
    speech: createSpeech({ language: preferences.language, currency, timeZone }),
    preferences,
    company: setting.company,
    sample: setting.sample,
    orders: setting.startRun !== undefined,
    assets,
    coverageThreshold: setting.policy.coverageThreshold,
  }
}

/** Data for the browser part. Not executed, and no text in it can end the element. */
export function dataBlock(id: string, data: unknown) {
  const text = JSON.stringify(data).replace(
    /[<\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return html`<script type="application/json" id="${id}">
    ${raw(text)}
  </script>`
}
