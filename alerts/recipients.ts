import type { AlertTarget } from '../config/alerts.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import type { Recipient } from './message.ts'

/** A user, as far as an alert needs to know one. */
export interface Person {
  readonly address: string
  readonly viewer: Viewer
}

/** Somebody who may be told. With a viewer: only what that one may see. */
export interface Candidate extends Recipient {
  readonly viewer?: Viewer
}

export interface Directory {
  /** Those who are not locked out. */
  readonly users: readonly Person[]
  /** Addresses of users who are locked out: nobody is told there. */
  readonly locked: readonly string[]
  /** Addresses by the id or name of people who are no users. */
  readonly people: Readonly<Record<string, string>>
}

/** What a group says of a dimension: its value, and the words shown for it. */
export type Named = (dimension: string) => readonly string[]

/** Who is to be told of a group, each address once; nobody where no address is known. */
export function candidatesFor(targets: readonly AlertTarget[], named: Named, directory: Directory): Candidate[] {
  const found = targets.flatMap((target) => candidatesOf(target, named, directory))
  return found.filter((one, at) => found.findIndex(({ address }) => address === one.address) === at)
}

/** Who reads at an address: the user whose it is, or somebody with this name who is none; nobody where that user is locked out. */
export function readersAt(address: string, { users, locked }: Directory, name?: string): Candidate[] {
  const isIt = (other: string): boolean => other.toLowerCase() === address.toLowerCase()
  const user = users.find((one) => isIt(one.address))
  if (user !== undefined) return [candidate(user)]
  return locked.some(isIt) ? [] : [{ address: address.toLowerCase(), ...(name !== undefined && { name }) }]
}

function candidatesOf(target: AlertTarget, named: Named, directory: Directory): Candidate[] {
  const { users, people } = directory
  if (typeof target === 'string') return readersAt(target, directory)
  if ('role' in target) return users.filter(({ viewer }) => viewer.roles.includes(target.role)).map(candidate)
  const names = named(target.person)
  const own = users.filter(({ viewer }) => isNamed(viewer, target.person, names))
  if (own.length > 0) return own.map(candidate)
  const known = names.find((name) => Object.hasOwn(people, name))
  return known === undefined ? [] : readersAt(people[known] as string, directory, names.at(-1) ?? known)
}

/** A person is known by the attribute of that dimension, or by 'person', which holds wherever people are named. */
function isNamed({ attributes = {} }: Viewer, dimension: string, names: readonly string[]): boolean {
  return [dimension, 'person'].some(
    (attribute) =>
      Object.hasOwn(attributes, attribute) && (attributes[attribute] ?? []).some((one) => names.includes(one)),
  )
}

function candidate({ address, viewer }: Person): Candidate {
  return { address: address.toLowerCase(), name: viewer.name, viewer }
}
