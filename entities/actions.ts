/** What a role may do beside looking at figures. */
export const ACTIONS = [
  /** Start runs, and decide on batches and rejected rows. */
  'run',
  /** See rows as the sources gave them: rejects, batches, the rows behind a restatement. */
  'see_sources',
  'decide_leads',
  'set_classes',
  /** See the policy, and what another would change. */
  'try_policy',
  'save_policy',
  /** Write reports, make and send them. */
  'send_reports',
  'manage_users',
  /** Acknowledge and snooze the alerts one sees. */
  'acknowledge_alerts',
] as const
export type Action = (typeof ACTIONS)[number]

/** What stands for many words of the catalogue: who works here, and what they earn. */
export const HIDDEN_GROUPS = ['people', 'pay'] as const

/** Who sees and does all there is: the person at a server that listens on this machine only. */
export const OWNER = 'owner'
