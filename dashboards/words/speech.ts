import type { Words } from '../../entities/entity.ts'
import type { Language } from '../../entities/language.ts'
import { figureWriter } from '../../models/metrics/figure-writer.ts'
import type { Unit } from '../../models/metrics/metric.ts'
import { en, type WordKey } from './en.ts'
import { zh } from './zh.ts'

/** What decides how words, numbers and instants are written. Small enough to be sent to the browser. */
export interface Manner {
  readonly language: Language
  readonly currency: string
  readonly timeZone: string
}

/** One language with the company's currency and time zone: everything a page or a chart says goes through it. */
export interface Speech extends Manner {
  readonly locale: string
  /** The words of a key, with `{name}` filled in. */
  say(key: WordKey, values?: Readonly<Record<string, string | number>>): string
  pick(words: Words): string
  /** A figure in full: separators, sign, currency or unit. Null is a dash. */
  figure(value: number | null, unit: Unit): string
  /** Money to the cent, so that rows and columns can be added up. */
  cents(value: number): string
  /** A figure for a glance: 1.2M or 123.4万. */
  glance(value: number | null, unit: Unit): string
  /** A change with its sign: in per cent of the earlier figure, that of a share in percentage points. */
  change(now: number, before: number, unit: Unit): string
  /** A calendar day 'YYYY-MM-DD'. */
  day(day: string): string
  /** The month of a calendar day. */
  month(day: string): string
  /** An ISO 8601 instant in the company's time zone. */
  instant(instant: string): string
  /** Names one after the other, without a final 'and'. */
  list(names: readonly string[]): string
}

const LOCALES = { en: 'en-GB', zh: 'zh-CN' } as const
const NUMBERS = { en: 'en-US', zh: 'zh-CN' } as const
const WORDS = { en, zh } as const

export function createSpeech(manner: Manner): Speech {
  const { language, timeZone } = manner
  const locale = LOCALES[language]
  const words = WORDS[language]
  const write = figureWriter(language, manner.currency)
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options)
  const day = dates({ dateStyle: 'medium', timeZone: 'UTC' })
  const month = dates({ year: 'numeric', month: 'short', timeZone: 'UTC' })
  const instant = dates({ dateStyle: 'medium', timeStyle: 'short', timeZone })
  const change = new Intl.NumberFormat(locale, {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: 0,
  })
  const exact = new Intl.NumberFormat(NUMBERS[language], { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const points = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero', maximumFractionDigits: 1 })
  const say: Speech['say'] = (key, values = {}) =>
    words[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
  return {
    ...manner,
    locale,
    say,
    pick: (both) => both[language],
    figure: (value, unit) => write(value, unit, false),
    cents: (value) =>
      exact
        .format(value)
        .replace(/^-(?=\D*0(\D*0)*\D*$)/, '')
        .replace('-', '−'),
    glance: (value, unit) => write(value, unit, true),
    change: (now, before, unit) =>
      unit === 'share'
        ? say('change_points', { points: points.format(100 * (now - before)) })
        : change.format((now - before) / Math.abs(before)),
    day: (value) => day.format(new Date(`${value.slice(0, 10)}T00:00:00Z`)),
    month: (value) => month.format(new Date(`${value.slice(0, 7)}-01T00:00:00Z`)),
    instant: (value) => instant.format(new Date(value)),
    list: (names) => names.join(language === 'zh' ? '、' : ', '),
  }
}
