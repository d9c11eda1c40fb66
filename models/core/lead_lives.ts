import { defineModel } from '../builder/model.ts'
import { chanceToEnd, medianLife, survivalCurve, type CurvePoint, type Spell } from '../leads/survival.ts'

/** A curve of fewer ends says more of chance than of the machines: that of the family is taken, then that of all. */
const ENDS = 12

interface Machine extends Spell {
  readonly at: number
  readonly model: string
  readonly family: string
}

interface Curve {
  readonly basis: string
  readonly ends: number
  readonly points: readonly CurvePoint[]
}

/** Curves by model, by family and of all, as far as they have ends enough. */
function curvesOf(machines: readonly Machine[]): (machine: Machine) => Curve | undefined {
  const curveOf = (basis: string, some: readonly Machine[] = []): Curve | undefined => {
    const ends = some.filter(({ ended }) => ended).length
    return ends < ENDS ? undefined : { basis, ends, points: survivalCurve(some) }
  }
  const by = (basis: string, of: (machine: Machine) => string): Map<string, Curve | undefined> =>
    new Map([...Map.groupBy(machines, of)].map(([name, some]) => [name, curveOf(basis, some)]))
  const models = by('model', ({ model }) => model)
  const families = by('family', ({ family }) => family)
  const all = curveOf('all', machines)
  return ({ model, family }) => models.get(model) ?? families.get(family) ?? all
}

export const model = defineModel({
  description:
    'How likely each machine in use is to end within the horizon (policy), by how long machines of its model, else family, were seen to live. Machines that ended before records began are in none, so each counts from the age at which it came under watch.',
  grain: ['seen', 'asset_id'],
  columns: {
    seen: 'now, before or earlier.',
    asset_id: 'Machine.',
    age_years: 'Years in use at the look.',
    end_chance: 'Chance to end within the horizon, 0 to 1.',
    median_life_years: 'Years that half of them live; empty where more than half outlive what was seen.',
    life_basis: 'Whose lives the chance stands on, those of the same model, of the family, or of all machines.',
    life_ends: 'Machines that were seen to end.',
  },
  audits: [{ unique: ['seen', 'asset_id'] }],
  reads: {
    horizon: 'SELECT CAST(horizon_days AS DOUBLE) / 365.25 AS years FROM policy.leads',
    machines: `SELECT machines.seen, machines.asset_id, COALESCE(machines.product_id, 'unknown') AS model, machines.family, machines.is_retired,
        GREATEST(0, DATE_DIFF('day', machines.used_from, GREATEST(machines.used_from, COALESCE(settings.records_from, begun.first_on)))) / 365.25 AS entry,
        DATE_DIFF('day', machines.used_from, COALESCE(machines.retired_on, looks.seen_on)) / 365.25 AS exit
      FROM core.lead_machines AS machines
      INNER JOIN core.lead_looks AS looks ON looks.seen = machines.seen
      CROSS JOIN policy.settings
      LEFT JOIN (
        SELECT looks.seen, MIN(requests.opened_on) AS first_on
        FROM core.lead_looks AS looks
        INNER JOIN staging.request_versions AS requests ON requests.known_from <= looks.known_at
        GROUP BY looks.seen
      ) AS begun ON begun.seen = machines.seen
      WHERE machines.is_watched ORDER BY machines.seen, machines.asset_id`,
  },
  types: {
    seen: 'VARCHAR',
    asset_id: 'VARCHAR',
    age_years: 'DOUBLE',
    end_chance: 'DOUBLE',
    median_life_years: 'DOUBLE',
    life_basis: 'VARCHAR',
    life_ends: 'BIGINT',
  },
  *rows({ horizon, machines }) {
    const ahead = Number(horizon['years']?.[0] ?? 0)
    const looks = machines['seen'] ?? []
    const text = (name: string, at: number): string => {
      const value = machines[name]?.[at]
      return typeof value === 'string' ? value : ''
    }
    for (const seen of new Set(looks)) {
      const some = looks.flatMap((each, at): Machine[] =>
        each === seen
          ? [
              {
                at,
                model: text('model', at),
                family: text('family', at),
                entry: Number(machines['entry']?.[at] ?? 0),
                exit: Number(machines['exit']?.[at] ?? 0),
                ended: machines['is_retired']?.[at] === true,
              },
            ]
          : [],
      )
      const curveOf = curvesOf(some)
      for (const machine of some) {
        const curve = machine.ended ? undefined : curveOf(machine)
        if (curve === undefined) continue
        yield {
          seen,
          asset_id: text('asset_id', machine.at),
          age_years: machine.exit,
          end_chance: chanceToEnd(curve.points, machine.exit, ahead),
          median_life_years: medianLife(curve.points) ?? null,
          life_basis: curve.basis,
          life_ends: curve.ends,
        }
      }
    }
  },
})
