import type { Warehouse } from '../data/warehouse.ts'
import { addDays } from './quiet-hours.ts'

/** Working time as the calendars of the warehouse have it. */
export interface WorkingClock {
  /** Minutes that count between two instants; null where the calendar does not reach there. */
  readonly minutesBetween: (calendar: string, from: Date, to: Date) => Promise<number | null>
  /** Whether people work on a day 'YYYY-MM-DD'; before the first run Monday to Friday. */
  readonly workingDays: (from: string, version: number) => Promise<(day: string) => boolean>
}

const AROUND_THE_CLOCK = 'around_the_clock'
/** Days ahead that are looked up. */
const AHEAD = 400

export function workingClock(warehouse: Warehouse): WorkingClock {
  let known: { readonly key: string; readonly days: ReadonlySet<string> } | undefined
  const workedAt = async (calendar: string, at: Date): Promise<number | null> => {
    const second = Math.floor(at.getTime() / 1000)
    const quarter = Math.floor(second / 900)
    const row = await warehouse.read((session) =>
      session.one<{ worked: number }>(
        `SELECT worked_before + GREATEST(0, LEAST($3, works_until) - works_from) AS worked
         FROM staging.working_quarters WHERE calendar_id = $1 AND quarter = $2`,
        [calendar, quarter, second - 900 * quarter],
      ),
    )
    return row === undefined ? null : row.worked
  }
  return {
    minutesBetween: async (calendar, from, to) => {
      if (calendar === AROUND_THE_CLOCK) return (to.getTime() - from.getTime()) / 60_000
      const [then, now] = await Promise.all([workedAt(calendar, from), workedAt(calendar, to)])
      return then === null || now === null ? null : (now - then) / 60
    },
    workingDays: async (from, version) => {
      const key = `${version} ${from}`
      if (version > 0 && known?.key !== key) {
        const rows = await warehouse.read((session) =>
          session.rows<{ day: string }>(
            'SELECT CAST(day AS VARCHAR) AS day FROM staging.working_days WHERE day BETWEEN CAST($1 AS DATE) AND CAST($2 AS DATE)',
            [addDays(from, -1), addDays(from, AHEAD)],
          ),
        )
        known = { key, days: new Set(rows.map(({ day }) => day)) }
      }
      const days = known?.days
      return days === undefined || days.size === 0 ? isWeekday : (day) => days.has(day)
    },
  }
}

function isWeekday(day: string): boolean {
  return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
}
