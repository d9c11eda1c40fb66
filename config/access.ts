import { ACTIONS, OWNER, type Action } from '../entities/actions.ts'

/** Values of a dimension, or those that the record of the person has under a name. */
export type RowValues = readonly string[] | { readonly own: string }

/** Every named dimension must have one of its values. */
export type RowRule = Readonly<Record<string, RowValues>>

/** What the people of a role see and do. */
export interface RoleAccess {
  readonly rows: 'all' | RowRule
  /** Metrics and dimensions they are not to know, or 'people' and 'pay'. Absent: none. */
  readonly hides?: readonly string[]
  /** Absent: they only look. */
  readonly may?: readonly Action[]
}

/** By role. */
export type Access = Readonly<Record<string, RoleAccess>>

/** Roles that are there unless the configuration says otherwise. */
export const defaultAccess: Access = {
  [OWNER]: { rows: 'all', may: ACTIONS },
  head: {
    rows: 'all',
    may: [
      'run',
      'see_sources',
      'decide_leads',
      'set_classes',
      'try_policy',
      'save_policy',
      'send_reports',
      'acknowledge_alerts',
    ],
  },
  sales: {
    rows: { region: { own: 'region' } },
    hides: ['pay', 'engineer', 'trace_engineer', 'person', 'override_by', 'class_decision_by', 'holder'],
    may: ['decide_leads', 'acknowledge_alerts'],
  },
  executive: { rows: 'all', hides: ['people', 'pay'] },
  analyst: { rows: 'all', hides: ['people', 'pay'], may: ['try_policy'] },
  admin: { rows: 'all', may: ['run', 'see_sources', 'send_reports', 'acknowledge_alerts', 'manage_users'] },
}

/** The roles of a company: what it says of one goes before the default, field by field. */
export function accessOf(configured: Readonly<Record<string, Partial<RoleAccess>>> = {}): Access {
  const roles = Object.entries(configured).map(([role, given]): [string, RoleAccess] => [
    role,
    { rows: {}, ...(Object.hasOwn(defaultAccess, role) ? defaultAccess[role] : {}), ...given },
  ])
  return { ...defaultAccess, ...Object.fromEntries(roles) }
}
