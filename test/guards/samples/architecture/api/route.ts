import { DatabaseSync } from 'node:sqlite'

export type Route = typeof DatabaseSync
