import type { ReportSettings } from '../config/reports.ts'
import type { State } from '../data/state.ts'

export interface Written {
  readonly report: string
  readonly settings: ReportSettings
  readonly isOwn: boolean
}

/** Reports of the configuration and those written on a page; the configuration goes before. */
export async function writtenReports(
  { tables }: Pick<State, 'tables'>,
  configured: Readonly<Record<string, ReportSettings>>,
): Promise<Written[]> {
  const own = await tables.selectFrom('reports').selectAll().orderBy('report').execute()
  return [
    ...Object.entries(configured).map(([report, settings]) => ({ report, settings, isOwn: false })),
    ...own
      .filter(({ report }) => !Object.hasOwn(configured, report))
      .map(({ report, settings }) => ({ report, settings: JSON.parse(settings) as ReportSettings, isOwn: true })),
  ]
}
