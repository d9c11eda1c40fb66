import { parentPort } from 'node:worker_threads'
import type { ReportDocument } from '../dashboards/reports/document.ts'
import { renderReport, type ReportFormat } from '../dashboards/reports/render.ts'
import { drawSvg, type Draw } from '../dashboards/render/draw.ts'

export type RenderOrder = { readonly id: number } & Rendering

/** A report in a format, or a chart of a page that is taken away. */
export type Rendering =
  | { readonly document: ReportDocument; readonly format: ReportFormat }
  | { readonly spec: Parameters<Draw>[0]; readonly rows: Parameters<Draw>[1] }

export type Rendered = { readonly id: number } & ({ readonly made: unknown } | { readonly error: string })

parentPort?.on('message', ({ id, ...order }: RenderOrder) => {
  const work: Promise<unknown> =
    'spec' in order ? drawSvg(order.spec, order.rows) : renderReport(order.document, order.format)
  work.then(
    (made) => parentPort?.postMessage({ id, made } satisfies Rendered, []),
    (error: unknown) =>
      parentPort?.postMessage(
        { id, error: error instanceof Error ? error.message : String(error) } satisfies Rendered,
        [],
      ),
  )
})
