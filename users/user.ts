import * as z from 'zod'
import { fault } from '../entities/faults.ts'
import { hasUnseen, withoutUnseen } from '../entities/unseen.ts'
import { RequestError } from '../errors.ts'
import type { Viewer } from '../models/metrics/metric.ts'

/** Somebody who may sign in. */
export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
  /** Values by dimension, for rules that go by who asks: { region: ['华东'] }. */
  readonly attributes: Readonly<Record<string, readonly string[]>>
  readonly locked: boolean
  /** By what it can sign in: 'credential' is a password, any other the id of a system in `signIn.oidc`. */
  readonly proofs: readonly string[]
  readonly created_at: string
}

/** A user as who asks. */
export function viewerOf({ id, name, roles, attributes }: User): Viewer {
  return { id, name, roles, attributes }
}

/** What a user may be. */
export interface UserRules {
  readonly roles: readonly string[]
  /** Those of them that may change users. */
  readonly managing: readonly string[]
  /** Dimensions that may be attributes. */
  readonly dimensions: readonly string[]
}

export const LEAST_PASSWORD = 12
export const MOST_PASSWORD = 128

const email = z.email()

/** The address as it is kept. Throws RequestError. */
export function checkEmail(text: string): string {
  const address = text.trim().toLowerCase()
  if (email.safeParse(address).success && address.length <= 254) return address
  throw new RequestError(fault('email_invalid', { email: text }), { field: 'email' })
}

const LONGEST_NAME = 100

export function checkName(text: string): string {
  const name = text.trim()
  if (name !== '' && name.length <= LONGEST_NAME && !hasUnseen(name)) return name
  throw new RequestError(fault('name_missing', {}), { field: 'name' })
}

/** A name that another system gives. It is not ours to refuse, so it is made to fit. */
export function fittingName(text: string): string {
  return withoutUnseen(text).trim().slice(0, LONGEST_NAME).toWellFormed()
}

export function checkPassword(password: string, field = 'password'): string {
  if (password.length >= LEAST_PASSWORD && password.length <= MOST_PASSWORD) return password
  throw new RequestError(fault('password_length', { least: LEAST_PASSWORD, most: MOST_PASSWORD }), { field })
}

/** What a user had before may stay, though the configuration has it no more. Throws RequestError. */
export function checkRoles(
  roles: readonly string[],
  { roles: valid }: UserRules,
  before: readonly string[] = [],
): string[] {
  const unknown = roles.find((role) => !valid.includes(role) && !before.includes(role))
  if (unknown !== undefined) throw new RequestError(fault('role_unknown', { role: unknown, valid }), { field: 'roles' })
  if (roles.length === 0) throw new RequestError(fault('roles_missing', { valid }), { field: 'roles' })
  return [...new Set(roles)]
}

/** Lines `dimension = value`; a dimension may stand on several. Throws RequestError, which shows the line. */
export function readAttributes(lines: readonly string[], { dimensions }: UserRules): Record<string, string[]> {
  const attributes: Record<string, string[]> = {}
  for (const line of lines.map((each) => each.trim()).filter((each) => each !== '')) {
    const [, name = '', value = ''] = /^(\w+)\s*=\s*(.+)$/.exec(line) ?? []
    if (!dimensions.includes(name) || value.length > 200)
      throw new RequestError(fault('attribute_unreadable', { text: line, valid: dimensions }), { field: 'attributes' })
    attributes[name] = [...new Set([...(attributes[name] ?? []), value])]
  }
  return attributes
}

export function writeAttributes(attributes: User['attributes']): string[] {
  return Object.entries(attributes).flatMap(([name, values]) => values.map((value) => `${name} = ${value}`))
}
