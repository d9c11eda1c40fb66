import type { Words } from '../../entities/entity.ts'
import type { Language } from '../../entities/language.ts'
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
  const write = numberWriter(NUMBERS[language], manner.currency)
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

function numberWriter(locale: string, currency: string) {
  const make = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options)
  const money: Intl.NumberFormatOptions = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }
  const compact = { notation: 'compact', maximumFractionDigits: 1 } as const
  const whole = { maximumFractionDigits: 0 }
  const full: Record<Unit, Intl.NumberFormat> = {
    money: make({ ...money, ...whole }),
    hours: make({ minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    days: make(whole),
    count: make(whole),
    share: make({ style: 'percent', maximumFractionDigits: 1 }),
    rank: make(whole),
    number: make({ maximumFractionDigits: 2 }),
  }
  const short: Partial<Record<Unit, Intl.NumberFormat>> = {
    money: make({ ...money, ...compact }),
    hours: make(whole),
  }
  return (value: number | null, unit: Unit, glance: boolean): string => {
    if (value === null) return '–'
    const format = (glance && short[unit]) || full[unit]
    // A rounded zero carries no sign, and the sign of money is a true minus.
    return format
      .format(value)
      .replace(/^-(?=\D*0(\D*0)*\D*$)/, '')
      .replace('-', '−')
  }
}
