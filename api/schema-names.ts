import * as z from 'zod'
import { AlertDocument, AlertLogDocument } from './alert-schemas.ts'
import { ChangeDocument, Part, Period } from './change-schemas.ts'
import { PolicyDocument, PolicyDraftBody, WhatIfBody, WhatIfDocument } from './policy-schemas.ts'
import { Answer, Evidence } from './query-schemas.ts'
import { RestatementDocument, RestatingRowsDocument } from './restatement-schemas.ts'
import { Batches, CatalogueDocument, Fault, Health, PipelineStatus, Problem, RunOrder } from './schemas.ts'

/** What `/openapi.json` calls each shape, so that a generator of clients has types with names. */
const named: Readonly<Record<string, z.ZodType>> = {
  Alert: AlertDocument,
  AlertLog: AlertLogDocument,
  Answer,
  Batches,
  Catalogue: CatalogueDocument,
  Change: ChangeDocument,
  ChangePart: Part,
  ChangePeriod: Period,
  Evidence,
  Fault,
  Health,
  PipelineStatus,
  Policy: PolicyDocument,
  PolicyDraft: PolicyDraftBody,
  Problem,
  Restatement: RestatementDocument,
  RestatingRows: RestatingRowsDocument,
  RunOrder,
  WhatIf: WhatIfDocument,
  WhatIfQuestion: WhatIfBody,
}

/** To be called before the document is made. */
export function nameSchemas(): void {
  for (const [ref, schema] of Object.entries(named))
    z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), ref })
}
