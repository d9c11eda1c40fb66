import type { ChangeQuestion } from '../../models/metrics/change.ts'
import { explained } from '../../models/metrics/change.ts'
import type { Sees } from '../../models/metrics/sight.ts'
import { parseMetricQuery } from '../../models/metrics/query-string.ts'
import { fullMonths } from '../filters.ts'

/** Days within which a record of a period is not late. */
const GRACE_DAYS = 30

/** How many rows the split by a dimension shows. */
const ROWS = 15

/** Dimensions that the page offers to split by; what is picked in the split narrows the page. */
export const SPLITS = ['customer', 'product', 'product_family', 'crm_class', 'region'] as const

/** What the address asks for, the last full twelve months against the twelve before where it does not say. Throws RequestError. */
export function changeQuestion(url: URL, asOf: string, { sees }: Sees): ChangeQuestion & { readonly by: string } {
  const { searchParams } = url
  const asked = searchParams.get('metric') ?? ''
  const where = parseMetricQuery(
    new URLSearchParams(searchParams.getAll('where').map((text): [string, string] => ['where', text])),
  ).where
  const by = SPLITS.find((name) => name === searchParams.get('by'))
  const open = explained((name) => !sees(name))
  const ofOne = where.some(({ field, operator }) => field === 'customer' && operator === 'eq')
  return {
    metric: open.includes(asked) ? asked : open.includes('profit') ? 'profit' : (open[0] ?? 'profit'),
    from: spanOf(searchParams, 'before') ?? fullMonths(asOf, 12, 12),
    to: spanOf(searchParams, 'now') ?? fullMonths(asOf, 12, 0),
    by: by ?? [ofOne ? 'product' : 'customer', ...SPLITS].find(sees) ?? 'customer',
    where,
    limit: ROWS,
    ...(searchParams.get('late') === '1' ? { graceDays: GRACE_DAYS } : {}),
  }
}

function spanOf(parameters: URLSearchParams, name: 'before' | 'now'): string | undefined {
  const [first, last] = [parameters.get(`${name}_first`), parameters.get(`${name}_last`)]
  return isMonth(first) && isMonth(last) ? `${first}..${last}` : undefined
}

function isMonth(text: string | null): text is string {
  return text !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
}

/** The address of the page for two spans of months. */
export function spanParameters(from: string, to: string): Readonly<Record<string, string>> {
  const [beforeFirst = '', beforeLast = beforeFirst] = from.split('..')
  const [nowFirst = '', nowLast = nowFirst] = to.split('..')
  return { before_first: beforeFirst, before_last: beforeLast, now_first: nowFirst, now_last: nowLast }
}
