import { z } from 'zod'
import { ACTIONS, OWNER } from '../entities/actions.ts'
import { defaultAccess } from './access.ts'

const rows = z.union(
  [
    z.literal('all'),
    z
      .record(
        z.string().min(1),
        z.union([
          z.array(z.string()).min(1, 'names no value; name those that count'),
          z.strictObject({ own: z.string().min(1) }),
        ]),
      )
      .refine((rule) => Object.keys(rule).length > 0, "limits nothing; write 'all', or name a dimension"),
  ],
  "must be 'all', or values of dimensions: { region: ['East'] } or { region: { own: 'region' } }",
)

/** Rows of sources are shown whole: of what they tell nothing can be left out. */
const WHOLE = ['see_sources', 'try_policy', 'save_policy'] as const

/** Roles as they may be written. Names of metrics and dimensions are checked where the catalogue is known. */
export const access = z
  .record(
    z.string().regex(/^[\p{L}\p{N}_-]{1,60}$/u, 'is no name of a role; use letters, digits, - and _'),
    z.strictObject({
      rows: rows.optional(),
      hides: z.array(z.string().min(1)).optional(),
      may: z.array(z.enum(ACTIONS)).optional(),
    }),
  )
  .superRefine((roles, context) => {
    for (const [role, given] of Object.entries(roles)) {
      const complain = (message: string, ...path: string[]) =>
        context.addIssue({ code: 'custom', message, path: [role, ...path] })
      const known = Object.hasOwn(defaultAccess, role) ? defaultAccess[role] : undefined
      if (role === OWNER) complain('sees and does all there is and cannot be changed; give people another role')
      const whole = { ...known, ...given }
      if (whole.rows === undefined) complain("names no rows; write rows: 'all', or values of dimensions", 'rows')
      const needs = WHOLE.filter((action) => whole.may?.includes(action))
      if (needs.length > 0 && whole.rows !== 'all')
        complain(`${needs.join(', ')} show all rows, so rows must be 'all'`, 'may')
      if (needs.includes('see_sources') && (whole.hides ?? []).length > 0)
        complain('see_sources shows rows as they came, so hides must be empty', 'may')
      if (needs.includes('save_policy') && !needs.includes('try_policy'))
        complain('save_policy needs try_policy beside it', 'may')
    }
  })
