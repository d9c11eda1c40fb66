import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { test } from 'node:test'
import { pace } from '../pace.ts'

/** Holds the event loop. */
function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

/** How often the loop turned while something was done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  const count = { turns: 0, over: false }
  const counting = async (): Promise<void> => {
    while (!count.over) {
      await turn()
      count.turns += 1
    }
  }
  const counted = counting()
  await work()
  count.over = true
  await counted
  return count.turns
}

test('many who work at once let others have the event loop between their steps', async () => {
  const work = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) {
      await pace()
      busy(6)
    }
  }
  // Each step takes longer than anybody may: a hundred steps are a hundred turns.
  const turns = await turnsDuring(async () => Promise.all(Array.from({ length: 20 }, work)))
  assert.ok(turns >= 99, `${turns} turns`)
})

test('who has little to do at a time does not wait at each step', async () => {
  const turns = await turnsDuring(async () => {
    for (let i = 0; i < 10_000; i++) await pace()
  })
  assert.ok(turns < 1_000, `${turns} turns`)
})
