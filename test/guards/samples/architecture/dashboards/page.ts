import { rows } from '../data/table.ts'
import type { Route } from '../api/route.ts'

export const page = (route: Route): string => `${route} ${rows.length} ${process.env['HOME'] ?? ''}`
