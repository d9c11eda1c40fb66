import * as z from 'zod'
import { SHOWS } from '../models/metrics/exploration.ts'

export const ExplorationBody = z.strictObject({
  name: z.string().max(200).describe('Unlike the names of your other explorations'),
  query: z
    .string()
    .max(8_000)
    .describe(`A query string of /api/query without format and lang; show=${SHOWS.join('|')}: how the page shows it`),
  shared_with: z
    .array(z.string().max(100))
    .max(50)
    .default([])
    .describe('Roles whose members find it too. It runs with the rights of who opens it.'),
})

export const ExplorationDocument = ExplorationBody.extend({
  shared_with: z.array(z.string()),
  exploration_id: z.string(),
  owner_id: z.string(),
  owner_name: z.string().nullable(),
  created_at: z.iso.datetime(),
  changed_at: z.iso.datetime(),
})

export const ExplorationsDocument = z.object({
  explorations: z.array(ExplorationDocument).describe('Your own first, then those shared with one of your roles'),
  roles: z.array(z.string()).describe('Roles an exploration may be shared with'),
})
