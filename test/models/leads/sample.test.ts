// Leads of the sample company against what was planted in it, on two seeds.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { SampleCompany } from './company.ts'

/** The share that is right among the first of a ranking, as soon as so many of the right ones are found. */
function precisionAt(recall: number, ranked: readonly string[], right: ReadonlySet<string>): number {
  const wanted = Math.ceil(recall * right.size)
  let found = 0
  const at = ranked.findIndex((each) => (found += right.has(each) ? 1 : 0) >= wanted)
  return at === -1 ? 0 : wanted / (at + 1)
}

for (const seed of [1, 7])
  describe(`the sample company of seed ${seed}`, () => {
    let company: SampleCompany
    before(async () => {
      company = await SampleCompany.open(seed)
    })
    after(() => company.close())

    test('four of five deals that service brought are found with more than 0.8 right among those named, far beyond a plain window', async (t) => {
      const hidden = new Set(company.truth.hidden_deals.map(({ opportunity_id }) => opportunity_id))
      const ranked = await company.rows<{ opportunity_id: string }>(
        'SELECT opportunity_id FROM marts.hidden_deals ORDER BY service_chance DESC, days_before, opportunity_id',
      )
      const plain = await company.rows<{ opportunity_id: string }>(
        `SELECT opportunity_id FROM core.opportunity_traces INNER JOIN core.opportunities USING (opportunity_id)
         WHERE NOT has_source GROUP BY opportunity_id ORDER BY MIN(days_before), opportunity_id`,
      )
      const [score, window] = [ranked, plain].map((rows) =>
        precisionAt(
          0.8,
          rows.map(({ opportunity_id }) => opportunity_id),
          hidden,
        ),
      )
      t.diagnostic(`precision at recall 0.8: ${score?.toFixed(3)}, of a plain window ${window?.toFixed(3)}`)
      assert.ok((score ?? 0) > 0.8 && (score ?? 0) > 1.2 * (window ?? 1), `${score} against ${window}`)
    })

    test('the decoys, after a visit for another machine, are told to be unlikely', async () => {
      const decoys = company.truth.decoys.map(({ opportunity_id }) => `'${opportunity_id}'`).join(', ')
      const [found] = await company.rows<{ decoys: number; unlikely: number }>(
        `SELECT count(*) AS decoys, count(*) FILTER (WHERE service_chance < 0.2) AS unlikely
         FROM marts.hidden_deals WHERE opportunity_id IN (${decoys})`,
      )
      assert.ok((found?.decoys ?? 0) > 20 && (found?.unlikely ?? 0) > 0.9 * (found?.decoys ?? 0))
    })
  })
