import type { MetricQuery } from '../../models/metrics/metric.ts'

/** A row of a mart as the test made it: month number, customer, region, value, and who did it. */
export interface Fact {
  readonly month: number
  readonly customer: string | null
  readonly region: string | null
  readonly value: number | null
  readonly person: string | null
}

export type Marts = Readonly<Record<'a' | 'b' | 'c', readonly Fact[]>>
export type Figures = Record<string, number | null>
export type Line = Record<string, string | number | null>
type Key = readonly (string | null)[]

const sum = (rows: readonly Fact[]): number | null => {
  const known = rows.flatMap(({ value }) => value ?? [])
  return known.length === 0 ? null : known.reduce((one, other) => one + other, 0)
}

/** What every metric is of these rows of the marts, by the words of its definition. */
function figuresOf(of: (mart: keyof Marts) => readonly Fact[]): Figures {
  const [a, b, c] = [of('a'), of('b'), of('c')]
  const total = sum(a)
  const known = b.flatMap(({ value }) => value ?? [])
  const people = new Set(c.flatMap(({ person }) => person ?? [])).size
  return {
    total,
    lines: b.length,
    people,
    mean: known.length === 0 ? null : (sum(b) ?? 0) / known.length,
    // Null where rows are there and none has a value, zero where there are no rows.
    strict: c.length === 0 ? 0 : sum(c),
    each: total === null || b.length === 0 ? null : total / b.length,
    share: total === null || people === 0 ? null : total / people,
  }
}

/** The marts that each figure is of: a group is there where one of them has a row of it. */
const OF: Readonly<Record<string, readonly (keyof Marts)[]>> = {
  total: ['a'],
  lines: ['b'],
  mean: ['b'],
  people: ['c'],
  strict: ['c'],
  each: ['a', 'b'],
  share: ['a', 'c'],
  place: ['a'],
}

const monthOf = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1
export const dayOf = (month: number): string =>
  `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
const GRAINS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 }

export interface Expected {
  readonly lines: readonly Line[]
  readonly total: number
}

/** The answer, worked out group by group from all rows, with no join and no SQL. */
export function slowAnswer(marts: Marts, query: MetricQuery, periods: { now: string; other?: string }): Expected {
  const by = query.grain !== undefined && !query.by.includes('month') ? [...query.by, 'month'] : [...query.by]
  const nowSpan = periods.now.split('..').map(monthOf) as [number, number]
  const thenSpan = periods.other?.split('..').map(monthOf) as [number, number] | undefined
  const apart = thenSpan === undefined ? 0 : nowSpan[0] - thenSpan[0]
  const width = GRAINS[query.grain ?? 'month'] ?? 1
  const named = [...query.metrics, ...query.order, ...query.where.map(({ field }) => field)]
  const involved = [...new Set(named.flatMap((name) => OF[name.replace(/^-/, '')] ?? []))]
  const wanted = query.where.filter(({ field }) => field === 'customer' || field === 'region')
  const fits = (fact: Fact): boolean =>
    wanted.every(({ field, values }) => (fact[field as 'customer' | 'region'] ?? '') === values[0])
  const during = (mart: keyof Marts, [from, until]: readonly [number, number]): readonly Fact[] =>
    marts[mart].filter((fact) => fact.month >= from && fact.month <= until && fits(fact))
  const keyOf = (fact: Fact, names: readonly string[], moved: number): Key =>
    names.map((name) => {
      const month = fact.month + moved
      return name === 'month' ? dayOf(month - (month % width)) : fact[name as 'customer' | 'region']
    })
  const same = (one: Key, other: Key): boolean => one.every((value, i) => value === other[i])
  type Test = (full: Key) => boolean

  /** The figures of all rows whose key over `by` passes the test. */
  const figuresWhere = (test: Test): Figures => {
    const now = figuresOf((mart) => during(mart, nowSpan).filter((fact) => test(keyOf(fact, by, 0))))
    if (thenSpan === undefined) return now
    const then = figuresOf((mart) => during(mart, thenSpan).filter((fact) => test(keyOf(fact, by, apart))))
    return { ...now, ...compared(now, then) }
  }
  const compared = (now: Figures, then: Figures): Figures =>
    Object.fromEntries(
      Object.keys(now).flatMap((name) => {
        const [one, other] = [now[name] ?? null, then[name] ?? null]
        const difference = one === null || other === null ? null : one - other
        const relative = difference === null || other === null || other === 0 ? null : difference / Math.abs(other)
        return [
          [`${name}_compared`, other],
          [`${name}_difference`, difference],
          [`${name}_relative`, relative],
        ]
      }),
    )
  const keysAt = (span: readonly [number, number] | undefined, names: readonly string[], moved: number): Key[] =>
    span === undefined ? [] : involved.flatMap((mart) => during(mart, span).map((fact) => keyOf(fact, names, moved)))
  const distinct = (keys: readonly Key[]): Key[] => [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()]

  /** The largest first; of places, which the company calls 'place', the first. */
  const bestFirst = ({ metrics: [first = ''] }: MetricQuery): string => (first === 'place' ? first : `-${first}`)

  const groups = by.length === 0 ? [[]] : distinct([...keysAt(nowSpan, by, 0), ...keysAt(thenSpan, by, apart)])
  type IsThere = (key: Key, span: readonly [number, number], moved: number) => boolean
  const sides = [
    ['', nowSpan, 0],
    ...(thenSpan === undefined ? [] : [['_compared', thenSpan, apart] as const]),
  ] as const
  const rows = groups.map((key) => ({ key, figures: figuresWhere((full) => same(full, key)) }))
  // Places are among the groups that are there, on each side.
  const rank = (ranked: readonly { key: Key; figures: Figures }[], isThere: IsThere): void => {
    for (const [suffix, span, moved] of sides) {
      const there = ranked.filter(({ key }) => isThere(key, span, moved))
      const valueOf = (figures: Figures): number => figures[`total${suffix}`] ?? -Infinity
      for (const row of ranked)
        row.figures[`place${suffix}`] = there.includes(row)
          ? 1 + there.filter(({ figures }) => valueOf(figures) > valueOf(row.figures)).length
          : null
    }
  }
  rank(rows, (key, span, moved) => by.length === 0 || keysAt(span, by, moved).some((each) => same(each, key)))
  const withPlaces = (figures: Figures): Figures =>
    thenSpan === undefined
      ? { place: null, ...figures }
      : {
          ...figures,
          place: figures['place'] ?? null,
          ...compared({ place: figures['place'] ?? null }, { place: figures['place_compared'] ?? null }),
        }
  const limits = query.where.filter(({ field }) => field in (rows[0]?.figures ?? {}) || field === 'lines')
  const kept = rows
    .map(({ key, figures }) => ({ key, figures: withPlaces(figures) }))
    .filter(({ figures }) => limits.every(({ field, values }) => (figures[field] ?? -Infinity) > Number(values[0])))
  const isKept: Test = (full) => limits.length === 0 || kept.some(({ key }) => same(key, full))
  type Group = { key: Key; names: readonly string[]; figures: Figures; kind: string }
  const order = query.order.length > 0 ? query.order : query.top === undefined ? [] : [bestFirst(query)]
  const sorted = (all: readonly Group[], words: readonly string[]): Group[] =>
    all.toSorted((one, other) => {
      for (const word of [...words, ...one.names]) {
        const name = word.replace(/^-/, '')
        const [x, y] = [one, other].map(({ key, names, figures }) =>
          names.includes(name) ? (key[names.indexOf(name)] ?? null) : (figures[name] ?? null),
        ) as [string | number | null, string | number | null]
        if (x === y) continue
        if (x === null || y === null) return x === null ? 1 : -1
        return (x < y ? -1 : 1) * (word.startsWith('-') ? -1 : 1)
      }
      return 0
    })
  const group = (names: readonly string[], kind: string, key: Key, figures: Figures): Group => ({
    key,
    names,
    figures,
    kind,
  })
  const all = sorted(
    kept.map(({ key, figures }) => group(by, 'group', key, figures)),
    order,
  )
  let answer = all
  if (query.top !== undefined) {
    const [first = ''] = by
    const firsts = distinct(all.map(({ key }) => [key[0] ?? null])).map((key) => ({
      key,
      figures: figuresWhere((full) => same([full[0] ?? null], key) && isKept(full)),
    }))
    rank(firsts, (key, span, moved) =>
      keysAt(span, by, moved).some((full) => isKept(full) && same([full[0] ?? null], key)),
    )
    const leaders = sorted(
      firsts.map(({ key, figures }) =>
        by.length === 1
          ? (all.find((each) => same(each.key, key)) as Group)
          : group([first], 'group', key, withPlaces(figures)),
      ),
      order.filter((word) => !by.slice(1).includes(word.replace(/^-/, ''))).length > 0
        ? order.filter((word) => !by.slice(1).includes(word.replace(/^-/, '')))
        : [bestFirst(query)],
    )
      .slice(0, query.top)
      .map(({ key }) => key[0])
    const leads = (key: Key): boolean => leaders.includes(key[0] ?? null)
    const others = by.slice(1)
    const rest = distinct(all.filter(({ key }) => !leads(key)).map(({ key }) => key.slice(1))).map((key) =>
      group(
        others,
        'rest',
        key,
        withPlaces(figuresWhere((full) => isKept(full) && !leads(full) && same(full.slice(1), key))),
      ),
    )
    answer = [
      ...all.filter(({ key }) => leads(key)),
      ...sorted(
        rest,
        order.filter((word) => word.replace(/^-/, '') !== first),
      ),
    ]
  }
  const page = answer.slice(query.offset ?? 0, (query.offset ?? 0) + (query.limit ?? Infinity))
  if (query.totals === true) page.push(group([], 'total', [], withPlaces(figuresWhere(isKept))))
  const names = query.metrics.flatMap((name) =>
    thenSpan === undefined ? [name] : [name, `${name}_compared`, `${name}_difference`, `${name}_relative`],
  )
  const lines = page.map(({ key, names: of, figures, kind }): Line => ({
    ...Object.fromEntries(by.map((name) => [name, of.includes(name) ? (key[of.indexOf(name)] ?? null) : null])),
    ...Object.fromEntries(names.map((name) => [name, figures[name] ?? null])),
    ...(query.top === undefined && query.totals !== true ? {} : { row_kind: kind }),
  }))
  return { lines, total: answer.length }
}
