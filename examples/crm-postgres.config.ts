import { defineConfig, env } from '../config.ts'
import { accounts, opportunities, products, salesTeams } from './crm-feeds.ts'

/** The same four tables in PostgreSQL: the mappings do not change, only where the rows come from. */
export default defineConfig({
  company: { name: 'CRM opportunities', currency: 'USD', timeZone: 'UTC' },
  folder: '../.trueworth/crm-postgres',
  asOf: '2017-12-31',
  schedule: false,
  sources: [
    {
      name: 'crm',
      kind: 'postgres',
      url: env('CRM_URL'),
      feeds: [
        { ...accounts, from: 'public.accounts' },
        { ...products, from: 'public.products' },
        { ...salesTeams, from: 'public.sales_teams' },
        { ...opportunities, from: 'public.sales_pipeline' },
      ],
    },
  ],
})
