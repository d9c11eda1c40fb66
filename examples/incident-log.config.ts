import { join } from 'node:path'
import { defineConfig, env } from '../config.ts'

/**
 * UCI incident management log: each line is a version of a request, as the system's audit log gave it.
 * `version` makes the earlier ones the history of the last. '?' stands for nothing.
 */
export default defineConfig({
  company: { name: 'Incident log', timeZone: 'UTC' },
  folder: '../.trueworth/incident-log',
  asOf: '2017-02-18',
  schedule: false,
  sources: [
    {
      name: 'servicenow',
      kind: 'files',
      folder: join(env('EXAMPLE_DATA'), 'uci-incidents'),
      format: 'csv',
      nulls: ['', '?'],
      dates: ['%d/%m/%Y %H:%M'],
      feeds: [
        {
          entity: 'customers',
          from: 'incident_event_log.csv.gz',
          where: 'caller_id IS NOT NULL',
          columns: { customer_id: 'caller_id', name: 'caller_id', kind: `'direct'` },
        },
        {
          entity: 'requests',
          from: 'incident_event_log.csv.gz',
          version: 'sys_updated_at',
          columns: {
            request_id: 'number',
            // 'Opened by  8' has two spaces; the log of another day has one.
            opened_by_id: `regexp_replace(opened_by, '\\s+', ' ', 'g')`,
            customer_id: `coalesce(caller_id, 'unknown caller')`,
            channel: { from: 'contact_type', values: { Phone: 'phone', Email: 'email' } },
            kind: `'fault'`,
            topic: 'category',
            priority: 'priority',
            first_fault: 'u_symptom',
            final_fault: 'closed_code',
            opened_at: 'opened_at',
            resolved_at: 'resolved_at',
            closed_at: 'closed_at',
            status: 'incident_state',
            owner_id: 'assigned_to',
            department: 'assignment_group',
            recorded_at: 'sys_created_at',
            recorded_by: 'sys_created_by',
          },
        },
      ],
    },
  ],
})
