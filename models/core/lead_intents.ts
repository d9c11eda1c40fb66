import { defineModel } from '../builder/model.ts'
import { intentFinder } from '../leads/intent.ts'

export const model = defineModel({
  description:
    'Words of buying in the requests of the days before a look (policy), as their texts were known then. Chinese and English.',
  grain: ['seen', 'request_id'],
  columns: {
    seen: 'now, before or earlier.',
    request_id: 'Request.',
    intents: 'What its words say, as policy names it (price, quote), separated by commas.',
    words: 'The words, separated by commas.',
    intent_count: 'How many different intents.',
  },
  audits: [{ unique: ['seen', 'request_id'] }],
  reads: {
    words: 'SELECT intent, word, is_exception FROM policy.intent_words ORDER BY is_exception, intent, word',
    requests: `SELECT looks.seen, requests.request_id, requests.summary
      FROM core.lead_looks AS looks
      CROSS JOIN policy.leads
      INNER JOIN staging.request_versions AS requests
        ON requests.known_from <= looks.known_at AND COALESCE(requests.known_to > looks.known_at, TRUE)
        AND requests.opened_on <= looks.seen_on AND requests.opened_on > looks.seen_on - INTERVAL '1' DAY * leads.intent_days
      WHERE requests.summary IS NOT NULL ORDER BY looks.seen, requests.request_id`,
  },
  types: { seen: 'VARCHAR', request_id: 'VARCHAR', intents: 'VARCHAR', words: 'VARCHAR', intent_count: 'BIGINT' },
  *rows({ words, requests }) {
    const text = (value: unknown): string => (typeof value === 'string' ? value : '')
    const lists: Record<string, string[]> = {}
    const exceptions: string[] = []
    for (const [at, word] of (words['word'] ?? []).entries()) {
      if (words['is_exception']?.[at] === true) exceptions.push(text(word))
      else (lists[text(words['intent']?.[at])] ??= []).push(text(word))
    }
    const find = intentFinder({ words: lists, exceptions })
    for (const [at, summary] of (requests['summary'] ?? []).entries()) {
      const found = find(text(summary))
      if (found.length === 0) continue
      yield {
        seen: requests['seen']?.[at] ?? null,
        request_id: requests['request_id']?.[at] ?? null,
        intents: found.map(({ intent }) => intent).join(', '),
        words: found.map(({ word }) => word).join(', '),
        intent_count: found.length,
      }
    }
  },
})
