import { join } from 'node:path'
import { defineConfig, env } from '../config.ts'
import { accounts, opportunities, products, salesTeams } from './crm-feeds.ts'

/** Maven Analytics: B2B sales opportunities as four CSV files. */
export default defineConfig({
  company: { name: 'CRM opportunities', currency: 'USD', timeZone: 'UTC' },
  folder: '../.trueworth/crm-opportunities',
  asOf: '2017-12-31',
  schedule: false,
  sources: [
    {
      name: 'crm',
      kind: 'files',
      folder: join(env('EXAMPLE_DATA'), 'maven-crm'),
      format: 'csv',
      feeds: [
        { ...accounts, from: 'accounts.csv' },
        { ...products, from: 'products.csv' },
        { ...salesTeams, from: 'sales_teams.csv' },
        { ...opportunities, from: 'sales_pipeline.csv' },
      ],
    },
  ],
})
