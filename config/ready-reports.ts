import type { ReportRecipient, ReportSettings } from './reports.ts'

/** On the first working day of each month, for the board: net income by class, the service department as a profit centre, cost to serve, credited pipeline, complaints, trust in the data. */
export function executiveMonthly(to: readonly ReportRecipient[]): ReportSettings {
  return {
    title: { en: 'Executive report of the month', zh: '管理月报' },
    parts: [
      {
        question: 'metrics=profit,revenue,direct_service_cost,indirect_cost&by=crm_class&period=last_month',
        title: { en: 'Net income by class', zh: '按客户分类的净利润' },
      },
      {
        question: 'metrics=service_revenue,direct_service_cost&by=month&period=trailing_12&show=line',
        title: { en: 'Service as a profit centre', zh: '服务部门作为利润中心' },
      },
      '/costs?period=last_month',
      '/sales?period=last_month',
      {
        question: 'metrics=complaints,request_volume&by=month&period=trailing_12&show=line',
        title: { en: 'Complaints', zh: '投诉' },
      },
      '/records?period=last_month',
    ],
    schedule: { cron: '0 8 * * *', on: 'first_working_day' },
    to,
    formats: ['mail', 'pdf', 'xlsx'],
    whenDoubtful: { waitHours: 6 },
  }
}

/** Each Monday, for the head of service: who takes the engineers, what it costs, what is owed in records. */
export function headWeekly(to: readonly ReportRecipient[]): ReportSettings {
  return {
    title: { en: 'Service in a week', zh: '服务周报' },
    parts: [
      '/customers?period=trailing_12',
      {
        question: 'metrics=request_volume,service_hours,complaints&by=month&period=trailing_12&show=line',
        title: { en: 'Load by month', zh: '每月工作量' },
      },
      '/costs?period=last_month',
      '/records/people?period=last_month',
    ],
    schedule: { cron: '30 7 * * 1' },
    to,
    formats: ['mail', 'pdf'],
    whenDoubtful: 'say',
  }
}

/** Each working day, for sales: whom to call next, and why. */
export function salesDaily(to: readonly ReportRecipient[]): ReportSettings {
  return {
    title: { en: 'Leads of the day', zh: '今日线索' },
    parts: ['/leads'],
    schedule: { cron: '0 7 * * *', on: 'working_days' },
    to,
    formats: ['mail', 'csv'],
    whenDoubtful: { waitHours: 3 },
  }
}
