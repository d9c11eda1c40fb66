import type { AskWhatIf, PolicyStatus, WhatIf } from '../../models/metrics/what-if.ts'
import { valueWords } from '../charts/rows.ts'
import type { Speech } from '../words/speech.ts'

export interface PolicyShown {
  readonly status: PolicyStatus
  /** What is tried, where something is. */
  readonly asked: AskWhatIf | undefined
  readonly found: WhatIf | undefined
  /** Why what is tried is refused. */
  readonly refused: { readonly words: string; readonly field: string | undefined } | undefined
}

type Rules = PolicyStatus['in_force']

export function poolWords({ department, category }: Rules['costPools'][number], speech: Speech): string {
  const of =
    department === undefined ? speech.say('policy_any_department') : valueWords('department', department, speech)
  const what =
    category === undefined ? speech.say('policy_any_category') : valueWords('cost_category', category, speech)
  return speech.say('policy_pool', { department: of, category: what })
}

export function driverWords(driver: string, speech: Speech): string {
  return driver === 'none' ? speech.say('policy_no_driver') : valueWords('cost_driver', driver, speech)
}

/** A class as it is recorded; `default`: all others. */
export function classWords(name: string, speech: Speech): string {
  return name === 'default' ? speech.say('policy_others') : valueWords('crm_class', name, speech)
}
