import type { Viewer } from '../models/metrics/metric.ts'

export interface Env {
  Variables: {
    /** Who asks. Set before any route. */
    viewer: Viewer
  }
}
