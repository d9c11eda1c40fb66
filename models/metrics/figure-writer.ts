import type { Language } from '../../entities/language.ts'
import type { Unit } from './metric.ts'

const NUMBERS = { en: 'en-US', zh: 'zh-CN' } as const

/** Writes figures in the manner of a language; at a glance: 1.2M or 123.4万. Null is a dash. */
export function figureWriter(
  language: Language,
  currency: string,
): (value: number | null, unit: Unit, glance?: boolean) => string {
  const locale = NUMBERS[language]
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
  return (value, unit, glance = false) => {
    if (value === null) return '–'
    const format = (glance && short[unit]) || full[unit]
    // A rounded zero carries no sign, and the sign of money is a true minus.
    return format
      .format(value)
      .replace(/^-(?=\D*0(\D*0)*\D*$)/, '')
      .replace('-', '−')
  }
}
