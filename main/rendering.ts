import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ReportDocument } from '../dashboards/reports/document.ts'
import type { Mail } from '../dashboards/reports/mail.ts'
import type { ReportFile, ReportFormat } from '../dashboards/reports/render.ts'
import type { Draw } from '../dashboards/render/draw.ts'
import type { Rendered, Rendering, RenderOrder } from './render-worker.ts'

/** A worker that has had nothing to do for so long is let go: it holds fonts. */
const IDLE = 30_000

interface Renderer {
  mail(document: ReportDocument): Promise<Mail>
  file(document: ReportDocument, format: Exclude<ReportFormat, 'mail'>): Promise<ReportFile>
  readonly draw: Draw
}

/** Sets type and draws beside the event loop: a page of a PDF takes longer than anybody who asks should wait. */
function openRendering(): Renderer {
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let count = 0
  const waiting = new Map<number, { resolve: (made: unknown) => void; reject: (error: Error) => void }>()
  const close = async (): Promise<void> => {
    clearTimeout(idle)
    const former = worker
    worker = undefined
    await former?.terminate()
  }
  const opened = (): Worker => {
    const made = new Worker(join(import.meta.dirname, 'render-worker.ts'))
    made.unref()
    made.on('message', (rendered: Rendered) => {
      const asked = waiting.get(rendered.id)
      waiting.delete(rendered.id)
      if ('error' in rendered) asked?.reject(new Error(rendered.error))
      else asked?.resolve(rendered.made)
    })
    const gone = (error: Error): void => {
      if (worker !== made) return
      worker = undefined
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    }
    made.on('error', gone).on('exit', (code) => gone(new Error(`the thread that sets type ended: exit code ${code}`)))
    return made
  }
  const render = async (order: Rendering): Promise<unknown> => {
    clearTimeout(idle)
    worker ??= opened()
    worker.ref()
    const id = (count += 1)
    try {
      return await new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        worker?.postMessage({ id, ...order } satisfies RenderOrder, [])
      })
    } finally {
      waiting.delete(id)
      if (waiting.size === 0) {
        worker?.unref()
        clearTimeout(idle)
        idle = setTimeout(() => void close(), IDLE).unref()
      }
    }
  }
  return {
    mail: async (document) => (await render({ document, format: 'mail' })) as Mail,
    file: async (document, format) => (await render({ document, format })) as ReportFile,
    draw: async (spec, rows) => (await render({ spec, rows })) as string,
  }
}

/** One for the process: it is opened when first asked for something. */
export const rendering = openRendering()
