import { inverse, Matrix } from 'ml-matrix'

export interface Maximum {
  readonly at: readonly number[]
  readonly value: number
  /** Minus the second derivatives there: what its inverse says of the spread of the estimate. */
  readonly information: Matrix
  readonly converged: boolean
}

/** The largest value of `of` near `start`: quasi-Newton steps by Broyden, Fletcher, Goldfarb and Shanno (Nocedal & Wright, ch. 6). */
export function maximise(of: (at: readonly number[]) => number, start: readonly number[]): Maximum {
  const size = start.length
  let at = [...start]
  let value = of(at)
  let slope = gradient(of, at)
  let curvature = Matrix.eye(size)
  let converged = false
  for (let step = 0; step < 200 && !converged; step++) {
    let direction = curvature.mmul(Matrix.columnVector(slope)).to1DArray()
    if (dot(direction, slope) <= 0) {
      curvature = Matrix.eye(size)
      direction = [...slope]
    }
    const longest = Math.max(...direction.map(Math.abs))
    let length = longest > 2 ? 2 / longest : 1
    let next = moved(at, direction, length)
    let nextValue = of(next)
    // Armijo: as much gained as the slope promises a little of.
    for (let halved = 0; halved < 40 && !(nextValue >= value + 1e-4 * length * dot(direction, slope)); halved++) {
      length /= 2
      next = moved(at, direction, length)
      nextValue = of(next)
    }
    if (!(nextValue > value)) {
      converged = true
      break
    }
    const nextSlope = gradient(of, next)
    const taken = next.map((each, index) => each - (at[index] ?? 0))
    const turned = slope.map((each, index) => each - (nextSlope[index] ?? 0))
    const product = dot(taken, turned)
    if (product > 1e-12) curvature = updated(curvature, { taken, turned, product })
    converged =
      nextValue - value < 1e-10 * Math.abs(value) &&
      Math.max(...nextSlope.map(Math.abs)) < 1e-3 * Math.max(1, Math.abs(value) * 1e-4)
    at = next
    value = nextValue
    slope = nextSlope
  }
  return { at, value, information: hessian(of, at).mul(-1), converged }
}

function updated(
  curvature: Matrix,
  { taken, turned, product }: { taken: readonly number[]; turned: readonly number[]; product: number },
): Matrix {
  const size = taken.length
  const s = Matrix.columnVector([...taken])
  const y = Matrix.columnVector([...turned])
  const left = Matrix.sub(Matrix.eye(size), Matrix.mul(s.mmul(y.transpose()), 1 / product))
  return Matrix.add(left.mmul(curvature).mmul(left.transpose()), Matrix.mul(s.mmul(s.transpose()), 1 / product))
}

function moved(at: readonly number[], direction: readonly number[], length: number): number[] {
  return at.map((each, index) => each + length * (direction[index] ?? 0))
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, each, index) => sum + each * (other[index] ?? 0), 0)
}

function gradient(of: (at: readonly number[]) => number, at: readonly number[]): number[] {
  return at.map((each, index) => {
    const step = 1e-5 * Math.max(1, Math.abs(each))
    const beside = (by: number): number => of(at.map((value, other) => (other === index ? value + by : value)))
    return (beside(step) - beside(-step)) / (2 * step)
  })
}

function hessian(of: (at: readonly number[]) => number, at: readonly number[]): Matrix {
  const size = at.length
  const steps = at.map((each) => 1e-3 * Math.max(1, Math.abs(each)))
  const value = (...moves: readonly [number, number][]): number =>
    of(at.map((each, index) => each + moves.reduce((sum, [which, by]) => sum + (which === index ? by : 0), 0)))
  const found = Matrix.zeros(size, size)
  for (let i = 0; i < size; i++)
    for (let j = i; j < size; j++) {
      const [a, b] = [steps[i] ?? 0, steps[j] ?? 0]
      const second =
        (value([i, a], [j, b]) - value([i, a], [j, -b]) - value([i, -a], [j, b]) + value([i, -a], [j, -b])) /
        (4 * a * b)
      found.set(i, j, second)
      found.set(j, i, second)
    }
  return found
}

/** The covariance of an estimate; undefined where the top is flat in some direction. */
export function covariance({ information }: Maximum): Matrix | undefined {
  try {
    const one = inverse(information)
    // Rounding leaves it all but symmetric.
    const found = Matrix.add(one, one.transpose()).mul(0.5)
    return found.diagonal().every((each) => each > 0 && Number.isFinite(each)) ? found : undefined
  } catch {
    return undefined
  }
}
