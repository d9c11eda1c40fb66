import type { Metric } from './metric.ts'

const MART = 'marts.invoices'
const open = ['invoices.amount', 'payments.amount', 'payments.paid_on']

/** What customers owe, and how late they pay. On the business date, whatever the period of the page. */
export const receivableMetrics = {
  overdue_share: {
    mart: MART,
    words: { en: 'Overdue share', zh: '逾期占比' },
    about: { en: 'Overdue receivables as a share of all receivables.', zh: '逾期应收占全部应收账款的比例。' },
    unit: 'share',
    direction: 'down',
    standsOn: ['invoices.due_on', ...open],
    sql: 'CAST(SUM(open_amount) FILTER (WHERE overdue_days > 0) AS DOUBLE) / NULLIF(CAST(SUM(open_amount) FILTER (WHERE open_amount > 0) AS DOUBLE), 0)',
  },
  invoiced_of_year: {
    mart: MART,
    words: { en: 'Invoiced in 365 days', zh: '365 天开票额' },
    about: {
      en: 'Invoices issued within the 365 days to the business date.',
      zh: '截至业务日期 365 天内开具的发票金额。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['invoices.issued_on', 'invoices.amount'],
    sql: 'COALESCE(SUM(amount_of_year), 0)',
  },
  days_sales_outstanding: {
    mart: MART,
    words: { en: 'Days sales outstanding', zh: '应收账款周转天数' },
    about: {
      en: 'DSO: receivables ÷ what was invoiced in 365 days × 365.',
      zh: 'DSO：应收账款 ÷ 365 天开票额 × 365。',
    },
    unit: 'days',
    direction: 'down',
    standsOn: ['invoices.issued_on', ...open],
    sql: '365 * CAST(SUM(open_amount) FILTER (WHERE open_amount > 0) AS DOUBLE) / NULLIF(CAST(SUM(amount_of_year) AS DOUBLE), 0)',
  },
  best_possible_dso: {
    mart: MART,
    words: { en: 'Best possible DSO', zh: '最佳周转天数' },
    about: {
      en: 'DSO if nothing were overdue: receivables not yet due ÷ what was invoiced in 365 days × 365. The rest of DSO is delinquency.',
      zh: '若无逾期时的 DSO：未到期应收 ÷ 365 天开票额 × 365；其余部分即拖欠天数。',
    },
    unit: 'days',
    direction: 'down',
    standsOn: ['invoices.due_on', 'invoices.issued_on', ...open],
    sql: '365 * CAST(COALESCE(SUM(open_amount) FILTER (WHERE open_amount > 0 AND overdue_days = 0), 0) AS DOUBLE) / NULLIF(CAST(SUM(amount_of_year) AS DOUBLE), 0)',
  },
  days_late: {
    mart: MART,
    words: { en: 'Days late', zh: '平均延迟天数' },
    about: {
      en: 'Days from due to settled, on average over the invoices that are settled or overdue; one that is overdue counts until the business date.',
      zh: '已结清或已逾期发票从到期日到结清的平均天数；仍逾期的计至业务日期。',
    },
    unit: 'days',
    direction: 'down',
    standsOn: ['invoices.due_on', ...open],
    sql: 'CAST(SUM(days_late) AS DOUBLE) / NULLIF(COUNT(days_late), 0)',
    coverage: {
      known: 'COUNT(days_late)',
      of: "COUNT(*) FILTER (WHERE invoice_age <> 'not_due')",
      words: { en: 'of settled or overdue invoices have a day of payment', zh: '的已结清或逾期发票有回款日期' },
    },
  },
} as const satisfies Record<string, Metric>
