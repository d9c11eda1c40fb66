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

    // Three builds: one company is enough.
    const skip = seed === 7 ? false : 'proved on seed 7'
    test(
      'what became known after the day of the backtest changes no score, chance or lead of it',
      { skip },
      async () => {
        const told = `
        SELECT 'lead' AS what, count(*) AS rows, CAST(sum(CAST(hash(seen, signal, customer_id, object_id, wants, score, is_told, spent, told_days,
          told_count, told_share, told_text, told_on, CASE WHEN seen = 'earlier' THEN came END) AS HUGEINT)) AS VARCHAR) AS sum
        FROM core.lead_candidates WHERE seen != 'now'
        UNION ALL SELECT 'chance', count(*), CAST(sum(CAST(hash(t) AS HUGEINT)) AS VARCHAR) FROM core.lead_rates AS t WHERE seen = 'before'`
        const before = await company.rows<{ rows: number }>(told)
        assert.ok(before.every(({ rows }) => rows > 10))
        const split = await company.rows<{ known: string }>(
          `SELECT CAST(known_at AS VARCHAR) AS known FROM core.lead_looks WHERE seen = 'before'`,
        )
        const known = `TIMESTAMP '${split[0]?.known}'`
        const later = {
          orders: 'order',
          requests: 'request',
          assets: 'asset',
          contracts: 'contract',
          opportunities: 'opportunity',
          customers: 'customer',
        }
        const deleted = Object.keys(later).map((entity) => `DELETE FROM raw.${entity} WHERE known_from > ${known}`)
        assert.deepEqual(await company.afterwards(deleted.join(';'), told), before)
        // Keyed late: they say they happened long before.
        const added = Object.entries(later).map(
          ([entity, noun]) =>
            `INSERT INTO raw.${entity} SELECT * REPLACE (concat('late-', ${noun}_id) AS ${noun}_id, ${known} + INTERVAL 1 SECOND AS known_from)
           FROM raw.${entity} WHERE hash(${noun}_id) % 3 = 0`,
        )
        const lines = `INSERT INTO raw.order_lines SELECT * REPLACE (concat('late-', order_id) AS order_id, ${known} + INTERVAL 1 SECOND AS known_from) FROM raw.order_lines`
        assert.deepEqual(await company.afterwards([...added, lines].join(';'), told), before)
        // The test can fail: known a moment earlier, they count.
        const counted = added.map((sql) => sql.replaceAll('+ INTERVAL 1 SECOND', '- INTERVAL 1 SECOND'))
        assert.notDeepEqual(
          await company.afterwards([...counted, lines.replace('+ INTERVAL', '- INTERVAL')].join(';'), told),
          before,
        )
      },
    )

    test('a signal is held against chance and against the largest first, and says so where it finds no more', async (t) => {
      const rows = await company.rows<{
        signal: string
        verdict: string
        told: number
        precision_share: number | null
        precision_low: number | null
        random_share: number
        largest_share: number | null
      }>('SELECT * FROM marts.lead_backtest ORDER BY signal')
      for (const { signal, verdict, ...row } of rows) {
        t.diagnostic(`${signal}: ${verdict} ${JSON.stringify(row)}`)
        const isBetter =
          (row.precision_low ?? 0) > row.random_share && (row.precision_share ?? 0) > (row.largest_share ?? 1)
        assert.equal(verdict, row.told < 20 ? 'too_few' : isBetter ? 'lift' : 'no_lift')
      }
      const verdictOf = (name: string): string | undefined => rows.find(({ signal }) => signal === name)?.verdict
      assert.equal(verdictOf('contract_ends'), 'lift')
      // Nothing of the kind was planted: words of buying bring no sale in the sample.
      assert.equal(verdictOf('intent_words'), 'no_lift')
    })

    test('every lead names the records it stands on, as many faults as its reason says', async () => {
      const [found] = await company.rows<{ leads: number; bare: number; miscounted: number }>(
        `SELECT count(*) AS leads, count(*) FILTER (WHERE records IS NULL) AS bare,
           count(*) FILTER (WHERE signal IN ('often_repaired', 'same_fault') AND records != told_count) AS miscounted
         FROM marts.leads LEFT JOIN (SELECT lead_id, count(*) AS records FROM marts.lead_evidence GROUP BY lead_id) USING (lead_id)`,
      )
      assert.ok((found?.leads ?? 0) > 100)
      assert.deepEqual([found?.bare, found?.miscounted], [0, 0])
    })

    test('leads are one for each customer, signal and object, within the cap of their owner, each with margin and chance', async () => {
      const [found] = await company.rows<{ rows: number; ids: number; most: number; bare: number }>(
        `SELECT count(*) AS rows, count(DISTINCT (customer_id, signal, object_id)) AS ids,
           (SELECT max(n) FROM (SELECT count(*) AS n FROM marts.leads GROUP BY sales_owner)) AS most,
           count(*) FILTER (WHERE expected_margin IS NULL) AS bare FROM marts.leads`,
      )
      assert.ok((found?.rows ?? 0) > 300)
      assert.equal(found?.ids, found?.rows)
      assert.ok((found?.most ?? 0) <= 60)
      assert.ok((found?.bare ?? 0) < 0.02 * (found?.rows ?? 0))
    })
  })
