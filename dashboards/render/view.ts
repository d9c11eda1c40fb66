import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { Sees } from '../../models/metrics/sight.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
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
  /** What the reader may see and do. */
  readonly sight: Sees
  /** Whether the reader may open the page at an address. */
  readonly opens: (path: string) => boolean
  /** There is a page about the API. */
  readonly docs: boolean
  /** Below this coverage a figure is greyed. */
  readonly coverageThreshold: number
  /** Who is signed in; null: nobody; absent: nobody need be. */
  readonly person?: Person | null
}

export interface Person {
  readonly name: string
  /** Keeps the users. */
  readonly manages: boolean
}

export interface Setting {
  readonly company: Company
  readonly sample: boolean
  readonly policy: { readonly coverageThreshold: number }
  /** Present where a run may be started by POST /api/runs. */
  readonly startRun?: unknown
  /** Present where people sign in. */
  readonly people?: { readonly manages: (viewer: Viewer) => boolean } | undefined
  /** Present where there is a page about the API. */
  readonly apiDocument?: unknown
}

export function viewOf(
  c: Context,
  setting: Setting & { readonly viewer: (c: Context) => Viewer },
  reader: Pick<View, 'assets' | 'sight' | 'opens'>,
): View {
  const preferences = readPreferences(c)
  const { currency, timeZone } = setting.company
  return {
    url: new URL(c.req.url),
    speech: createSpeech({ language: preferences.language, currency, timeZone }),
    preferences,
    company: setting.company,
    sample: setting.sample,
    orders: setting.startRun !== undefined,
    docs: setting.apiDocument !== undefined,
    ...reader,
    coverageThreshold: setting.policy.coverageThreshold,
    ...(setting.people && { person: personOf(setting.viewer(c), setting.people) }),
  }
}

function personOf(viewer: Viewer, { manages }: NonNullable<Setting['people']>): Person | null {
  return viewer.id === '' ? null : { name: viewer.name, manages: manages(viewer) }
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
