import { parentPort } from 'node:worker_threads'
import type { ReportDocument } from '../dashboards/reports/document.ts'
import { renderReport, type ReportFormat } from '../dashboards/reports/render.ts'

export interface RenderOrder {
  readonly id: number
  readonly document: ReportDocument
  readonly format: ReportFormat
}

export type Rendered = { readonly id: number } & ({ readonly made: unknown } | { readonly error: string })

parentPort?.on('message', ({ id, document, format }: RenderOrder) => {
  renderReport(document, format).then(
    (made) => parentPort?.postMessage({ id, made } satisfies Rendered, []),
    (error: unknown) =>
      parentPort?.postMessage(
        { id, error: error instanceof Error ? error.message : String(error) } satisfies Rendered,
        [],
      ),
  )
})
