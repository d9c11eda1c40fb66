import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, test } from 'node:test'
import { openState, type State } from '../../data/state.ts'
import { startScheduler, type SchedulerDeps } from '../../pipelines/scheduler.ts'

const timeZone = 'Asia/Shanghai'

async function within(work: (deps: SchedulerDeps, triggers: string[], state: State) => Promise<void>): Promise<void> {
  const state = openState(':memory:')
  const triggers: string[] = []
  const run = (trigger: string): Promise<void> => {
    triggers.push(trigger)
    return Promise.resolve()
  }
  const onError = (error: unknown): void => assert.fail(String(error))
  try {
    await work(
      { schedule: { cron: '* * * * * *', timeZone }, state, now: () => new Date(), run, busy: () => false, onError },
      triggers,
      state,
    )
  } finally {
    await state.close()
  }
}

async function ran(state: State, started_at: string, status = 'succeeded'): Promise<void> {
  const run = { run_id: started_at, run_trigger: 'schedule', status, started_at, ended_at: started_at, error: null }
  await state.tables.insertInto('runs').values(run).execute()
}

describe('the schedule', () => {
  test('runs each second when told so, one run at a time, and stops', () =>
    within(async (deps, triggers) => {
      let under = 0
      let most = 0
      const run = async (trigger: string): Promise<void> => {
        triggers.push(trigger)
        most = Math.max(most, ++under)
        await sleep(1500)
        under--
      }
      const scheduler = startScheduler({ ...deps, run })
      assert.ok(scheduler.nextRunAt()!.getTime() - Date.now() <= 1000)
      await sleep(4200)
      await scheduler.stop()
      assert.equal(under, 0, 'stopping waits for the run')
      const count = triggers.length
      assert.ok(count >= 2 && count <= 4, `${count} runs`)
      assert.equal(most, 1)
      await sleep(1200)
      assert.equal(triggers.length, count)
    }))

  test('an error of a run is told and the next one still comes', () =>
    within(async (deps) => {
      const errors: unknown[] = []
      const run = (): Promise<void> => Promise.reject(new Error('the source is down'))
      const scheduler = startScheduler({ ...deps, run, onError: (error) => errors.push(error) })
      await sleep(2400)
      await scheduler.stop()
      assert.ok(errors.length >= 2)
    }))

  test('a run missed while the process was down is caught up once', () =>
    within(async (deps, triggers, state) => {
      await ran(state, '2026-03-01T21:30:05.000Z')
      await ran(state, '2026-03-02T21:30:05.000Z', 'interrupted')
      const schedule = { cron: '30 5 * * *', timeZone }
      const now = (): Date => new Date('2026-03-04T03:00:00Z')
      await startScheduler({ ...deps, schedule, now }).stop()
      assert.deepEqual(triggers, ['catch_up'])
    }))

  test('nothing is caught up where no run was due since the last, or where there never was one', () =>
    within(async (deps, triggers, state) => {
      const schedule = { cron: '30 5 * * 1-5', timeZone }
      const sunday = (): Date => new Date('2026-03-08T03:00:00Z')
      await startScheduler({ ...deps, schedule, now: sunday }).stop()
      await ran(state, '2026-03-05T21:30:05.000Z')
      await startScheduler({ ...deps, schedule, now: sunday }).stop()
      assert.deepEqual(triggers, [])
    }))

  test('leaves a run alone that somebody else started', () =>
    within(async (deps, triggers) => {
      const scheduler = startScheduler({ ...deps, busy: () => true })
      await sleep(1500)
      await scheduler.stop()
      assert.deepEqual(triggers, [])
    }))

  test('the next run is told in the time zone of the company, and none without a schedule', () =>
    within(async (deps) => {
      const scheduler = startScheduler({ ...deps, schedule: { cron: '30 5 * * *', timeZone } })
      assert.equal(scheduler.nextRunAt()?.toISOString().slice(11), '21:30:00.000Z')
      await scheduler.stop()
      assert.equal(startScheduler({ ...deps, schedule: undefined }).nextRunAt(), null)
      assert.throws(
        () => startScheduler({ ...deps, schedule: { cron: 'at dawn', timeZone } }),
        /at dawn is no cron expression/,
      )
    }))
})
