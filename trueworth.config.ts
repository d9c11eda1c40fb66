import { defineConfig, executiveMonthly, headWeekly, salesDaily } from './config.ts'
import { sampleSources } from './data/demo/sources.ts'

/**
 * What Trueworth reads, and by which rules it reckons. As it comes it reads the sample company, so that everything can be
 * looked at at once. To see your own: replace `sources`, and take out `sample` and `asOf`.
 * `npm run trueworth -- check` says what fits and what is missing before anything is loaded.
 */
export default defineConfig({
  company: {
    /** Stands on every page and report. Default: 'Trueworth'. */
    name: '凌川机电 Lingchuan Electromechanical',
    /** Reporting currency, ISO 4217. Amounts in other currencies are converted by `fx_rates`. Default: CNY. */
    currency: 'CNY',
    /** Where a day begins and in which zone instants are shown. Default: UTC. */
    timeZone: 'Asia/Shanghai',
  },

  /** Landing, warehouse and state are kept here, relative to this file. Default: '.trueworth'. */
  folder: '.trueworth',

  /** 127.0.0.1 is seen from this machine only. Default: 127.0.0.1, port 4600. */
  server: { host: '127.0.0.1', port: 4600 },

  /**
   * Where the rows come from: a CRM database (SQLite), an ERP export (CSV), dealer cards (CSV) and a phone log (NDJSON).
   * How each maps its columns to the entities stands in data/demo/sources*.ts: good examples to copy.
   * When two sources give the same key, the one named first keeps it.
   */
  sources: sampleSources('.trueworth/sample'),

  /** The sample company is made here before the first run: scale 1 is about 600 customers and 12,000 requests. */
  sample: { folder: '.trueworth/sample', scale: 1, seed: 1 },

  /** The sample's books end on this day. Leave it out and the figures are as of the day of each run. */
  asOf: '2026-06-30',

  /** When all sources are read, as a cron expression in the company's zone. `false` turns it off. Default: every day at 05:30. */
  schedule: { cron: '30 5 * * *' },

  /**
   * Reports that go out by themselves, each with the rights of whom it is for: three that are ready, more can be written here or on the
   * page Reports. Without `mail` they are made and kept in the archive, and nothing is sent.
   */
  reports: {
    'executive-monthly': executiveMonthly([{ address: 'board@example.com', as: 'executive', language: 'zh' }]),
    'head-weekly': headWeekly([{ address: 'head@example.com', as: 'head' }]),
    'sales-daily': salesDaily([
      { address: 'sales@example.com', as: 'sales', attributes: { region: ['华东'] }, language: 'zh' },
    ]),
  },
  // mail: { smtp: { host: 'smtp.example.com', user: 'reports', password: env('MAIL_PASSWORD') }, from: 'reports@example.com', operator: 'it@example.com' },

  /**
   * What is watched, and who is told: docs/alerts.md. Those built in are on; each can be switched off, or given other limits and
   * recipients. Without mail nobody is sent anything: they are evaluated, logged and shown on the page Alerts.
   */
  alerts: {
    owner: 'head@example.com',
    operator: 'operator@example.com',
    language: 'zh',
    quietHours: { from: '20:00', to: '07:00', workingDays: true },
    builtIn: {
      /** The books end in the evening: who holds a request is told a working day before its promise breaks. */
      promise_breaking: { when: { below: 540 } },
    },
  },

  /** Rules the company owns; each has the default shown. */
  policy: {
    /** 'Eats service': recorded as key or VIP, at or above this share of customers by workload, and not growing. */
    eatsServiceWorkloadPercentile: 0.8,
    /** An order so many days after a request or visit counts as influenced by service. */
    influencedDays: 90,
    /** A figure that stands on a smaller share of its rows is greyed. */
    coverageThreshold: 0.7,
    /** A source not read for so many hours makes its figures stale. */
    staleAfterHours: 48,
    /** What makes an opportunity one that service brought: lead sources, campaigns, departments of who brought it, a request it names. */
    sourced: { leadSources: ['service'] },
    /** A step of the funnel is flagged below this share of what was usual before, never with fewer cases. */
    stageConversion: { seriouslyBelow: 0.6, minimumCases: 20 },
    /** Statuses that take an order or contract out of every figure. */
    cancelledStatuses: ['cancelled'],
    /** Task kinds at the customer's site. */
    visitKinds: ['visit'],
    /** Expense categories that the hourly rates of employees cover already. */
    labourCategories: ['salary'],
    /** Dealers report since then; what they had before is not judged. */
    recordsFrom: '2023-07-01',
    /** By what costs that no record leads to a customer are spread: the first line that fits department and category holds. */
    costPools: [
      { department: 'service', category: 'vehicles', driver: 'visits' },
      { department: 'service', category: 'software', driver: 'requests' },
      { department: 'service', driver: 'hours' },
      { department: 'sales', driver: 'revenue' },
    ],
    /** Departments that serve others first, here by the seats they look after. */
    support: {
      method: 'reciprocal',
      units: {
        it: { service: 42, sales: 27, marketing: 4, finance: 4 },
        finance: { service: 42, sales: 27, marketing: 4, it: 3 },
      },
    },
    /** Share of paid working time that can be worked for customers. */
    practicalCapacity: 0.8,
    /** What a visit is charged by the recorded class, `default` of all others; 0 or absent is goodwill. */
    visitCharges: {},
    /** The hourly cost of every employee, times this. */
    hourlyCostFactor: 1,
    /** What a contract of a kind includes, and so is not charged; `default`: contracts of all other kinds. */
    contractIncludes: { default: ['labour'], 全保服务合约: ['labour', 'part'] },
  },
})
