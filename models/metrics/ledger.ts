import type { MeasuredMetric } from './metric.ts'

/** A metric over what each customer did each month. */
export function ledger<const M extends Omit<MeasuredMetric, 'mart'>>(
  metric: M,
): M & { readonly mart: 'marts.customer_months' } {
  return { mart: 'marts.customer_months', ...metric }
}
