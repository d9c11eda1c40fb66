/** What a lead can be told by. */
export const SIGNALS = [
  'warranty_ends',
  'contract_ends',
  'near_life_end',
  'often_repaired',
  'same_fault',
  'owners_also_buy',
  'consumable_due',
  'intent_words',
  'prospect_asks',
  'gone_quiet',
] as const
export type Signal = (typeof SIGNALS)[number]

/** By what rules leads are found, listed and held against what came. */
export interface LeadPolicy {
  /** Signals that are not used. */
  readonly off: readonly Signal[]
  /** A warranty or contract that ends within so many days is a lead. */
  readonly soonDays: number
  /** A lead must win within so many days to have been right; backtests look back twice as far. */
  readonly horizonDays: number
  /** A machine whose chance to end within the horizon is at least this is near the end of its life. */
  readonly lifeChance: number
  /** So many repairs of a machine within a year are often. */
  readonly oftenRepairs: number
  /** So often the same fault of a machine within a year is the same fault again. */
  readonly sameFaults: number
  /** A rule of what owners also buy stands on at least so many customers who have both. */
  readonly ruleCustomers: number
  /** And owners of the one buy the other at least so many times as often as all do. */
  readonly ruleLift: number
  /** A request counts for intent so many days. */
  readonly intentDays: number
  /** Words of intent by what they say, Chinese and English. */
  readonly intentWords: Readonly<Record<string, readonly string[]>>
  /** Beside one of these words no word of intent counts: the upgrade of a program is none of the machine. */
  readonly intentExceptions: readonly string[]
  /** Statuses of a machine that is in use no more. */
  readonly retiredStatuses: readonly string[]
  /** After a dismissal the lead stays away so many days. */
  readonly quietDays: number
  /** At most so many leads for each owner; the largest expected margins first. */
  readonly perOwner: number
  /** An opportunity without a lead source is held against what service did in so many days before it. */
  readonly hiddenDays: number
}

export const defaultLeads: LeadPolicy = {
  off: [],
  soonDays: 90,
  horizonDays: 180,
  lifeChance: 0.08,
  oftenRepairs: 5,
  sameFaults: 3,
  ruleCustomers: 8,
  ruleLift: 1.2,
  intentDays: 60,
  intentWords: {
    price: ['价格', '询价', '多少钱', '价目表', 'price', 'pricing', 'how much', 'cost estimate'],
    quote: ['报价', '报价单', '报个价', 'quote', 'quotation', 'offer'],
    purchase: ['新机', '购买', '采购', '想买', '订购', '再买', 'new machine', 'new unit', 'buy', 'purchase'],
    upgrade: ['升级', '改造', '扩容', 'upgrade', 'retrofit'],
    replace: ['更新换代', '换新', '以旧换新', 'replacement machine', 'trade in'],
    contract: ['延保', '续保', '续签', '服务合约', '维保合同', 'extended warranty', 'service contract'],
  },
  intentExceptions: ['程序', '软件', '固件', '系统版本', 'program', 'software', 'firmware'],
  retiredStatuses: ['retired'],
  quietDays: 180,
  perOwner: 60,
  hiddenDays: 90,
}
