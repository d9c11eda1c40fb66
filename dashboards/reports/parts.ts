import { ConfigError, RequestError } from '../../errors.ts'
import { nearest } from '../../models/builder/nearest.ts'
import type { ExploredQuery } from '../../models/metrics/exploration.ts'
import { NAMED_PERIODS, resolvePeriod } from '../../models/metrics/period.ts'
import { ALL, chosen } from '../filters.ts'
import { definitions } from '../definitions.ts'
import type { PageDefinition } from '../page.ts'
import { LEAD_FILTERS } from '../pages/lead-filters.ts'
import { pinnedPeriod, REPORT_PERIODS } from './periods.ts'

/** What a report is made of: a page under its filters, or a question that was kept under a name. */
export type ReportPart =
  /** '/customers?class=key&period=last_month' */
  { readonly address: string } | { readonly exploration: ExploredQuery; readonly name: string }

export const LEADS_PATH = '/leads'

/** Addresses of the pages that a report can have. */
export const REPORT_PAGES: readonly string[] = [...definitions.map(({ path }) => path), LEADS_PATH]

/** What the address of a page says beside its filters. */
const BESIDE = ['by', 'sort', 'known_at']

/** Whether an address is that of a page with filters that it has. Throws ConfigError, `place` says where it stands. */
export function checkAddress(address: string, place: string): void {
  const url = urlOf(address)
  if (!REPORT_PAGES.includes(url.pathname))
    throw new ConfigError(
      `${place}: '${address}' is no page that a report can have. ${meant(url.pathname, REPORT_PAGES)}`,
    )
  const definition = definitions.find(({ path }) => path === url.pathname)
  const filters = definition?.filters.map(({ name }) => name) ?? LEAD_FILTERS.map(({ name }) => name)
  const names = [...filters, ...(definition === undefined ? [] : BESIDE)]
  for (const name of url.searchParams.keys())
    if (!names.includes(name))
      throw new ConfigError(`${place}: '${address}' has no filter '${name}'. ${meant(name, names)}`)
  checkPeriod(definition, url, place)
}

function checkPeriod(definition: PageDefinition | undefined, url: URL, place: string): void {
  const filter = definition?.filters.find(({ field }) => field === 'period')
  const period = filter === undefined ? ALL : pinnedPeriod(chosen(filter, url), '2000-01-31')
  if (period === ALL) return
  try {
    resolvePeriod(period, '2000-01-31')
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    const valid = [...REPORT_PERIODS, ...NAMED_PERIODS, '2025', '2025-06', '2025-01..2025-06'].join(', ')
    throw new ConfigError(`${place}: '${period}' is no period. Valid are: ${valid}`, { cause: error })
  }
}

function meant(word: string, valid: readonly string[]): string {
  const near = nearest(word, valid)
  return `${near === undefined ? '' : `Did you mean '${near}'? `}Valid are: ${valid.join(', ')}`
}

/** The address with its periods as months, so that it asks for the same later. */
export function pinned(address: string, asOf: string): URL {
  const url = urlOf(address)
  const period = url.searchParams.get('period')
  if (period !== null) url.searchParams.set('period', pinnedPeriod(period, asOf))
  // A report has the table from its first row.
  url.searchParams.delete('page')
  return url
}

export const addressOf = ({ pathname, search }: URL): string => `${pathname}${search}`

function urlOf(address: string): URL {
  return new URL(address, 'http://report.invalid')
}
