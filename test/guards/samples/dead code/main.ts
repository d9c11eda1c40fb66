import { used } from './part.ts'

used()
