import { after } from 'node:test'
import { openCompany, type Company } from './company.ts'

/** One company for all tests of a process. On one thread: what is written from it is held against what many threads write. */
export const company: Company = await openCompany({ scale: 1, seed: 1 }, { threads: '1' })
after(() => company.close())
