import type { Policy } from '../config/policy.ts'
import { checkSaving, completeDraft, firstOfMonth, type PolicyDraft } from '../models/policy-draft.ts'
import type { Decisions } from './decisions.ts'
import { rulesWith } from './rules.ts'

/** A version of the policy to be saved, and why. */
export interface SavingPolicy extends PolicyDraft {
  readonly reason?: string
}

interface Deciding {
  readonly decisions: Decisions
  /** Of the configuration. */
  readonly policy: Policy
  readonly now: () => Date
  /** Business date of the figures: months that are over stay under their policy. */
  readonly asOf: string
}

/** Keeps a version of the policy; the build that follows counts it. Throws RequestError, which names the field, and keeps nothing then. */
export async function decidePolicy(
  { decisions, policy, now, asOf }: Deciding,
  { by, reason = '', ...draft }: SavingPolicy & { readonly by: string },
): Promise<void> {
  const rules = rulesWith(policy, decisions.all)
  const whole = completeDraft(rules, draft, draft.from ?? firstOfMonth(asOf))
  checkSaving(rules, whole, asOf)
  const why = reason.trim()
  const made = { ...whole, version: whole.version.trim() }
  await decisions.add({ kind: 'policy', by, policy: made, ...(why !== '' && { reason: why }) }, now())
}
