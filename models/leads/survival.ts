/** How long something was watched: from which age, until which, and whether it ended then or only the watching did. */
export interface Spell {
  /** Age at which it came under watch; those that ended before are in no record (left truncation). */
  readonly entry: number
  readonly exit: number
  readonly ended: boolean
}

/** The share that lives beyond an age, with its 95 % interval. */
export interface CurvePoint {
  readonly age: number
  readonly atRisk: number
  readonly ends: number
  readonly survival: number
  /** Greenwood's standard error. */
  readonly error: number
  readonly low: number
  readonly high: number
}

const Z95 = 1.959963984540054

/**
 * The product-limit estimate of Kaplan & Meier (1958), a point for each age at which something ended. Who comes under
 * watch late counts from then on only. The interval is Greenwood's (1926) on the scale of ln(−ln S), which stays
 * within 0 and 1 (Kalbfleisch & Prentice, 2002).
 */
export function survivalCurve(spells: readonly Spell[]): CurvePoint[] {
  const watched = spells.filter(({ entry, exit }) => exit > entry)
  const entries = watched.map(({ entry }) => entry).toSorted((one, other) => one - other)
  const exits = watched.toSorted((one, other) => one.exit - other.exit)
  const points: CurvePoint[] = []
  let [entered, left, survival, sum] = [0, 0, 1, 0]
  while (left < exits.length) {
    const age = exits[left]?.exit ?? 0
    while (entered < entries.length && (entries[entered] ?? 0) < age) entered++
    const atRisk = entered - left
    let ends = 0
    for (; left < exits.length && exits[left]?.exit === age; left++) if (exits[left]?.ended === true) ends++
    if (ends === 0) continue
    survival *= 1 - ends / atRisk
    sum += ends / (atRisk * (atRisk - ends))
    points.push({ age, atRisk, ends, survival, ...interval(survival, sum) })
  }
  return points
}

function interval(survival: number, sum: number): Pick<CurvePoint, 'error' | 'low' | 'high'> {
  if (survival <= 0 || !Number.isFinite(sum)) return { error: Number.NaN, low: 0, high: 1 }
  const error = survival * Math.sqrt(sum)
  const spread = Math.exp((Z95 * Math.sqrt(sum)) / Math.abs(Math.log(survival)))
  return { error, low: survival ** spread, high: survival ** (1 / spread) }
}

/** The share that lives beyond an age. Beyond the last end it stays as it was. */
export function survivalAt(curve: readonly CurvePoint[], age: number): number {
  return curve.findLast((point) => point.age <= age)?.survival ?? 1
}

/** The age that half do not reach; undefined where more than half outlive all that was watched. */
export function medianLife(curve: readonly CurvePoint[]): number | undefined {
  return curve.find(({ survival }) => survival <= 0.5)?.age
}

/** Chance of what has reached an age to end within `ahead` more. */
export function chanceToEnd(curve: readonly CurvePoint[], age: number, ahead: number): number {
  const now = survivalAt(curve, age)
  return now <= 0 ? 1 : 1 - survivalAt(curve, age + ahead) / now
}
