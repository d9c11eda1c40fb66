import { minuteOf, spanOf, WEEKDAYS, type Calendar } from '../../config/calendar.ts'

export interface DayOff {
  readonly day: string
  readonly working: boolean
  /** Names of calendars; absent: all. */
  readonly calendars?: string
}

interface Minute {
  readonly works: boolean
  readonly day: string
  readonly minute: number
}

/** Working time counted minute by minute, as slowly and plainly as can be: what the models are held to. Seconds since 1970. */
export class WorkingTime {
  readonly #minutes: Minute[] = []
  readonly #from: number
  readonly #cutOff: number | undefined
  /** Of each local day with hours: its last minute of work ends at `ends`; `last` is that minute of the day. */
  readonly #days = new Map<string, { ends: number; last: number }>()

  constructor(calendar: Calendar, days: readonly DayOff[], { from, until }: { from: number; until: number }) {
    this.#from = from
    this.#cutOff = minuteOf(calendar.cutOff ?? '')
    const off = new Map(days.map(({ day, working }) => [day, working]))
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: calendar.timeZone ?? 'UTC',
      dateStyle: 'short',
      timeStyle: 'short',
      hourCycle: 'h23',
    })
    for (let second = from; second < until; second += 60) {
      const [day = '', time = ''] = format.format(new Date(second * 1000)).split(', ')
      const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
      const working = off.get(day)
      const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
      const usual = WEEKDAYS[weekday] ?? 'monday'
      const makeUp = (calendar.hours[usual] ?? []).length > 0 ? usual : (calendar.makeUpAs ?? 'monday')
      const name = working === undefined ? usual : working ? makeUp : undefined
      const spans = name === undefined ? [] : (calendar.hours[name] ?? [])
      const span = spans.map(spanOf).find((each) => each !== undefined && each.starts <= minute && minute < each.ends)
      if (span !== undefined) this.#days.set(day, { ends: second + 60, last: span.ends })
      this.#minutes.push({ works: span !== undefined, day, minute })
    }
  }

  /** Seconds of work between two instants. */
  seconds(one: number, other: number): number {
    let sum = 0
    for (let second = one; second < other;) {
      const next = Math.min(other, second - (second % 60) + 60)
      if (this.#at(second)?.works) sum += next - second
      second = next
    }
    return sum
  }

  /** When so many seconds of work have passed; undefined beyond what was counted. */
  after(from: number, seconds: number): number | undefined {
    let left = seconds
    for (let second = from; ;) {
      const here = this.#at(second)
      if (here === undefined) return undefined
      const next = second - (second % 60) + 60
      if (here.works) {
        if (left <= next - second) return second + left
        left -= next - second
      }
      second = next
    }
  }

  /** The end of the first working day after the one on which it counts as opened. */
  nextDay(from: number): number | undefined {
    const here = this.#at(from)
    if (here === undefined) return undefined
    const own = this.#days.get(here.day)
    const inTime = own !== undefined && here.minute < (this.#cutOff ?? own.last)
    const later = [...this.#days].filter(([day]) => day > here.day)
    return later[inTime ? 0 : 1]?.[1].ends
  }

  #at(second: number): Minute | undefined {
    return this.#minutes[Math.floor((second - this.#from) / 60)]
  }
}
