import type { Words } from '../entities/entity.ts'

/** A system of the company by which people sign on: OpenID Connect. */
export interface OidcProvider {
  /** Stands in its return address: `<url>/api/auth/callback/<id>`. */
  readonly id: string
  /** What the button on the sign-in page says. */
  readonly name: Words
  /** Below it lies `/.well-known/openid-configuration`. */
  readonly issuer: string
  readonly clientId: string
  /** From the environment: `env('OIDC_SECRET')`. Absent: a public client, PKCE alone. */
  readonly clientSecret?: string
  /** Every address that this system gives is taken as proved, where it does not say `email_verified` itself. */
  readonly trustEmail?: boolean
}

/** How people sign in. Who they are is kept with `trueworth user` or on the page of users. */
export interface SignIn {
  /** Where people open Trueworth, e.g. 'https://trueworth.example.com'. Default: the address it listens on. */
  readonly url?: string
  /** Addresses of reverse proxies in front: their X-Forwarded-For tells who asks. */
  readonly proxies?: readonly string[]
  /** After so many hours one signs in again. Default: 168. */
  readonly sessionHours?: number
  readonly oidc?: readonly OidcProvider[]
  /** Roles of who signs on by `oidc` and was not added before. Absent: only who was added may. */
  readonly newUsers?: readonly string[]
}

/** How long it is kept who saw and who changed what. */
export interface AuditRetention {
  /** Default: 365. */
  readonly days?: number
  /** Never more entries than this. Default: 1,000,000. */
  readonly rows?: number
}
