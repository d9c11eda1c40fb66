/** What pages about costs say, in English. */
export const enCosts = {
  costs_title: 'Service cost',
  costs_intro: 'Where the money of the departments goes: to customers, to idle capacity, or to nobody yet.',
  costs_headline: 'Of {all} in the ledger {period} customers bear {customers}',
  costs_rest: 'The rest: {parts}.',
  costs_part: '{what} {amount}',
  costs_none: 'There is no cost ledger of this period.',
  costs_paths_link: '{metric}: what each customer bears, and by which rule',
  costs_table_title: 'Where it went',
  costs_table_about:
    'Ledger = traced + worked hours + idle + pay without hours + allocated + unallocated, to the cent.',
  chart_flow_title: 'From the ledger to customers',
  chart_flow_about: 'The ledger of each category by where it went. Orange, grey and yellow reach no customer.',
  chart_flow_row: '{category}: {destination}',
  paths_title: 'The path of allocated cost',
  paths_intro: 'What a customer bears of each pool of cost: pool × units taken ÷ units of all customers, to the cent.',
  paths_table_title: 'By customer, month and pool',
  paths_table_about:
    'Choose a customer. Costs of a department that serves others come through the department it served.',
}
