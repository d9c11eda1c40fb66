// Written by `npm run generate` from the models and the contracts of entities. Do not edit.
// Whole numbers and decimals are numbers; one too long for a number arrives as text.
// Days are 'YYYY-MM-DD', instants ISO 8601 in UTC. Null is left out where an audit or a contract forbids it.
export interface Database {
  'core.allocation_alternatives': {
    origin_department: string | null
    category: string | null
    campaign_id: string | null
    department: string | null
    driver: string | null
    customer_id: string | null
    units: number | null
    amount: number | null
    month: string | null
  }
  'core.allocations': {
    origin_department: string | null
    category: string | null
    campaign_id: string | null
    department: string | null
    customer_id: string | null
    driver: string | null
    units: number | null
    total_units: number | string | null
    pool_amount: number | null
    amount: number | null
    month: string | null
  }
  'core.capacity_months': {
    department: string | null
    people: number | null
    supplied_hours: number
    used_hours: number
    idle_hours: number
    pay: number
    labour_charged: number | null
    capacity_rate: number | null
    keeps_hours: boolean
    month: string | null
  }
  'core.class_decisions': {
    decision_id: string | null
    customer_id: string
    override_class: string | null
    reason: string
    decided_by: string
    valid_from: string
    valid_until: string | null
    replaced_on: string | null
    held_until: string | null
    decided_at: string
  }
  'core.contract_months': {
    contract_id: string | null
    customer_id: string
    contract_days: number
    revenue: number | null
    has_amount: boolean
    month: string | null
  }
  'core.cost_balance': {
    department: string | null
    category: string | null
    lines: number | null
    lines_with_amount: number | null
    ledger: number | null
    traced: number | null
    covered_by_labour: number | null
    allocated: number | null
    unallocated: number | null
    month: string | null
  }
  'core.cost_pools': {
    origin_department: string | null
    category: string | null
    campaign_id: string | null
    department: string | null
    driver: string
    amount: number
    month: string | null
  }
  'core.covers': {
    request_id: string | null
    contract_id: string | null
    contract_kind: string | null
    response_kind: string | null
    calendar_id: string | null
    response_hours: number | null
    place: number | null
    is_known_now: boolean | null
    was_known_then: boolean | null
  }
  'core.customer_silence': {
    customer_id: string | null
    order_silence: number | null
    contact_silence: number | null
    last_contact_on: string | null
  }
  'core.customer_standing': {
    customer_id: string | null
    trailing_service_hours: number | null
    workload_percentile: number
    trailing_revenue: number | null
    previous_revenue: number | null
    revenue_change: number | null
    revenue_growth: number | null
    eats_service: boolean
  }
  'core.customers': {
    customer_id: string
    parent_customer_id: string | null
    dealer_id: string | null
    sales_owner_id: string | null
    service_owner_id: string | null
    customer_name: string
    customer_kind: string
    crm_class: string
    region: string
    industry: string
    sales_owner: string
    service_owner: string
    dealer_name: string | null
    is_registered: boolean | null
    crm_class_set_on: string | null
    first_contact_on: string | null
    registered_on: string | null
  }
  'core.driver_units': {
    driver: string
    campaign_id: string
    customer_id: string
    units: number
    month: string | null
  }
  'core.effort_months': {
    customer_id: string | null
    component: string | null
    item: string | null
    measure: string | null
    family: string | null
    quantity: number | null
    amount: number | null
    month: string | null
  }
  'core.employee_rates': {
    employee_id: string | null
    hourly_cost: number | null
    valid_from: string | null
    valid_until: string | null
  }
  'core.employees': {
    employee_id: string | null
    employee_name: string | null
    department: string | null
    role: string | null
    hired_on: string | null
    left_on: string | null
  }
  'core.entitlements': {
    request_id: string | null
    customer_id: string | null
    asset_id: string | null
    claimed_contract_id: string | null
    contract_id: string | null
    contract_id_then: string | null
    contract_kind: string | null
    contract_verdict: string
    reason: string | null
    response_kind: string | null
    calendar_id: string
    response_hours: number | null
    covering_contracts: number
    charged_amount: number | null
    free_value: number | null
    wrongly_charged_amount: number | null
    wrongly_free_value: number | null
    is_in_warranty: boolean
    was_in_warranty_then: boolean | null
    is_labour_included: boolean
    opened_on: string | null
  }
  'core.expenses': {
    expense_id: string | null
    employee_id: string | null
    customer_id: string | null
    request_id: string | null
    campaign_id: string | null
    department: string | null
    category: string | null
    cost_object: string
    amount: number | null
    traced_amount: number
    is_covered_by_rates: boolean
    is_traced: boolean
    incurred_on: string
  }
  'core.handlings': {
    entity: string | null
    record_id: string | null
    holder_id: string | null
    department: string | null
    transfers: number | null
    ping_pongs: number | null
    reopenings: number | null
    hand_offs: number | null
    is_handed_off: boolean | null
    held_since: string | null
  }
  'core.history_spans': {
    entity: string | null
    record_id: string | null
    place: number | null
    holder_id: string | null
    department: string | null
    status: string | null
    stage: string | null
    told_by: string | null
    dwell_minutes: number | null
    is_reopening: boolean | null
    began_at: string | null
    ended_at: string | null
  }
  'core.lead_candidates': {
    seen: string | null
    signal: string | null
    customer_id: string | null
    object_id: string | null
    offer: string | null
    offer_id: string | null
    wants: string | null
    told_text: string | null
    told_days: number | null
    told_count: number | string | null
    told_share: number | null
    score: number | null
    spent: number | null
    is_told: boolean | null
    came: boolean | null
    told_on: string | null
  }
  'core.lead_customers': {
    seen: string | null
    customer_id: string | null
    customer_kind: string | null
    purchases: number | null
    value: number | null
    cycle_days: number | null
    quiet_days: number | null
    last_bought_on: string | null
  }
  'core.lead_intents': {
    seen: string | null
    request_id: string | null
    intents: string | null
    words: string | null
    intent_count: number | null
  }
  'core.lead_lives': {
    seen: string | null
    asset_id: string | null
    age_years: number | null
    end_chance: number | null
    median_life_years: number | null
    life_basis: string | null
    life_ends: number | null
  }
  'core.lead_looks': {
    seen: string | null
    judged: string | null
    since_on: string | null
    seen_on: string | null
    known_at: string | null
  }
  'core.lead_machines': {
    seen: string | null
    asset_id: string | null
    customer_id: string | null
    product_id: string | null
    family: string | null
    same_topic: string | null
    faults: number | string | null
    same_faults: number | null
    contracts_since: number | null
    is_retired: boolean | null
    is_watched: boolean | null
    used_from: string | null
    warranty_ends_on: string | null
    contract_until: string | null
    retired_on: string | null
  }
  'core.lead_margins': {
    offer: string | null
    offer_id: string | null
    margin: number | null
    sales: number | null
  }
  'core.lead_of_machines': {
    seen: string | null
    signal: string | null
    customer_id: string | null
    object_id: string | null
    offer: string | null
    offer_id: string | null
    wants: string | null
    score: number | null
    is_told: boolean | null
    told_days: number | null
    told_count: number | string | null
    told_share: number | null
    told_text: string | null
    told_on: string | null
  }
  'core.lead_of_purchases': {
    seen: string | null
    signal: string | null
    customer_id: string | null
    object_id: string | null
    offer: string | null
    offer_id: string | null
    wants: string | null
    score: number | null
    is_told: boolean | null
    told_days: number | null
    told_count: number | null
    told_share: number | null
    told_text: string | null
    told_on: string | null
  }
  'core.lead_of_requests': {
    seen: string | null
    signal: string | null
    customer_id: string | null
    object_id: string | null
    offer: string | null
    offer_id: string | null
    wants: string | null
    score: number | null
    is_told: boolean | null
    told_days: number | null
    told_count: number | null
    told_share: number | null
    told_text: string | null
    told_on: string | null
  }
  'core.lead_purchases': {
    seen: string | null
    customer_id: string | null
    product_id: string | null
    product_kind: string | null
    family: string | null
    purchases: number | null
    purchases_since: number | null
    value: number | null
    first_bought_on: string | null
    last_bought_on: string | null
  }
  'core.lead_rates': {
    seen: string | null
    signal: string | null
    is_strong: boolean | null
    edge: number | null
    cases: number | null
    wins: number | null
    chance: number | null
  }
  'core.lead_rules': {
    seen: string | null
    owned_id: string | null
    bought_id: string | null
    customers: number | null
    owners: number | null
    buyers: number | null
    both: number | null
    support: number | null
    confidence: number | null
    lift: number | null
  }
  'core.lead_sales': {
    seen: string | null
    customer_id: string | null
    sale: string | null
  }
  'core.line_months': {
    customer_id: string | null
    component: string | null
    item: string | null
    measure: string | null
    family: string | null
    quantity: number | null
    amount: number | null
    month: string | null
  }
  'core.open_promises': {
    request_id: string | null
    response_calendar: string | null
    response_minutes_left: number | null
  }
  'core.opportunities': {
    opportunity_id: string | null
    customer_id: string
    owner_id: string | null
    campaign_id: string | null
    source_request_id: string | null
    source_employee_id: string | null
    product_id: string | null
    lead_source: string | null
    opportunity_kind: string | null
    opportunity_owner: string | null
    owner_department: string | null
    engineer: string | null
    sourced_by: string | null
    stage: string | null
    amount: number | null
    days_to_close: number | null
    is_won: boolean
    is_lost: boolean
    is_service_sourced: boolean
    has_source: boolean | null
    opened_on: string
    expected_close_on: string | null
    decided_on: string
  }
  'core.opportunity_steps': {
    opportunity_id: string | null
    step: string | null
    place: number | null
    days_in_step: number | null
    is_told: boolean
    is_seen: boolean
    has_moved_on: boolean
    has_left: boolean
    entered_on: string
    left_on: string | null
  }
  'core.opportunity_traces': {
    opportunity_id: string | null
    place: number | null
    trace_kind: string | null
    trace_id: string | null
    request_id: string | null
    employee_id: string | null
    asset_id: string | null
    trace_name: string | null
    family: string | null
    has_family: boolean | null
    trace_age: string | null
    days_before: number | null
    traced_on: string | null
  }
  'core.order_lines': {
    order_id: string | null
    line_id: string | null
    customer_id: string
    product_id: string | null
    quantity: number | null
    revenue: number | null
    cost_of_goods: number | null
    margin: number
    has_amount: boolean | null
    has_cost: boolean | null
    ordered_on: string
  }
  'core.orders': {
    order_id: string | null
    customer_id: string
    dealer_id: string | null
    sales_owner_id: string | null
    opportunity_id: string | null
    order_lines: number | null
    order_lines_with_amount: number | null
    order_lines_with_cost: number | null
    revenue: number
    cost_of_goods: number
    is_return: boolean | null
    ordered_on: string
  }
  'core.pool_months': {
    customer_id: string | null
    component: string | null
    item: string | null
    measure: string | null
    pool_kind: string | null
    driver: string | null
    quantity: number | null
    amount: number | null
    is_actual: boolean | null
    month: string | null
  }
  'core.products': {
    product_id: string | null
    product_name: string | null
    family: string | null
    product_kind: string | null
    unit_cost: number | null
    list_price: number | null
    floor_price: number | null
    priced_on: string | null
  }
  'core.promises': {
    request_id: string | null
    customer_id: string | null
    promise_source: string | null
    promise_kind: string | null
    calendar_id: string | null
    promise_hours: number | null
    response_business_minutes: number | null
    resolution_business_minutes: number | null
    is_promise_kept: boolean | null
    response_due_at: string | null
  }
  'core.purchase_cycles': {
    customer_id: string | null
    purchases: number | null
    purchase_cycle_days: number | null
    recency_days: number | null
    next_order_in_days: number | null
    first_ordered_on: string | null
    last_ordered_on: string | null
  }
  'core.purchase_fits': {
    seen: string | null
    customers: number | null
    repeaters: number | null
    problem: string | null
    regularity: number | null
    r: number | null
    alpha: number | null
    a: number | null
    b: number | null
    ridge: string | null
    log_likelihood: number | null
    p: number | null
    q: number | null
    v: number | null
    forecast: number | null
    forecast_low: number | null
    forecast_high: number | null
    came: number | null
    error: number | null
    naive_error: number | null
  }
  'core.purchase_histories': {
    seen: string | null
    customer_id: string | null
    repeat_purchases: number | null
    last_after_weeks: number | null
    seen_weeks: number | null
    ln_gaps: number | null
    mean_value: number | null
    margin_share: number | null
    purchases_after: number | null
    purchases_just_before: number | null
  }
  'core.record_checks': {
    rule_id: string
    role: string | null
    weight: number | null
    is_lasting: boolean | null
    record_id: string
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string
    is_fault: boolean
  }
  'core.request_costs': {
    request_id: string | null
    labour_cost: number | null
    parts_cost: number | null
    traced_expenses: number | null
    service_cost: number | null
  }
  'core.request_families': {
    request_id: string
    customer_id: string
    family: string
    opened_on: string | null
  }
  'core.request_steps': {
    request_id: string | null
    logged_at: string | null
    happened_at: string | null
    kind: string | null
    to_employee_id: string | null
    to_department: string | null
    status: string | null
  }
  'core.requests': {
    request_id: string | null
    customer_id: string
    asset_id: string | null
    contract_id: string | null
    owner_id: string | null
    channel: string | null
    request_kind: string | null
    topic: string | null
    priority: string | null
    status: string | null
    first_response_elapsed_minutes: number | null
    resolution_elapsed_minutes: number | null
    is_resolved: boolean
    is_complaint: boolean | null
    is_in_warranty: boolean | null
    has_kind: boolean | null
    is_chargeable: boolean | null
    opened_on: string
  }
  'core.sale_origins': {
    entity: string
    record_id: string
    customer_id: string | null
    origin: string
    decided_on: string | null
    contact_on: string | null
  }
  'core.sales_months': {
    customer_id: string | null
    orders: number | null
    purchases: number | null
    order_lines: number | null
    order_lines_with_amount: number | null
    order_lines_with_cost: number | null
    revenue: number | null
    cost_of_goods: number | null
    sales_margin: number | null
    month: string | null
  }
  'core.service_lines': {
    service_order_id: string | null
    line_id: string | null
    request_id: string | null
    customer_id: string
    product_id: string | null
    line_kind: string | null
    quantity: number | null
    revenue: number | null
    list_value: number | null
    parts_cost: number | null
    is_part: boolean
    is_chargeable: boolean
    has_amount: boolean | null
    has_cost: boolean | null
    ordered_on: string
  }
  'core.service_money_months': {
    customer_id: string | null
    part_lines: number | null
    part_lines_with_cost: number | null
    chargeable_lines: number | null
    chargeable_lines_with_amount: number | null
    contract_months: number | null
    contract_months_with_amount: number | null
    chargeable_revenue: number | null
    contract_revenue: number | null
    visit_charges: number | null
    traced_expenses: number | null
    parts_cost: number | null
    month: string | null
  }
  'core.service_traces': {
    trace_kind: string | null
    trace_id: string | null
    customer_id: string | null
    request_id: string | null
    employee_id: string | null
    asset_id: string | null
    trace_name: string | null
    family: string | null
    traced_on: string | null
  }
  'core.target_periods': {
    target_metric: string | null
    scope: string | null
    target: number | null
    months: number | null
    target_from: string | null
    next_from: string | null
  }
  'core.tasks': {
    task_id: string | null
    request_id: string | null
    customer_id: string | null
    employee_id: string
    task_kind: string | null
    service_minutes: number | null
    service_hours: number | null
    hourly_cost: number | string | null
    labour_cost: number | null
    is_visit: boolean
    has_hours: boolean
    has_rate: boolean
    has_labour_cost: boolean | null
    done_on: string
  }
  'core.visit_charges': {
    task_id: string | null
    request_id: string | null
    customer_id: string
    charged_class: string | null
    amount: number
    done_on: string
  }
  'core.work_months': {
    customer_id: string | null
    requests: number | null
    complaints: number | null
    tasks: number | null
    tasks_with_hours: number | null
    tasks_with_labour_cost: number | null
    visits: number | null
    service_hours: number | null
    labour_cost: number | null
    month: string | null
  }
  'marts.campaigns': {
    campaign_id: string | null
    campaign: string | null
    campaign_kind: string | null
    targets: number | null
    responses: number | null
    leads: number | null
    won_leads: number | null
    won_leads_with_margin: number | null
    won_amount: number | null
    won_margin: number | null
    budget: number | null
    cost: number | null
    month: string | null
    starts_on: string | null
    ends_on: string | null
  }
  'marts.capacity_months': {
    department: string | null
    people: number | null
    supplied_hours: number | null
    used_hours: number | null
    idle_hours: number | null
    pay: number | null
    labour_charged: number | null
    idle_cost: number | null
    month: string | null
  }
  'marts.change_basis': {
    component: string | null
    item: string | null
    measure: string | null
    family: string
    product_id: string | null
    product_name: string | null
    pool_kind: string | null
    driver: string | null
    customer_id: string | null
    customer_name: string
    customer_kind: string | null
    crm_class: string | null
    region: string | null
    industry: string | null
    sales_owner: string | null
    service_owner: string | null
    quantity: number
    amount: number
    is_actual: boolean | null
    month: string | null
  }
  'marts.class_decisions': {
    decision_id: string | null
    customer_id: string | null
    customer_name: string | null
    customer_kind: string | null
    region: string | null
    industry: string | null
    sales_owner: string | null
    service_owner: string | null
    decision: string
    decision_state: string
    reason: string | null
    decided_by: string | null
    decided_time: string | null
    decided_on: string | null
    valid_from: string | null
    valid_until: string | null
    decided_at: string | null
  }
  'marts.contracts': {
    contract_id: string | null
    customer_id: string | null
    customer_name: string | null
    customer_kind: string | null
    region: string | null
    sales_owner: string | null
    contract_kind: string | null
    requests: number | null
    earned: number | null
    service_cost: number | null
    contract_result: number | null
    days_left: number | null
    is_running: boolean | null
    starts_on: string | null
    ends_on: string | null
  }
  'marts.cost_months': {
    department: string | null
    category: string | null
    destination: string | null
    lines: number | null
    lines_with_amount: number | null
    amount: number | null
    month: string | null
  }
  'marts.cost_paths': {
    origin_department: string | null
    category: string | null
    campaign_id: string | null
    department: string | null
    customer_id: string | null
    customer_name: string | null
    customer_kind: string | null
    driver: string | null
    units: number | null
    total_units: number | string | null
    pool_amount: number | null
    amount: number | null
    month: string | null
  }
  'marts.customer_advice': {
    customer_id: string | null
    customer_name: string | null
    customer_kind: string | null
    crm_class: string | null
    region: string | null
    industry: string | null
    sales_owner: string | null
    service_owner: string | null
    score: number | null
    computed_class: string
    override_class: string
    effective_class: string
    override_reason: string | null
    override_by: string | null
    policy_version: string | null
    class_fit: string
    recorded_class_days: number | null
    advice: string
    stake: number | null
    trailing_profit: number | null
    trailing_cost: number | null
    value_percentile: number | null
    load_percentile: number | null
    class_since: string | null
    override_until: string | null
  }
  'marts.customer_classes': {
    month: string | null
    customer_id: string | null
    score: number
    computed_class: string
    class_since: string | null
    policy_version: string | null
    override_class: string | null
    effective_class: string
    override_reason: string | null
    override_by: string | null
    override_until: string | null
  }
  'marts.customer_months': {
    customer_id: string
    customer_name: string
    customer_kind: string | null
    crm_class: string | null
    region: string | null
    industry: string | null
    sales_owner: string | null
    service_owner: string | null
    orders: number | null
    purchases: number | null
    order_lines: number | null
    order_lines_with_amount: number | null
    order_lines_with_cost: number | null
    requests: number | null
    complaints: number | null
    tasks: number | null
    tasks_with_hours: number | null
    tasks_with_labour_cost: number | null
    visits: number | null
    part_lines: number | null
    part_lines_with_cost: number | null
    chargeable_lines: number | null
    chargeable_lines_with_amount: number | null
    contract_months: number | null
    contract_months_with_amount: number | null
    service_hours: number
    revenue: number
    cost_of_goods: number | null
    sales_margin: number | null
    chargeable_revenue: number | null
    contract_revenue: number | null
    visit_charges: number | null
    service_revenue: number | null
    traced_expenses: number | null
    labour_cost: number | null
    parts_cost: number | null
    direct_service_cost: number | null
    profit_before_allocation: number
    indirect_cost: number | null
    profit: number | null
    has_ledger: boolean | null
    eats_service: boolean | null
    month: string
  }
  'marts.customer_segments': {
    customer_id: string | null
    customer_name: string | null
    customer_kind: string | null
    region: string | null
    industry: string | null
    crm_class: string | null
    sales_owner: string | null
    service_owner: string | null
    product_id: string | null
    product_name: string | null
    product_family: string | null
    warranty_ending: string | null
    last_purchase: string | null
    contract_standing: string | null
    machines: number | null
    warranty_until: string | null
    last_ordered_on: string | null
  }
  'marts.customers': {
    customer_id: string | null
    dealer_id: string | null
    customer_name: string
    customer_kind: string | null
    crm_class: string | null
    region: string | null
    industry: string | null
    sales_owner: string | null
    service_owner: string | null
    dealer_name: string | null
    orders: number | null
    purchases: number | null
    requests: number | null
    visits: number | null
    service_hours: number | null
    revenue: number
    sales_margin: number | null
    service_revenue: number | null
    direct_service_cost: number | null
    profit_before_allocation: number
    indirect_cost: number | null
    profit: number | null
    trailing_orders: number | null
    trailing_requests: number | null
    trailing_service_hours: number | null
    trailing_revenue: number | null
    trailing_service_revenue: number | null
    trailing_direct_service_cost: number | null
    trailing_profit_before_allocation: number
    trailing_indirect_cost: number | null
    trailing_profit: number | null
    previous_revenue: number | null
    revenue_change: number | null
    revenue_growth: number | null
    workload_percentile: number | null
    revenue_rank: number | null
    profit_rank: number | null
    rank_drop: number | null
    purchase_cycle_days: number | null
    recency_days: number | null
    next_order_in_days: number | null
    order_silence: number | null
    contact_silence: number | null
    eats_service: boolean
    first_ordered_on: string | null
    last_ordered_on: string | null
  }
  'marts.entry_lags': {
    entity: string | null
    employee_id: string | null
    dealer_id: string | null
    role: string | null
    person: string | null
    dealer_name: string | null
    lag: string | null
    records: number | null
    lag_days: number | string | null
    month: string | null
  }
  'marts.forecasts': {
    customer_id: string | null
    customer_name: string
    customer_kind: string | null
    crm_class: string | null
    region: string | null
    industry: string | null
    sales_owner: string | null
    service_owner: string | null
    problem: string
    alive_chance: number | null
    orders_90: number | null
    orders_365: number | null
    orders_365_low: number | null
    orders_365_high: number | null
    next_order_days: number | null
    order_value: number | string | null
    future_margin: number | string | null
    future_service_cost: number | string | null
    future_value: number | string | null
    future_value_low: number | string | null
    future_value_high: number | string | null
  }
  'marts.hidden_deals': {
    lead_id: string | null
    opportunity_id: string | null
    customer_id: string | null
    customer_name: string | null
    customer_kind: string | null
    region: string | null
    opportunity_name: string | null
    opportunity_owner: string | null
    outcome: string | null
    trace_kind: string | null
    trace_id: string | null
    request_id: string | null
    asset_id: string | null
    trace_name: string | null
    engineer: string | null
    decision: string
    decided_by: string | null
    days_before: number | null
    traces: number | null
    service_chance: number
    like_cases: number | null
    amount: number | null
    has_family: boolean | null
    traced_on: string | null
    opened_on: string | null
  }
  'marts.holder_months': {
    entity: string | null
    holder_id: string | null
    person: string | null
    spans: number | null
    dwell_minutes: number | string | null
    month: string | null
  }
  'marts.invoices': {
    invoice_id: string | null
    customer_id: string | null
    customer_name: string | null
    customer_kind: string | null
    region: string | null
    industry: string | null
    crm_class: string | null
    sales_owner: string | null
    service_owner: string | null
    amount: number | null
    paid: number | null
    open_amount: number | null
    overdue_days: number | null
    days_late: number | null
    invoice_age: string | null
    amount_of_year: number | null
    month: string | null
    issued_on: string | null
    due_on: string | null
    settled_on: string | null
  }
  'marts.lead_backtest': {
    signal: string | null
    verdict: string | null
    told: number | null
    wins: number | null
    first_leads: number | null
    first_wins: number | null
    precision_share: number | null
    precision_low: number | null
    random_share: number | null
    largest_share: number | null
    lift_random: number | null
    lift_largest: number | null
    expected_wins: number | null
    decided: number | null
    dismissed: number | null
    fitted_on: string | null
  }
  'marts.lead_calibration': {
    signal: string | null
    chance_band: string | null
    cases: number | null
    wins: number | null
    expected_wins: number | null
  }
  'marts.lead_decisions': {
    decision_id: string | null
    lead_id: string | null
    customer_id: string | null
    customer_name: string | null
    customer_kind: string | null
    region: string | null
    sales_owner: string | null
    signal: string
    decision: string
    reason: string | null
    opportunity_id: string | null
    decided_by: string
    is_newest: boolean | null
    decided_time: string | null
    decided_on: string | null
  }
  'marts.lead_evidence': {
    lead_id: string | null
    signal: string | null
    entity: string | null
    record_id: string | null
    customer_id: string
    customer_name: string | null
    customer_kind: string | null
    region: string | null
    evidence_text: string | null
    evidence_on: string | null
  }
  'marts.leads': {
    lead_id: string | null
    customer_id: string | null
    customer_name: string
    customer_kind: string | null
    region: string | null
    sales_owner: string
    signal: string | null
    object_id: string | null
    object_name: string | null
    offer: string | null
    offer_name: string | null
    told_text: string | null
    status: string
    decided_by: string | null
    told_days: number | null
    told_count: number | string | null
    told_share: number | null
    chance: number | null
    margin: number | null
    expected_margin: number | null
    owner_rank: number | null
    has_lift: boolean | null
    told_on: string | null
  }
  'marts.ledger_lines': {
    expense_id: string | null
    department: string | null
    category: string | null
    ledger_rule: string
    driver: string
    employee_id: string | null
    request_id: string | null
    campaign_id: string | null
    customer_id: string | null
    customer_name: string | null
    customer_kind: string | null
    region: string | null
    amount: number | null
    incurred_on: string | null
    month: string | null
  }
  'marts.machines': {
    asset_id: string | null
    customer_id: string | null
    customer_name: string | null
    customer_kind: string | null
    region: string | null
    sales_owner: string | null
    machine: string | null
    serial_no: string | null
    machine_status: string | null
    requests: number | null
    service_cost: number | null
    warranty_cost: number | null
    sale_margin: number | null
    warranty_days_left: number | null
    is_in_warranty: boolean | null
    installed_on: string | null
    warranty_until: string | null
  }
  'marts.opportunities': {
    opportunity_id: string | null
    customer_id: string | null
    campaign_id: string | null
    product_id: string | null
    customer_name: string | null
    customer_kind: string | null
    region: string | null
    industry: string | null
    crm_class: string | null
    sales_owner: string | null
    service_owner: string | null
    opportunity_name: string | null
    opportunity_kind: string | null
    stage: string | null
    step: string
    furthest_step: string
    outcome: string | null
    lead_source: string | null
    origin: string
    sourced_by: string | null
    opportunity_owner: string | null
    owner_department: string | null
    engineer: string | null
    product_name: string | null
    product_family: string | null
    campaign: string | null
    amount: number | null
    margin: number | null
    expected_amount: number | null
    days_to_close: number | null
    unchanged_days: number | null
    usual_days_to_win: number | null
    is_service_sourced: boolean | null
    has_source: boolean | null
    is_won: boolean | null
    is_lost: boolean | null
    is_open: boolean
    is_qualified: boolean
    is_quoted: boolean
    is_told: boolean | null
    is_stale: boolean | null
    is_slow: boolean | null
    month: string | null
    opened_on: string | null
    expected_close_on: string | null
    contact_on: string | null
  }
  'marts.order_origins': {
    order_id: string | null
    customer_id: string | null
    opportunity_id: string | null
    customer_name: string | null
    customer_kind: string | null
    region: string | null
    industry: string | null
    crm_class: string | null
    sales_owner: string | null
    service_owner: string | null
    origin: string
    order_lines: number | null
    order_lines_with_cost: number | null
    revenue: number
    margin: number
    is_return: boolean | null
    month: string | null
    ordered_on: string | null
    contact_on: string | null
  }
  'marts.record_faults': {
    rule_id: string | null
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    customer_name: string | null
    role: string | null
    person: string | null
    dealer_name: string | null
    weight: number | null
    is_mendable: boolean | null
    age_days: number | null
    month: string | null
    happened_on: string | null
  }
  'marts.record_months': {
    rule_id: string
    employee_id: string | null
    dealer_id: string | null
    role: string
    person: string
    dealer_name: string
    records: number | null
    faults: number | null
    weighted_records: number | null
    weighted_faults: number | null
    month: string
  }
  'marts.request_months': {
    channel: string | null
    request_kind: string | null
    priority: string | null
    region: string | null
    industry: string | null
    customer_kind: string | null
    crm_class: string | null
    requests: number | null
    requests_with_kind: number | null
    resolved_requests: number | null
    open_requests: number | null
    complaints: number | null
    warranty_requests: number | null
    requests_with_first_response: number | null
    requests_with_resolution_time: number | null
    first_response_elapsed_minutes: number | null
    resolution_elapsed_minutes: number | null
    month: string | null
  }
  'marts.requests': {
    request_id: string | null
    customer_id: string
    contract_id: string | null
    customer_name: string | null
    region: string | null
    industry: string | null
    customer_kind: string | null
    crm_class: string | null
    holder_id: string | null
    holder: string | null
    request_kind: string | null
    channel: string | null
    priority: string | null
    contract_kind: string | null
    contract_verdict: string
    reason: string | null
    promise_source: string
    response_calendar: string | null
    transfers: number | null
    ping_pongs: number | null
    reopenings: number | null
    hand_offs: number | null
    response_business_minutes: number | null
    resolution_business_minutes: number | null
    response_minutes_left: number | null
    charged_amount: number | null
    free_value: number | null
    wrongly_charged_amount: number | null
    wrongly_free_value: number | null
    is_in_warranty: boolean | null
    is_missed_contract: boolean | null
    is_promise_kept: boolean | null
    is_resolved: boolean | null
    topic: string | null
    service_cost: number | null
    is_handed_off: boolean | null
    month: string
    opened_on: string | null
    response_due_at: string | null
  }
  'marts.sales_targets': {
    target_metric: string | null
    scope: string | null
    scope_name: string | null
    region: string | null
    target: number | null
    actual: number | null
    remaining: number | null
    pipeline: number | null
    pipeline_without_amount: number | null
    is_running: boolean | null
    is_over: boolean | null
    target_from: string | null
    target_until: string | null
  }
  'marts.score_components': {
    customer_id: string | null
    customer_name: string | null
    customer_kind: string | null
    policy_version: string | null
    measure: string | null
    value: number | null
    percentile: number | null
    weight: number | null
    points: number | null
    trailing_profit: number | null
    months_known: number | null
    is_latest: boolean | null
    month: string | null
  }
  'marts.service_increment': {
    since_on: string | null
    verdict: string | null
    lift: number | null
    lift_low: number | null
    lift_high: number | null
    treated: number | null
    controls: number | null
    unmatched: number | null
  }
  'marts.stage_exits': {
    opportunity_id: string | null
    customer_id: string | null
    product_id: string | null
    campaign_id: string | null
    customer_name: string | null
    customer_kind: string | null
    region: string | null
    industry: string | null
    crm_class: string | null
    sales_owner: string | null
    service_owner: string | null
    opportunity_kind: string | null
    step: string | null
    lead_source: string | null
    origin: string | null
    opportunity_owner: string | null
    owner_department: string | null
    engineer: string | null
    product_name: string | null
    product_family: string | null
    campaign: string | null
    days_in_step: number | null
    usual_share: number | null
    usual_cases: number | null
    has_moved_on: boolean
    month: string
    left_on: string | null
  }
  'marts.support_costs': {
    support_method: string | null
    is_chosen: boolean | null
    origin_department: string | null
    department: string | null
    amount: number | null
    month: string | null
  }
  'marts.target_months': {
    target_metric: string | null
    scope: string | null
    scope_level: string | null
    region: string | null
    target: number | null
    month: string | null
  }
  'marts.whale_months': {
    month: string | null
    customer_id: string | null
    customer_name: string | null
    customer_kind: string | null
    region: string | null
    profit_12: number | string
    profit_12_before: number | string | null
    place: number
    place_before: number | null
    is_latest: boolean | null
  }
  'rules.asset_own_ancestor': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.asset_without_install_date': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.asset_without_product': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.asset_without_serial': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.asset_without_warranty': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.contract_ends_before_start': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.contract_not_matched': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.contract_with_unknown_calendar': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.contract_without_kind': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.contract_without_machines': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.contract_without_promise': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.contracts_overlap': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.customer_gone': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.customer_without_class': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.customer_without_sales_owner': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.customer_without_service_owner': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.dealer_end_user_late': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.dealer_machine_late': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.dealer_machine_missing': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.dealer_part_late': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.dealer_part_missing': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.diary_overlap': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.event_before_request': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.event_from_the_future': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.expense_from_the_future': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.expense_keyed_after_30_days': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.expense_keyed_by_proxy': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.expense_without_object': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.indirect_customer_without_dealer': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.invoice_from_the_future': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.maintenance_record_from_the_future': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.maintenance_record_keyed_by_proxy': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.maintenance_record_missing': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.opportunity_from_the_future': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.opportunity_stale': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.opportunity_without_source': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.order_from_the_future': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.part_without_parent': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.part_without_price': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.payment_from_the_future': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.request_from_the_future': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.request_keyed_after_a_day': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.request_keyed_by_proxy': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.request_of_unregistered_asset': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.request_of_unregistered_customer': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.request_untouched': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.request_without_asset': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.resolved_time_missing': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.sold_below_floor': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.survey_unanswered': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.task_ends_before_start': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.task_feedback_late': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.task_feedback_missing': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.task_from_the_future': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.task_hours_missing': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.task_keyed_by_proxy': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.task_not_ended': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.task_not_planned': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'rules.warranty_ends_before_start': {
    record_id: string | null
    customer_id: string | null
    employee_id: string | null
    dealer_id: string | null
    happened_on: string | null
    is_fault: boolean | null
  }
  'staging.article_uses': {
    use_id: string | null
    article_id: string | null
    request_id: string | null
    employee_id: string | null
    recorded_by: string | null
    source: string | null
    solved: boolean | null
    happened_on: string | null
    recorded_on: string | null
    at: string | null
    recorded_at: string | null
  }
  'staging.articles': {
    article_id: string | null
    author_id: string | null
    recorded_by: string | null
    title: string | null
    topic: string | null
    source: string | null
    created_on: string | null
    updated_on: string | null
    recorded_on: string | null
    created_at: string | null
    updated_at: string | null
    recorded_at: string | null
  }
  'staging.asset_versions': {
    asset_id: string | null
    customer_id: string | null
    product_id: string | null
    warranty_scope: string | null
    is_part: boolean | null
    is_retired: boolean | null
    installed_on: string | null
    commissioned_on: string | null
    warranty_starts_on: string | null
    warranty_ends_on: string | null
    retired_on: string | null
    loaded_at: string | null
    known_from: string | null
    known_to: string | null
  }
  'staging.assets': {
    asset_id: string | null
    customer_id: string | null
    product_id: string | null
    parent_asset_id: string | null
    dealer_id: string | null
    order_id: string | null
    recorded_by: string | null
    serial_no: string | null
    status: string | null
    warranty_kind: string | null
    warranty_scope: string | null
    source: string | null
    installed_on: string | null
    commissioned_on: string | null
    warranty_starts_on: string | null
    warranty_ends_on: string | null
    retired_on: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.campaign_responses': {
    campaign_id: string | null
    customer_id: string | null
    recorded_by: string | null
    kind: string | null
    source: string | null
    happened_on: string | null
    recorded_on: string | null
    at: string | null
    recorded_at: string | null
  }
  'staging.campaigns': {
    campaign_id: string | null
    recorded_by: string | null
    name: string | null
    kind: string | null
    source: string | null
    budget: number | null
    target_count: number | null
    starts_on: string | null
    ends_on: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.contract_asset_versions': {
    contract_id: string | null
    asset_id: string | null
    known_from: string | null
    known_to: string | null
  }
  'staging.contract_assets': {
    contract_id: string | null
    asset_id: string | null
    recorded_by: string | null
    source: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.contract_versions': {
    contract_id: string | null
    customer_id: string | null
    kind: string | null
    response_kind: string | null
    calendar: string | null
    response_hours: number | null
    is_cancelled: boolean | null
    starts_on: string | null
    ends_on: string | null
    known_from: string | null
    known_to: string | null
  }
  'staging.contracts': {
    contract_id: string | null
    customer_id: string | null
    recorded_by: string | null
    name: string | null
    brief: string | null
    kind: string | null
    status: string | null
    response_kind: string | null
    calendar: string | null
    currency: string | null
    source: string | null
    response_hours: number | null
    amount: number | null
    original_amount: number | null
    is_cancelled: boolean | null
    starts_on: string | null
    ends_on: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.currency_days': {
    currency: string | null
    day: string | null
    rate: number | null
  }
  'staging.customer_versions': {
    customer_id: string | null
    parent_customer_id: string | null
    dealer_id: string | null
    sales_owner_id: string | null
    service_owner_id: string | null
    name: string | null
    kind: string | null
    crm_class: string | null
    region: string | null
    industry: string | null
    known_from: string | null
    known_to: string | null
  }
  'staging.customers': {
    customer_id: string | null
    parent_customer_id: string | null
    dealer_id: string | null
    sales_owner_id: string | null
    service_owner_id: string | null
    recorded_by: string | null
    name: string | null
    kind: string | null
    crm_class: string | null
    region: string | null
    industry: string | null
    source: string | null
    crm_class_set_on: string | null
    first_contact_on: string | null
    registered_on: string | null
    recorded_on: string | null
    crm_class_set_at: string | null
    first_contact_at: string | null
    registered_at: string | null
    recorded_at: string | null
  }
  'staging.dealers': {
    dealer_id: string | null
    recorded_by: string | null
    name: string | null
    region: string | null
    source: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.employee_rates': {
    employee_id: string | null
    recorded_by: string | null
    source: string | null
    hourly_cost: number | null
    valid_from: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.employees': {
    employee_id: string | null
    recorded_by: string | null
    name: string | null
    department: string | null
    role: string | null
    source: string | null
    hired_on: string | null
    left_on: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.expenses': {
    expense_id: string | null
    employee_id: string | null
    task_id: string | null
    request_id: string | null
    contract_id: string | null
    campaign_id: string | null
    customer_id: string | null
    recorded_by: string | null
    department: string | null
    category: string | null
    currency: string | null
    source: string | null
    amount: number | null
    original_amount: number | null
    incurred_on: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.fx_rates': {
    recorded_by: string | null
    currency: string | null
    source: string | null
    rate: number | null
    day: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.holidays': {
    recorded_by: string | null
    name: string | null
    calendars: string | null
    source: string | null
    working: boolean | null
    day: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.interactions': {
    interaction_id: string | null
    customer_id: string | null
    request_id: string | null
    employee_id: string | null
    transferred_to_id: string | null
    recorded_by: string | null
    caller_kind: string | null
    channel: string | null
    direction: string | null
    queue: string | null
    outcome: string | null
    source: string | null
    started_on: string | null
    answered_on: string | null
    ended_on: string | null
    recorded_on: string | null
    started_at: string | null
    answered_at: string | null
    ended_at: string | null
    recorded_at: string | null
  }
  'staging.invoices': {
    invoice_id: string | null
    customer_id: string | null
    order_id: string | null
    service_order_id: string | null
    contract_id: string | null
    recorded_by: string | null
    currency: string | null
    source: string | null
    amount: number | null
    original_amount: number | null
    issued_on: string | null
    due_on: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.lead_decisions': {
    decision_id: string | null
    lead_id: string | null
    customer_id: string | null
    opportunity_id: string | null
    kind: string | null
    reason: string | null
    decided_by: string | null
    is_newest: boolean | null
    decided_on: string | null
    decided_at: string | null
  }
  'staging.maintenance_records': {
    record_id: string | null
    asset_id: string | null
    request_id: string | null
    employee_id: string | null
    recorded_by: string | null
    kind: string | null
    summary: string | null
    unit: string | null
    source: string | null
    quantity: number | null
    performed_on: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.months': {
    month: string | null
    last_on: string | null
  }
  'staging.opportunities': {
    opportunity_id: string | null
    customer_id: string | null
    source_request_id: string | null
    source_employee_id: string | null
    campaign_id: string | null
    product_id: string | null
    owner_id: string | null
    recorded_by: string | null
    name: string | null
    kind: string | null
    lead_source: string | null
    currency: string | null
    stage: string | null
    outcome: string | null
    source: string | null
    amount: number | null
    original_amount: number | null
    probability: number | null
    opened_on: string | null
    expected_close_on: string | null
    closed_on: string | null
    recorded_on: string | null
    opened_at: string | null
    closed_at: string | null
    recorded_at: string | null
  }
  'staging.opportunity_events': {
    opportunity_id: string | null
    employee_id: string | null
    recorded_by: string | null
    kind: string | null
    from_value: string | null
    to_value: string | null
    source: string | null
    happened_on: string | null
    recorded_on: string | null
    at: string | null
    recorded_at: string | null
  }
  'staging.opportunity_versions': {
    opportunity_id: string | null
    customer_id: string | null
    product_id: string | null
    owner_id: string | null
    stage: string | null
    outcome: string | null
    opened_at: string | null
    opened_on: string | null
    closed_on: string | null
    known_from: string | null
    version_place: number | null
    known_to: string | null
  }
  'staging.order_line_versions': {
    order_id: string | null
    line_id: string | null
    product_id: string | null
    quantity: number | null
    original_amount: number | null
    known_from: string | null
    known_to: string | null
  }
  'staging.order_lines': {
    order_id: string | null
    line_id: string | null
    product_id: string | null
    recorded_by: string | null
    source: string | null
    quantity: number | null
    original_unit_price: number | null
    original_amount: number | null
    unit_cost: number | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.order_versions': {
    order_id: string | null
    customer_id: string | null
    exchange_rate: number | null
    is_cancelled: boolean | null
    ordered_on: string | null
    known_from: string | null
    known_to: string | null
  }
  'staging.orders': {
    order_id: string | null
    customer_id: string | null
    dealer_id: string | null
    sales_owner_id: string | null
    opportunity_id: string | null
    recorded_by: string | null
    status: string | null
    currency: string | null
    source: string | null
    exchange_rate: number | null
    is_cancelled: boolean | null
    ordered_on: string | null
    recorded_on: string | null
    ordered_at: string | null
    recorded_at: string | null
  }
  'staging.payments': {
    payment_id: string | null
    invoice_id: string | null
    recorded_by: string | null
    currency: string | null
    source: string | null
    amount: number | null
    original_amount: number | null
    paid_on: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.product_versions': {
    product_id: string | null
    family: string | null
    kind: string | null
    known_from: string | null
    known_to: string | null
  }
  'staging.products': {
    product_id: string | null
    recorded_by: string | null
    name: string | null
    family: string | null
    kind: string | null
    source: string | null
    unit_cost: number | null
    list_price: number | null
    floor_price: number | null
    priced_on: string | null
    recorded_on: string | null
    priced_at: string | null
    recorded_at: string | null
  }
  'staging.request_events': {
    request_id: string | null
    from_employee_id: string | null
    to_employee_id: string | null
    recorded_by: string | null
    kind: string | null
    from_department: string | null
    to_department: string | null
    status: string | null
    source: string | null
    happened_on: string | null
    recorded_on: string | null
    at: string | null
    recorded_at: string | null
  }
  'staging.request_versions': {
    request_id: string | null
    customer_id: string | null
    asset_id: string | null
    owner_id: string | null
    kind: string | null
    topic: string | null
    summary: string | null
    department: string | null
    status: string | null
    opened_on: string | null
    opened_at: string | null
    resolved_at: string | null
    closed_at: string | null
    known_from: string | null
    version_place: number | null
    known_to: string | null
  }
  'staging.requests': {
    request_id: string | null
    customer_id: string | null
    asset_id: string | null
    contract_id: string | null
    owner_id: string | null
    opened_by_id: string | null
    solved_by_article_id: string | null
    recorded_by: string | null
    channel: string | null
    kind: string | null
    topic: string | null
    priority: string | null
    first_fault: string | null
    final_fault: string | null
    status: string | null
    department: string | null
    summary: string | null
    source: string | null
    chargeable: boolean | null
    opened_on: string | null
    first_response_on: string | null
    resolved_on: string | null
    closed_on: string | null
    recorded_on: string | null
    opened_at: string | null
    first_response_at: string | null
    resolved_at: string | null
    closed_at: string | null
    recorded_at: string | null
  }
  'staging.service_order_lines': {
    service_order_id: string | null
    line_id: string | null
    product_id: string | null
    recorded_by: string | null
    kind: string | null
    unit: string | null
    source: string | null
    quantity: number | null
    original_list_price: number | null
    original_unit_price: number | null
    original_amount: number | null
    unit_cost: number | null
    chargeable: boolean | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.service_orders': {
    service_order_id: string | null
    request_id: string | null
    customer_id: string | null
    recorded_by: string | null
    status: string | null
    currency: string | null
    source: string | null
    exchange_rate: number | null
    is_cancelled: boolean | null
    ordered_on: string | null
    recorded_on: string | null
    ordered_at: string | null
    recorded_at: string | null
  }
  'staging.surveys': {
    survey_id: string | null
    request_id: string | null
    customer_id: string | null
    recorded_by: string | null
    contact: string | null
    channel: string | null
    moment: string | null
    comment: string | null
    source: string | null
    score: number | null
    sent_on: string | null
    answered_on: string | null
    recorded_on: string | null
    sent_at: string | null
    answered_at: string | null
    recorded_at: string | null
  }
  'staging.targets': {
    metric: string | null
    recorded_by: string | null
    scope: string | null
    source: string | null
    value: number | null
    period: string | null
    recorded_on: string | null
    recorded_at: string | null
  }
  'staging.task_versions': {
    task_id: string | null
    employee_id: string | null
    confirmed_at: string | null
    actual_start: string | null
    actual_end: string | null
    known_from: string | null
    version_place: number | null
    known_to: string | null
  }
  'staging.tasks': {
    task_id: string | null
    request_id: string | null
    customer_id: string | null
    employee_id: string | null
    recorded_by: string | null
    kind: string | null
    subject: string | null
    priority: string | null
    source: string | null
    planned_minutes: number | null
    actual_minutes: number | null
    travel_minutes: number | null
    required_start_on: string | null
    required_end_on: string | null
    planned_start_on: string | null
    confirmed_on: string | null
    actual_start_on: string | null
    actual_end_on: string | null
    assigned_on: string | null
    feedback_on: string | null
    recorded_on: string | null
    required_start: string | null
    required_end: string | null
    planned_start: string | null
    confirmed_at: string | null
    actual_start: string | null
    actual_end: string | null
    assigned_at: string | null
    feedback_at: string | null
    recorded_at: string | null
  }
  'staging.working_days': {
    minutes: number | null
    day: string | null
  }
  'staging.working_marks': {
    calendar_id: string | null
    worked_quarter: number | null
    worked_from: number | null
    worked_until: number | null
    begins_at: string | null
  }
  'staging.working_quarters': {
    calendar_id: string
    quarter: number
    worked_before: number
    works_from: number | null
    works_until: number | null
    opens_until: number | null
    next_business_day_due_at: string | null
    late_due_at: string | null
  }
  'raw.customers': {
    customer_id: string
    name: string
    kind: string
    parent_customer_id: string | null
    dealer_id: string | null
    crm_class: string | null
    crm_class_set_at: string | null
    region: string | null
    industry: string | null
    sales_owner_id: string | null
    service_owner_id: string | null
    first_contact_at: string | null
    registered_at: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.customers': {
    customer_id: string
    name: string
    kind: string
    parent_customer_id: string | null
    dealer_id: string | null
    crm_class: string | null
    crm_class_set_at: string | null
    region: string | null
    industry: string | null
    sales_owner_id: string | null
    service_owner_id: string | null
    first_contact_at: string | null
    registered_at: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.dealers': {
    dealer_id: string
    name: string
    region: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.dealers': {
    dealer_id: string
    name: string
    region: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.employee_rates': {
    employee_id: string
    valid_from: string
    hourly_cost: number
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.employee_rates': {
    employee_id: string
    valid_from: string
    hourly_cost: number
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.employees': {
    employee_id: string
    name: string
    department: string
    role: string | null
    hired_on: string | null
    left_on: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.employees': {
    employee_id: string
    name: string
    department: string
    role: string | null
    hired_on: string | null
    left_on: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.fx_rates': {
    currency: string
    day: string
    rate: number
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.fx_rates': {
    currency: string
    day: string
    rate: number
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.holidays': {
    day: string
    working: boolean
    calendars: string | null
    name: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.holidays': {
    day: string
    working: boolean
    calendars: string | null
    name: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.targets': {
    metric: string
    period: string
    scope: string
    value: number
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.targets': {
    metric: string
    period: string
    scope: string
    value: number
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.assets': {
    asset_id: string
    customer_id: string
    product_id: string | null
    parent_asset_id: string | null
    serial_no: string | null
    status: string | null
    warranty_kind: string | null
    warranty_scope: string | null
    installed_on: string | null
    commissioned_on: string | null
    warranty_starts_on: string | null
    warranty_ends_on: string | null
    retired_on: string | null
    dealer_id: string | null
    order_id: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.assets': {
    asset_id: string
    customer_id: string
    product_id: string | null
    parent_asset_id: string | null
    serial_no: string | null
    status: string | null
    warranty_kind: string | null
    warranty_scope: string | null
    installed_on: string | null
    commissioned_on: string | null
    warranty_starts_on: string | null
    warranty_ends_on: string | null
    retired_on: string | null
    dealer_id: string | null
    order_id: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.contract_assets': {
    contract_id: string
    asset_id: string
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.contract_assets': {
    contract_id: string
    asset_id: string
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.contracts': {
    contract_id: string
    customer_id: string
    name: string | null
    brief: string | null
    kind: string | null
    status: string | null
    starts_on: string
    ends_on: string
    response_kind: string | null
    response_hours: number | null
    calendar: string | null
    amount: number | null
    currency: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.contracts': {
    contract_id: string
    customer_id: string
    name: string | null
    brief: string | null
    kind: string | null
    status: string | null
    starts_on: string
    ends_on: string
    response_kind: string | null
    response_hours: number | null
    calendar: string | null
    amount: number | null
    currency: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.maintenance_records': {
    record_id: string
    asset_id: string
    request_id: string | null
    kind: string | null
    performed_on: string
    employee_id: string | null
    summary: string | null
    quantity: number | null
    unit: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.maintenance_records': {
    record_id: string
    asset_id: string
    request_id: string | null
    kind: string | null
    performed_on: string
    employee_id: string | null
    summary: string | null
    quantity: number | null
    unit: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.products': {
    product_id: string
    name: string
    family: string | null
    kind: string
    unit_cost: number | null
    list_price: number | null
    floor_price: number | null
    priced_at: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.products': {
    product_id: string
    name: string
    family: string | null
    kind: string
    unit_cost: number | null
    list_price: number | null
    floor_price: number | null
    priced_at: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.article_uses': {
    use_id: string
    article_id: string | null
    request_id: string | null
    employee_id: string | null
    at: string
    solved: boolean | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.article_uses': {
    use_id: string
    article_id: string | null
    request_id: string | null
    employee_id: string | null
    at: string
    solved: boolean | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.articles': {
    article_id: string
    title: string | null
    topic: string | null
    author_id: string | null
    created_at: string | null
    updated_at: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.articles': {
    article_id: string
    title: string | null
    topic: string | null
    author_id: string | null
    created_at: string | null
    updated_at: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.interactions': {
    interaction_id: string
    customer_id: string | null
    request_id: string | null
    employee_id: string | null
    caller_kind: string | null
    channel: string | null
    direction: string | null
    queue: string | null
    started_at: string
    answered_at: string | null
    ended_at: string | null
    transferred_to_id: string | null
    outcome: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.interactions': {
    interaction_id: string
    customer_id: string | null
    request_id: string | null
    employee_id: string | null
    caller_kind: string | null
    channel: string | null
    direction: string | null
    queue: string | null
    started_at: string
    answered_at: string | null
    ended_at: string | null
    transferred_to_id: string | null
    outcome: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.request_events': {
    request_id: string
    at: string
    kind: string
    from_employee_id: string | null
    to_employee_id: string | null
    from_department: string | null
    to_department: string | null
    status: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.request_events': {
    request_id: string
    at: string
    kind: string
    from_employee_id: string | null
    to_employee_id: string | null
    from_department: string | null
    to_department: string | null
    status: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.requests': {
    request_id: string
    customer_id: string
    asset_id: string | null
    contract_id: string | null
    channel: string | null
    kind: string | null
    topic: string | null
    priority: string | null
    first_fault: string | null
    final_fault: string | null
    opened_at: string
    first_response_at: string | null
    resolved_at: string | null
    closed_at: string | null
    status: string | null
    owner_id: string | null
    department: string | null
    opened_by_id: string | null
    solved_by_article_id: string | null
    chargeable: boolean | null
    summary: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.requests': {
    request_id: string
    customer_id: string
    asset_id: string | null
    contract_id: string | null
    channel: string | null
    kind: string | null
    topic: string | null
    priority: string | null
    first_fault: string | null
    final_fault: string | null
    opened_at: string
    first_response_at: string | null
    resolved_at: string | null
    closed_at: string | null
    status: string | null
    owner_id: string | null
    department: string | null
    opened_by_id: string | null
    solved_by_article_id: string | null
    chargeable: boolean | null
    summary: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.surveys': {
    survey_id: string
    request_id: string | null
    customer_id: string
    contact: string | null
    channel: string | null
    moment: string | null
    sent_at: string
    answered_at: string | null
    score: number | null
    comment: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.surveys': {
    survey_id: string
    request_id: string | null
    customer_id: string
    contact: string | null
    channel: string | null
    moment: string | null
    sent_at: string
    answered_at: string | null
    score: number | null
    comment: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.tasks': {
    task_id: string
    request_id: string | null
    customer_id: string | null
    employee_id: string
    kind: string | null
    subject: string | null
    priority: string | null
    required_start: string | null
    required_end: string | null
    planned_start: string | null
    planned_minutes: number | null
    confirmed_at: string | null
    actual_start: string | null
    actual_end: string | null
    actual_minutes: number | null
    travel_minutes: number | null
    assigned_at: string | null
    feedback_at: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.tasks': {
    task_id: string
    request_id: string | null
    customer_id: string | null
    employee_id: string
    kind: string | null
    subject: string | null
    priority: string | null
    required_start: string | null
    required_end: string | null
    planned_start: string | null
    planned_minutes: number | null
    confirmed_at: string | null
    actual_start: string | null
    actual_end: string | null
    actual_minutes: number | null
    travel_minutes: number | null
    assigned_at: string | null
    feedback_at: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.campaign_responses': {
    campaign_id: string
    customer_id: string
    at: string | null
    kind: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.campaign_responses': {
    campaign_id: string
    customer_id: string
    at: string | null
    kind: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.campaigns': {
    campaign_id: string
    name: string | null
    kind: string | null
    starts_on: string | null
    ends_on: string | null
    budget: number | null
    target_count: number | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.campaigns': {
    campaign_id: string
    name: string | null
    kind: string | null
    starts_on: string | null
    ends_on: string | null
    budget: number | null
    target_count: number | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.expenses': {
    expense_id: string
    incurred_on: string
    employee_id: string | null
    department: string
    category: string
    amount: number
    currency: string | null
    task_id: string | null
    request_id: string | null
    contract_id: string | null
    campaign_id: string | null
    customer_id: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.expenses': {
    expense_id: string
    incurred_on: string
    employee_id: string | null
    department: string
    category: string
    amount: number
    currency: string | null
    task_id: string | null
    request_id: string | null
    contract_id: string | null
    campaign_id: string | null
    customer_id: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.invoices': {
    invoice_id: string
    customer_id: string
    order_id: string | null
    service_order_id: string | null
    contract_id: string | null
    issued_on: string
    due_on: string | null
    amount: number
    currency: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.invoices': {
    invoice_id: string
    customer_id: string
    order_id: string | null
    service_order_id: string | null
    contract_id: string | null
    issued_on: string
    due_on: string | null
    amount: number
    currency: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.opportunities': {
    opportunity_id: string
    customer_id: string
    name: string | null
    kind: string | null
    lead_source: string | null
    source_request_id: string | null
    source_employee_id: string | null
    campaign_id: string | null
    product_id: string | null
    amount: number | null
    currency: string | null
    stage: string | null
    probability: number | null
    opened_at: string
    expected_close_on: string | null
    closed_at: string | null
    outcome: string | null
    owner_id: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.opportunities': {
    opportunity_id: string
    customer_id: string
    name: string | null
    kind: string | null
    lead_source: string | null
    source_request_id: string | null
    source_employee_id: string | null
    campaign_id: string | null
    product_id: string | null
    amount: number | null
    currency: string | null
    stage: string | null
    probability: number | null
    opened_at: string
    expected_close_on: string | null
    closed_at: string | null
    outcome: string | null
    owner_id: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.opportunity_events': {
    opportunity_id: string
    at: string
    kind: string
    from_value: string | null
    to_value: string | null
    employee_id: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.opportunity_events': {
    opportunity_id: string
    at: string
    kind: string
    from_value: string | null
    to_value: string | null
    employee_id: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.order_lines': {
    order_id: string
    line_id: string
    product_id: string | null
    quantity: number | null
    unit_price: number | null
    amount: number | null
    unit_cost: number | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.order_lines': {
    order_id: string
    line_id: string
    product_id: string | null
    quantity: number | null
    unit_price: number | null
    amount: number | null
    unit_cost: number | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.orders': {
    order_id: string
    customer_id: string
    dealer_id: string | null
    ordered_at: string
    status: string | null
    sales_owner_id: string | null
    opportunity_id: string | null
    currency: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.orders': {
    order_id: string
    customer_id: string
    dealer_id: string | null
    ordered_at: string
    status: string | null
    sales_owner_id: string | null
    opportunity_id: string | null
    currency: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.payments': {
    payment_id: string
    invoice_id: string
    paid_on: string
    amount: number
    currency: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.payments': {
    payment_id: string
    invoice_id: string
    paid_on: string
    amount: number
    currency: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.service_order_lines': {
    service_order_id: string
    line_id: string
    kind: string
    product_id: string | null
    quantity: number | null
    unit: string | null
    list_price: number | null
    unit_price: number | null
    amount: number | null
    unit_cost: number | null
    chargeable: boolean | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.service_order_lines': {
    service_order_id: string
    line_id: string
    kind: string
    product_id: string | null
    quantity: number | null
    unit: string | null
    list_price: number | null
    unit_price: number | null
    amount: number | null
    unit_cost: number | null
    chargeable: boolean | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.service_orders': {
    service_order_id: string
    request_id: string | null
    customer_id: string
    ordered_at: string
    status: string | null
    currency: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.service_orders': {
    service_order_id: string
    request_id: string | null
    customer_id: string
    ordered_at: string
    status: string | null
    currency: string | null
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'raw.lead_decisions': {
    decision_id: string
    lead_id: string
    customer_id: string | null
    kind: string
    reason: string | null
    opportunity_id: string | null
    decided_by: string
    decided_at: string
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
  }
  'history.lead_decisions': {
    decision_id: string
    lead_id: string
    customer_id: string | null
    kind: string
    reason: string | null
    opportunity_id: string | null
    decided_by: string
    decided_at: string
    recorded_at: string | null
    recorded_by: string | null
    source: string
    batch_id: string
    loaded_at: string
    known_from: string
    version_place: number | null
    known_to: string
    ended_by_batch: string
    ended_how: string
  }
  'policy.calendars': {
    calendar_id: string | null
    time_zone: string | null
    cut_off_minute: number | null
    make_up_weekday: number | null
  }
  'policy.cancelled_statuses': {
    status: string | null
  }
  'policy.capacities': {
    practical_capacity: number | null
    valid_from: string | null
    valid_until: string | null
  }
  'policy.class_decisions': {
    decision_id: string | null
    customer_id: string | null
    override_class: string | null
    reason: string | null
    decided_by: string | null
    decided_at: string | null
    valid_from: string | null
    valid_until: string | null
  }
  'policy.class_promises': {
    crm_class: string | null
    promise_kind: string | null
    promise_hours: number | null
    valid_from: string | null
    valid_until: string | null
  }
  'policy.clock': {
    as_of: string | null
    known_at: string | null
    looked_at: string | null
  }
  'policy.contract_includes': {
    contract_kind: string | null
    line_kind: string | null
  }
  'policy.cost_pools': {
    place: number | null
    department: string | null
    category: string | null
    driver: string | null
    valid_from: string | null
    valid_until: string | null
  }
  'policy.hourly_costs': {
    factor: number | null
    valid_from: string | null
    valid_until: string | null
  }
  'policy.intent_words': {
    intent: string | null
    word: string | null
    is_exception: boolean | null
  }
  'policy.labour_categories': {
    category: string | null
  }
  'policy.lead_signals_off': {
    signal: string | null
  }
  'policy.leads': {
    soon_days: number | null
    horizon_days: number | null
    life_chance: number | null
    often_repairs: number | null
    same_faults: number | null
    rule_customers: number | null
    rule_lift: number | null
    intent_days: number | null
    quiet_days: number | null
    per_owner: number | null
    hidden_days: number | null
  }
  'policy.object_categories': {
    category: string | null
  }
  'policy.public_holidays': {
    calendar_id: string | null
    day: string | null
    name: string | null
    working: boolean | null
  }
  'policy.retired_statuses': {
    status: string | null
  }
  'policy.score_components': {
    version: string | null
    is_indirect: boolean | null
    measure: string | null
    weight: number | null
    sign: number | null
  }
  'policy.scores': {
    version: string | null
    valid_from: string | null
    vip_from: number | null
    key_from: number | null
    hysteresis: number | null
    new_months: number | null
  }
  'policy.service_campaigns': {
    campaign_id: string | null
  }
  'policy.service_departments': {
    department: string | null
  }
  'policy.service_lead_sources': {
    lead_source: string | null
  }
  'policy.settings': {
    currency: string | null
    time_zone: string | null
    eats_service_workload_percentile: number | null
    influenced_days: number | null
    coverage_threshold: number | null
    records_from: string | null
    dealer_report_days: number | null
    dealer_install_days: number | null
    untouched_days: number | null
    stale_opportunity_days: number | null
    is_sourced_by_request: boolean | null
    is_sourced_by_decision: boolean | null
    conversion_seriously_below: number | null
    conversion_minimum_cases: number | null
    minimum_records: number | null
    working_day_minutes: number | null
    yearly_discount: number | null
    stale_after_hours: number | null
  }
  'policy.stages': {
    stage: string | null
    step: string | null
    place: number | null
  }
  'policy.support_shares': {
    method: string | null
    is_chosen: boolean | null
    from_department: string | null
    to_department: string | null
    share: number | null
    valid_from: string | null
    valid_until: string | null
  }
  'policy.visit_charges': {
    crm_class: string | null
    amount: number | null
    valid_from: string | null
    valid_until: string | null
  }
  'policy.visit_kinds': {
    kind: string | null
  }
  'policy.warranty_includes': {
    warranty_scope: string | null
    line_kind: string | null
  }
  'policy.working_spans': {
    calendar_id: string | null
    weekday: number | null
    starts_minute: number | null
    ends_minute: number | null
  }
}
