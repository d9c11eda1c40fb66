import { parse, schedule as scheduleTask, validate } from 'node-cron'
import type { State } from '../data/state.ts'
import { ConfigError } from '../errors.ts'

export interface SchedulerDeps {
  /** Undefined: nothing runs by itself. */
  readonly schedule: { readonly cron: string; readonly timeZone: string } | undefined
  readonly state: State
  readonly now: () => Date
  readonly run: (trigger: 'schedule' | 'catch_up') => Promise<unknown>
  /** True while a run is under way, whoever started it: the scheduler then leaves it alone. */
  readonly busy: () => boolean
  readonly onError: (error: unknown) => void
}

export interface Scheduler {
  /** When the next run begins by itself; null where nothing is scheduled. */
  nextRunAt(): Date | null
  /** Starts nothing more and waits for the run it started, if one is under way. */
  stop(): Promise<void>
}

/** How far back a missed run is looked for. What was missed longer ago is due again by then. */
const LOOK_BACK_DAYS = 40

/**
 * Runs the pipelines when the cron expression says, one run at a time. A run that was due while the process was down, or
 * while the machine slept, is caught up once. An error of a run is told and does not end the schedule.
 */
export function startScheduler(deps: SchedulerDeps): Scheduler {
  const { schedule } = deps
  if (!schedule) return { nextRunAt: () => null, stop: () => Promise.resolve() }
  if (!validate(schedule.cron)) {
    throw new ConfigError(
      `schedule.cron: ${schedule.cron} is no cron expression; write minute, hour, day, month and weekday, e.g. 30 5 * * *`,
    )
  }
  let current: Promise<void> = Promise.resolve()
  const start = (trigger: 'schedule' | 'catch_up'): Promise<void> => {
    if (deps.busy()) return Promise.resolve()
    current = deps.run(trigger).then(() => undefined, deps.onError)
    return current
  }
  const task = scheduleTask(schedule.cron, () => start('schedule'), {
    timezone: schedule.timeZone,
    noOverlap: true,
    suppressMissedWarning: true,
    logger: { info: quiet, warn: quiet, debug: quiet, error: deps.onError },
  })
  task.on('execution:missed', () => start('catch_up'))
  const catchingUp = missedRun(deps, (instant) => task.match(instant)).then(
    (missed) => (missed ? start('catch_up') : undefined),
    deps.onError,
  )
  return {
    nextRunAt: () => task.getNextRun(),
    stop: async () => {
      await task.destroy()
      await catchingUp
      await current
    },
  }
}

/** True where a run was due after the last one began. Without any run there is nothing to catch up: the first one is started by hand. */
async function missedRun({ schedule, state, now }: SchedulerDeps, isDue: (instant: Date) => boolean): Promise<boolean> {
  const last = await state.tables
    .selectFrom('runs')
    .select('started_at')
    .where('status', 'in', ['succeeded', 'partial', 'failed'])
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last) return false
  const minute = 60_000
  const second = (parse(schedule?.cron ?? '').second[0] ?? 0) * 1000
  const earliest = Math.max(Date.parse(last.started_at), now().getTime() - LOOK_BACK_DAYS * 24 * 60 * minute)
  for (
    let instant = Math.ceil((earliest + 1 - second) / minute) * minute + second;
    instant <= now().getTime();
    instant += minute
  ) {
    if (isDue(new Date(instant))) return true
  }
  return false
}

/** What node-cron would print of its own: runs that overlap are none of the operator's business. */
function quiet(): void {}
