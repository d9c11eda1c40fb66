import { literal } from './quote.ts'
import type { Session } from './warehouse.ts'

/** Functions that models may call besides SQL's own. The list the model guard allows in core/ and marts/. */
export const macroNames = ['local_date'] as const

/**
 * Creates the macros in the database of this session; safe to call again.
 * `local_date(instant)`: the calendar day of a UTC instant in the company's time zone.
 */
export async function installMacros(session: Session, company: { readonly timeZone: string }): Promise<void> {
  await session.run(
    `CREATE OR REPLACE MACRO local_date(instant) AS CAST(timezone(${literal(company.timeZone)}, timezone('UTC', CAST(instant AS TIMESTAMP))) AS DATE)`,
  )
}
