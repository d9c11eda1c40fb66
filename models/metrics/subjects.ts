import type { Words } from '../../entities/entity.ts'
import { adviceMetrics } from './advice.ts'
import { costMetrics } from './costs.ts'
import { customerMetrics } from './customers.ts'
import { listMetrics } from './customer-lists.ts'
import { forecastMetrics } from './forecasts.ts'
import { leadEvidenceMetrics } from './lead-evidence.ts'
import { leadMetrics } from './leads.ts'
import { marketMetrics } from './market.ts'
import type { Metric } from './metric.ts'
import { opportunityMetrics } from './opportunities.ts'
import { pipelineMetrics } from './pipeline.ts'
import { promiseMetrics } from './promises.ts'
import { receivableMetrics } from './receivables.ts'
import { dealerMetrics, recordMetrics } from './records.ts'
import { salesMetrics } from './sales.ts'
import { serviceMetrics } from './service.ts'
import { whaleMetrics } from './whale.ts'

/** What figures are about: the headings under which somebody looks for one. */
export interface Subject {
  readonly words: Words
  readonly metrics: Readonly<Record<string, Metric>>
}

/** Every metric stands under one subject. */
export const subjects: readonly Subject[] = [
  { words: { en: 'Sales', zh: '销售' }, metrics: salesMetrics },
  { words: { en: 'Opportunities', zh: '销售机会' }, metrics: { ...opportunityMetrics, ...pipelineMetrics } },
  { words: { en: 'Receivables', zh: '应收账款' }, metrics: receivableMetrics },
  { words: { en: 'Origin of orders, campaigns', zh: '订单来源与市场活动' }, metrics: marketMetrics },
  { words: { en: 'Service', zh: '服务' }, metrics: { ...serviceMetrics, ...promiseMetrics } },
  { words: { en: 'Records', zh: '数据质量' }, metrics: recordMetrics },
  { words: { en: 'Dealers', zh: '经销商' }, metrics: dealerMetrics },
  { words: { en: 'Customer value', zh: '客户价值' }, metrics: customerMetrics },
  { words: { en: 'Cost and profit', zh: '成本与利润' }, metrics: costMetrics },
  { words: { en: 'Forecast', zh: '预测' }, metrics: forecastMetrics },
  { words: { en: 'Machines, contracts, invoices', zh: '设备、合约与发票' }, metrics: listMetrics },
  { words: { en: 'Score and class', zh: '评分与分类' }, metrics: { ...adviceMetrics, ...whaleMetrics } },
  { words: { en: 'Leads', zh: '销售线索' }, metrics: { ...leadMetrics, ...leadEvidenceMetrics } },
]
