import type { PageDefinition } from './page.ts'
import { classes, whale } from './pages/classes.ts'
import { customer360 } from './pages/customer.ts'
import { customerValue } from './pages/customer-value.ts'
import { leadEvidence } from './pages/lead-evidence.ts'
import { receivables } from './pages/receivables.ts'
import { dealers, records, recordsOfPeople, recordsOwed } from './pages/records.ts'
import { campaigns, customerLists, salesAfterService } from './pages/sales-market.ts'
import { salesPipeline } from './pages/sales-pipeline.ts'
import { serviceSales } from './pages/service-sales.ts'
import { costPaths, ledgerLines, serviceCost } from './pages/service-cost.ts'

/** The pages that are written down as rows of figures. */
export const definitions: readonly PageDefinition[] = [
  customerValue,
  customer360,
  whale,
  classes,
  serviceSales,
  salesPipeline,
  salesAfterService,
  campaigns,
  customerLists,
  receivables,
  serviceCost,
  costPaths,
  ledgerLines,
  leadEvidence,
  records,
  recordsOfPeople,
  recordsOwed,
  dealers,
]
