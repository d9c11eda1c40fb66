import type { Metric } from './metric.ts'
import { adviceMetrics } from './advice.ts'
import { costMetrics } from './costs.ts'
import { customerMetrics } from './customers.ts'
import { listMetrics } from './customer-lists.ts'
import { forecastMetrics } from './forecasts.ts'
import { marketMetrics } from './market.ts'
import { opportunityMetrics } from './opportunities.ts'
import { pipelineMetrics } from './pipeline.ts'
import { leadEvidenceMetrics } from './lead-evidence.ts'
import { leadMetrics } from './leads.ts'
import { promiseMetrics } from './promises.ts'
import { dealerMetrics, recordMetrics } from './records.ts'
import { receivableMetrics } from './receivables.ts'
import { salesMetrics } from './sales.ts'
import { serviceMetrics } from './service.ts'
import { whaleMetrics } from './whale.ts'

export { dimensions } from './dimensions.ts'

/** Every figure Trueworth can be asked for, by name. */
export const metrics: Record<string, Metric> = {
  ...salesMetrics,
  ...opportunityMetrics,
  ...pipelineMetrics,
  ...receivableMetrics,
  ...marketMetrics,
  ...serviceMetrics,
  ...promiseMetrics,
  ...recordMetrics,
  ...dealerMetrics,
  ...customerMetrics,
  ...costMetrics,
  ...forecastMetrics,
  ...listMetrics,
  ...adviceMetrics,
  ...whaleMetrics,
  ...leadMetrics,
  ...leadEvidenceMetrics,
}
