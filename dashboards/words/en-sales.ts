/** What pages about sales say, in English. */
export const enSales = {
  table_splits: 'Split by',
  sales_pages: 'Pages about sales',
  sales_title: 'Service-sourced sales',
  sales_intro:
    'From lead to won: what service brought, and apart from it what it influenced. The two are never added up.',
  sales_sourced: 'Service sourced {count} won opportunities worth {amount} {period}',
  sales_influenced:
    'Apart from that {count} worth {amount} were won soon after a request or visit. After is not because of: it is influence, not a source.',
  sales_win_rates:
    'Won of those decided: {sourced} sourced by service, {influenced} influenced, {other} of the others.',
  sales_conversions_usual: 'No step passes seriously fewer opportunities than it used to.',
  sales_conversion_low:
    '{step}: only {share} moved on ({low}–{high}; {count} cases), where {usual} used to. Look at what changed there.',
  sales_no_stages: 'No stage before the end is told of these opportunities, so that conversion by step cannot be told.',
  sales_stages_unknown: 'The policy does not know these stages, so their opportunities count as leads: {stages}.',
  sales_stage_count: '{stage} ({count})',
  sales_table_title: 'From lead to won',
  sales_table_about: 'Each opportunity stands in one row, so the rows sum to the total. By the month it was opened.',
  sales_steps_title: 'Conversion of each step, against its own history',
  sales_steps_about:
    'Of those that left the step in the period, the share that moved on, with its interval, beside all months before. 1 under “seriously below” is a flag.',
  sales_owner_steps_title: 'The same by owner',
  sales_owner_steps_about:
    'Flagged ones first, then the most cases. The usual conversion is that of the whole company.',
  chart_funnel_title: 'Funnel by the part of service',
  chart_funnel_about: 'Opportunities that reached each step, those lost later too.',
  chart_funnel_share: 'Of leads',
  sales_pipeline_title: 'Pipeline',
  sales_pipeline_intro: 'What is open today, how fast it moves, and what stands still.',
  pipeline_stale: '{stale} of {open} open opportunities, worth {stale_amount} of {amount}, have not moved for too long',
  pipeline_moving: 'All {open} open opportunities, worth {amount}, have moved lately',
  pipeline_empty: 'No opportunity is open.',
  pipeline_slow: '{slow} have been open for longer than won ones of their kind usually take.',
  pipeline_table_title: 'Open opportunities, those that stand still first',
  pipeline_table_about:
    'Days since stage or owner last changed, beside the median days to win of won ones of the kind.',
  sales_orders_title: 'Orders and targets',
  sales_orders_intro: 'All orders by the part that service had in them, with or without an opportunity; and targets.',
  orders_headline:
    'Orders {period}: {sourced} sourced by service; apart from that {influenced} soon after a request or visit, {other} neither',
  orders_caution:
    'Customers who own machines call often: that most orders come after some request says little. Only what is sourced is service’s doing.',
  orders_table_title: 'Orders by the part of service',
  orders_table_about: 'Each order stands in one row. Sourced: through the opportunity it names.',
  targets_title: 'Targets that are not over',
  targets_about:
    'Coverage: open pipeline expected within the period ÷ what remains. Overdue opportunities belong to the running period.',
  campaigns_title: 'Campaigns',
  campaigns_intro: 'What campaigns cost, who answered, and what was won of the opportunities that name them.',
  campaigns_none: 'No campaign began in this period.',
  campaigns_won:
    '{count} campaigns begun {period} cost {cost} and won a margin of {margin}: {rest} more than they cost',
  campaigns_lost:
    '{count} campaigns begun {period} cost {cost} and won a margin of {margin} so far: {rest} less than they cost',
  chart_campaigns_title: 'Return on margin',
  chart_campaigns_about: 'Won margin less cost, as a share of cost. Orange ones have not earned what they cost yet.',
  campaigns_table_title: 'Campaigns, the newest first',
  campaigns_table_about: 'All that came of a campaign stands with the month it began.',
  lists_title: 'Customer lists',
  lists_intro: 'Whom to write to. Choose above, then download the list; it holds only customers you may see.',
  lists_headline: '{count} customers fit',
  lists_table_title: 'Customers to write to',
  lists_table_about: 'Machines are those that the choices fit. The download has the whole list under the same choices.',
  receivables_title: 'Receivables',
  receivables_intro: 'Who owes, how late they pay, and what service they take meanwhile. On the business date.',
  receivables_headline: '{overdue} of {all} in receivables is overdue',
  receivables_dso:
    'Days sales outstanding: {dso}; {best} if nobody were late. Invoices are settled {late} days after they are due, on average.',
  receivables_table_title: 'Who owes, beside the work they take',
  receivables_table_about: 'Service hours and profit are those of the period, all else stands on the business date.',
  overdue_title: 'Overdue invoices, the oldest first',
  overdue_about: 'Asked, due and not paid.',
  chart_ages_title: 'Ageing',
  chart_ages_about: 'What is open, by how long it is overdue.',
}
