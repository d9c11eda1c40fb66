import type { Filter, MetricQuery } from '../models/metrics/metric.ts'
import type { WatchedFigure } from './alert.ts'

/** Figures that a forecast with an interval is made of, a year ahead, by customer. */
export const FORECASTS: Readonly<Record<string, { readonly low: string; readonly high: string }>> = {
  orders: { low: 'expected_orders_365_low', high: 'expected_orders_365_high' },
}

/** The last twelve months that are over on the business date, and the day before them. */
export function forecastYear(asOf: string): { readonly period: string; readonly before: string } {
  const tomorrow = new Date(Date.parse(`${asOf}T00:00:00Z`) + 86_400_000)
  const [year, month] = [tomorrow.getUTCFullYear(), tomorrow.getUTCMonth()]
  const monthOf = (at: number): string => new Date(Date.UTC(year, at, 1)).toISOString().slice(0, 7)
  const before = new Date(Date.UTC(year, month - 12, 0)).toISOString().slice(0, 10)
  return { period: `${monthOf(month - 12)}..${monthOf(month - 1)}`, before }
}

/** What was forecast for the year, as the figures of the day before it have it, and what came of it. */
export function forecastQueries(
  { metric, where }: WatchedFigure,
  asOf: string,
): { readonly actual: readonly Filter[]; readonly forecast: MetricQuery } {
  const { period, before } = forecastYear(asOf)
  const { low, high } = FORECASTS[metric] as { low: string; high: string }
  return {
    actual: [...where, { field: 'period', operator: 'eq', values: [period] }],
    forecast: { metrics: [low, high], by: ['customer'], where: [...where], order: ['customer'], asOf: before },
  }
}
