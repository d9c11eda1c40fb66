import { Matrix, solve } from 'ml-matrix'

/** A customer over a window, and what is known of it before. */
export interface Subject {
  /** Had service contact. */
  readonly treated: boolean
  /** What it bought in the window. */
  readonly outcome: number
  /** Of which only equals are compared: class, region. */
  readonly exactly: string
  /** What equals resemble each other in: purchases before, size. */
  readonly nearly: readonly number[]
}

/** How much more customers with contact bought than equals without, as a share: 0.1 is 10 % more. */
export interface Increment {
  readonly lift: number
  /** 95 % interval. */
  readonly low: number
  readonly high: number
  /** The interval lies above zero. */
  readonly isClaimed: boolean
  readonly treated: number
  readonly controls: number
  /** Customers with contact that have no equal without. */
  readonly unmatched: number
}

const Z95 = 1.959963984540054
/** So many customers with contact, and without, or nothing is said. */
const MINIMUM = 20
/** Each measure is parted into so many bins of equal size. */
const BINS = 3

/**
 * Coarsened exact matching (Iacus, King & Porro, 2012): customers are equals where class and region are the same and each
 * measure lies in the same bin. What is left within a bin a line through the customers without contact takes out (doubly
 * robust, as in Robins, Rotnitzky & Zhao, 1994); the interval follows from the influence of each customer on the
 * ratio, on the logarithmic scale. Nothing is drawn: the same customers give the same figures.
 * Undefined where too few are equals.
 */
export function increment(subjects: readonly Subject[]): Increment | undefined {
  const matched = match(subjects)
  const treated = matched.filter(({ subject }) => subject.treated)
  const controls = matched.filter(({ subject }) => !subject.treated)
  if (treated.length < MINIMUM || controls.length < MINIMUM) return undefined
  const expected = line(controls)
  const size = treated.length
  const bought = sum(treated, ({ subject }) => subject.outcome) / size
  const without =
    (sum(treated, ({ subject }) => expected(subject)) +
      sum(controls, ({ subject, weight }) => weight * (subject.outcome - expected(subject)))) /
    size
  if (!(without > 0) || !(bought > 0)) return undefined
  const ratio = bought / without
  const influence = (value: number): number => value / (size * without)
  const variance =
    sum(treated, ({ subject }) => influence(subject.outcome - ratio * expected(subject)) ** 2) +
    // A customer that stands for many is known to itself: its residual is smaller than its share of chance.
    sum(
      controls,
      ({ subject, weight, peers }) =>
        (influence(ratio * weight * (subject.outcome - expected(subject))) ** 2 * peers) / Math.max(1, peers - 1),
    )
  const spread = Math.exp((Z95 * Math.sqrt(variance)) / ratio)
  const [low, high] = [ratio / spread - 1, ratio * spread - 1]
  return {
    lift: ratio - 1,
    low,
    high,
    isClaimed: low > 0,
    treated: size,
    controls: controls.length,
    unmatched: subjects.filter((subject) => subject.treated).length - size,
  }
}

interface Matched {
  readonly subject: Subject
  /** Customers with contact that it stands for. */
  readonly weight: number
  /** Customers without contact in its stratum. */
  readonly peers: number
}

function match(subjects: readonly Subject[]): Matched[] {
  const measures = subjects[0]?.nearly.length ?? 0
  const edges = Array.from({ length: measures }, (_, at) => edgesOf(subjects.map(({ nearly }) => nearly[at] ?? 0)))
  const strata = Map.groupBy(subjects, ({ exactly, nearly }) =>
    JSON.stringify([exactly, nearly.map((value, at) => edges[at]?.filter((edge) => value > edge).length ?? 0)]),
  )
  return [...strata.values()].flatMap((stratum) => {
    const treated = stratum.filter((subject) => subject.treated).length
    const peers = stratum.length - treated
    if (treated === 0 || peers === 0) return []
    return stratum.map((subject) => ({ subject, weight: subject.treated ? 1 : treated / peers, peers }))
  })
}

/** The values that part a measure into bins of about equal size. */
function edgesOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((one, other) => one - other)
  const all = Array.from({ length: BINS - 1 }, (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / BINS)] ?? 0)
  return [...new Set(all)]
}

/** What a customer without contact is expected to buy: a weighted line through its measures. */
function line(controls: readonly Matched[]): (subject: Subject) => number {
  const features = ({ nearly }: Subject): number[] => [1, ...nearly]
  const rows = controls.map(({ subject, weight }) => features(subject).map((value) => value * Math.sqrt(weight)))
  const bought = controls.map(({ subject, weight }) => [subject.outcome * Math.sqrt(weight)])
  // By singular values: measures that say the same are no fault.
  const found = solve(new Matrix(rows), new Matrix(bought), true).to1DArray()
  return (subject) => features(subject).reduce((total, value, at) => total + value * (found[at] ?? 0), 0)
}

function sum<Each>(all: readonly Each[], of: (each: Each) => number): number {
  return all.reduce((total, each) => total + of(each), 0)
}
