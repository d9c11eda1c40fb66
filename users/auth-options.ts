import { apiKey } from '@better-auth/api-key'
import type { BetterAuthOptions } from 'better-auth'
import { genericOAuth, type GenericOAuthConfig } from 'better-auth/plugins/generic-oauth'
import type { OidcProvider } from '../config/sign-in.ts'
import type { State } from '../data/state.ts'
import { SourceError } from '../errors.ts'
import { fittingName, LEAST_PASSWORD, MOST_PASSWORD } from './user.ts'

/** Where the address of who asks stands in requests to the library. It is set here alone. */
export const ADDRESS = 'x-trueworth-address'
export const AUTH_PATH = '/api/auth'
/** So many are begun, and so many ended, from one address, until it asks for none within a minute. */
const MOST_SIGN_ONS = 600

export interface AuthSettings {
  readonly state: Pick<State, 'tables'>
  /** What cookies are signed with. */
  readonly secret: string
  /** Where people open Trueworth. */
  readonly url: string
  readonly sessionHours: number
  readonly oidc: readonly OidcProvider[]
  /** Roles of who comes from another system and was not added before; empty: nobody does. */
  readonly newUsers: readonly string[]
  readonly onFault: (error: Error) => void
  /** Somebody proved who it is and is not locked. */
  readonly signedIn: (userId: string) => Promise<void>
  /** Somebody came from another system who was not added before. */
  readonly signedUp: (userId: string) => Promise<void>
}

/** How the sign-in library works here: our tables, our words, nothing that calls elsewhere but the named systems. */
export function authOptions(settings: AuthSettings, oidc: readonly OidcProvider[]) {
  const { state, secret, url, sessionHours, newUsers, onFault, signedIn, signedUp } = settings
  const isLocked = async (id: string): Promise<boolean> => {
    const user = await state.tables.selectFrom('users').select('locked').where('id', '=', id).executeTakeFirst()
    return user?.locked !== 0
  }
  const hidden = { type: 'string', required: true, input: false } as const
  return {
    appName: 'Trueworth',
    baseURL: url,
    basePath: AUTH_PATH,
    secret,
    trustedOrigins: [new URL(url).origin],
    database: { db: state.tables, type: 'sqlite', transaction: true },
    telemetry: { enabled: false },
    onAPIError: { errorURL: '/sign-in' },
    logger: {
      level: 'error',
      log: (_level, message, ...details: unknown[]) => {
        const cause = details.find((one) => one instanceof Error && one.name !== 'APIError')
        // That a password or a token was refused is no fault; what another system said is for who runs this one.
        if (cause === undefined && oidc.length === 0) return
        const why = cause instanceof Error ? `${message}: ${cause.message}` : message
        onFault(new SourceError(`sign-in: ${why}`, { source: 'sign-in', retry: true, cause }))
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: LEAST_PASSWORD,
      maxPasswordLength: MOST_PASSWORD,
    },
    user: {
      modelName: 'users',
      additionalFields: {
        roles: { ...hidden, defaultValue: () => JSON.stringify(newUsers) },
        attributes: { ...hidden, defaultValue: '{}' },
        locked: { type: 'boolean', required: true, input: false, defaultValue: false },
      },
      // An address that the other system has not seen proved is nobody's.
      validateUserInfo: ({ user, source }) =>
        source.action === 'create-user' && user.emailVerified !== true ? { error: 'email_not_verified' } : undefined,
    },
    session: {
      modelName: 'sessions',
      expiresIn: sessionHours * 3600,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: { modelName: 'accounts', storeStateStrategy: 'cookie', updateAccountOnSignIn: false },
    verification: { modelName: 'verifications' },
    databaseHooks: {
      user: { create: { after: async ({ id }) => signedUp(id) } },
      account: {
        // The other system is asked who somebody is, and for nothing else: its tokens are not kept.
        create: {
          before: async (account) => ({
            data: { ...account, accessToken: null, refreshToken: null, idToken: null },
          }),
        },
      },
      session: {
        create: {
          // Who came too late was told that it did not succeed.
          before: async ({ userId }, context) =>
            (await isLocked(userId)) || context?.request?.signal.aborted ? false : undefined,
          after: async ({ userId }) => signedIn(userId),
        },
      },
    },
    rateLimit: {
      enabled: true,
      storage: 'memory',
      // The first that fits. Sign-on tries no password here, and a whole office may come from one address.
      customRules: {
        '/sign-in/social': { window: 60, max: MOST_SIGN_ONS },
        '/sign-in/*': { window: 60, max: 20 },
        '/callback/*': { window: 60, max: MOST_SIGN_ONS },
        '/change-password': { window: 60, max: 10 },
      },
    },
    advanced: {
      cookiePrefix: 'trueworth',
      useSecureCookies: url.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [ADDRESS] },
    },
    plugins: [
      apiKey({
        defaultPrefix: 'tw_',
        schema: { apikey: { modelName: 'tokens' } },
        rateLimit: { enabled: false },
        startingCharactersConfig: { shouldStore: true, charactersLength: 8 },
        requireName: true,
      }),
      genericOAuth({ config: oidc.map((one) => providerOf(one, newUsers.length > 0)) }),
    ],
  } as const satisfies BetterAuthOptions
}

function providerOf(
  { id, issuer, clientId, clientSecret, trustEmail }: OidcProvider,
  takesNew: boolean,
): GenericOAuthConfig {
  return {
    providerId: id,
    discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId,
    ...(clientSecret !== undefined && { clientSecret }),
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    requireIdTokenVerification: true,
    disableSignUp: !takesNew,
    mapProfileToUser: (profile) => ({
      emailVerified: trustEmail === true || profile.emailVerified,
      name: fittingName(profile.name ?? '') || fittingName(profile.email ?? ''),
    }),
  }
}
