import { createHash } from 'node:crypto'
import { z } from 'zod'
import { entityNames } from '../../entities/entities.ts'
import { ModelError } from '../../errors.ts'
import type { Graph, Model, SqlModel } from './model.ts'

/** Who owes a record: one role alone answers for a rule. */
const ROLES = ['service_desk', 'engineer', 'service_manager', 'sales', 'finance', 'employee', 'dealer'] as const

const words = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })

/** What a rule about records says of itself, beside what every model says. */
export const ruleSchema = z.strictObject({
  /** What its records are. */
  entity: z.enum(entityNames),
  role: z.enum(ROLES),
  /** 1: untidy, no figure suffers; 2: a figure lacks it or counts it wrongly; 3: money or a promise hangs on it. */
  weight: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** What is done is done: a record at fault counts in scores, and nobody can work it off any more. */
  lasting: z.literal(true).optional(),
  /** The fault in a few words. */
  words,
  /** What to do about it. */
  remedy: words,
})

export type Rule = z.infer<typeof ruleSchema>

/** The columns every rule gives, in this order: one row for each record that was looked at. */
export const RULE_COLUMNS: Readonly<Record<string, string>> = {
  record_id: 'The record that was looked at.',
  customer_id: 'Customer the record is about, where there is one.',
  employee_id: 'Who owes the record, where a person does.',
  dealer_id: 'Dealer who owes the record, where one does.',
  happened_on: 'Day the record is about; the business date where it is about none.',
  is_fault: 'The record is at fault.',
}

/** One model over all rules: every record that was looked at, with the rule. Made from the folder, so that a rule is one file. */
export function recordChecks(rules: readonly Model[]): SqlModel[] {
  if (rules.length === 0) return []
  const selects = rules.map((model) => {
    if (model.kind !== 'sql' || model.rule === undefined)
      throw new ModelError(
        `${model.file}: a rule is SQL whose header has rule: { entity, role, weight, words, remedy }`,
        {
          model: model.name,
          phase: 'read',
        },
      )
    const columns = Object.keys(RULE_COLUMNS).join(', ')
    return `SELECT '${model.table}' AS rule_id, '${model.rule.role}' AS role, CAST(${model.rule.weight} AS DOUBLE) AS weight, ${model.rule.lasting === true ? 'TRUE' : 'FALSE'} AS is_lasting, ${columns} FROM ${model.name}`
  })
  const sql = selects.join('\nUNION ALL\n')
  return [
    {
      kind: 'sql',
      name: 'core.record_checks',
      schema: 'core',
      table: 'record_checks',
      file: 'models/rules',
      hash: createHash('sha256').update(sql).digest('hex'),
      description:
        'Every record that a rule looked at, and whether it is at fault; all rules of models/rules together.',
      grain: ['rule_id', 'record_id'],
      columns: {
        ...RULE_COLUMNS,
        rule_id: 'The rule: its file in models/rules.',
        role: 'The role that answers for the rule.',
        weight: 'How much a fault counts beside those of other rules.',
        is_lasting: 'A fault of this rule can not be mended any more.',
      },
      audits: [
        {
          kind: 'unique',
          columns: ['rule_id', 'record_id'],
          name: 'unique(rule_id, record_id)',
          nameZh: '唯一（rule_id, record_id）',
          severity: 'error',
        },
        {
          kind: 'not_null',
          columns: ['rule_id', 'record_id', 'happened_on', 'is_fault'],
          name: 'not_null(record_id, happened_on, is_fault)',
          nameZh: '非空（record_id, happened_on, is_fault）',
          severity: 'error',
        },
      ],
      materialised: 'table',
      sql,
      firstLine: 1,
    },
  ]
}

/** What each rule says of itself, for pages and lists: written to `models/rules.generated.ts`. */
export function generateRules({ models }: Graph): string {
  const rules = models.flatMap(({ schema, table, rule }) =>
    schema === 'rules' && rule !== undefined ? [[table, rule] as const] : [],
  )
  const lines = rules
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, rule]) => `  ${id}: ${JSON.stringify(rule)},`)
  return `// Written by \`npm run generate\` from the headers of models/rules. Do not edit.
import type { Rule } from './builder/rules.ts'

export const rules: Readonly<Record<string, Rule>> = {
${lines.join('\n')}
}
`
}
