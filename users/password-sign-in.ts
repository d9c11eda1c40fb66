import type { BetterAuthPlugin } from 'better-auth'
import { APIError, createAuthEndpoint, formCsrfMiddleware } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import * as z from 'zod'

const proof = z.object({ email: z.string(), password: z.string() })
const refused = (): APIError => new APIError('UNAUTHORIZED')

/**
 * The library's own sign-in by password, step by step, but for its check of the address: that one takes ASCII letters alone, and
 * would shut out 王@例子.中国. Hashes once, whether there is such a user or not.
 */
export const passwordSignIn = {
  id: 'password-sign-in',
  endpoints: {
    signInPassword: createAuthEndpoint(
      '/sign-in/password',
      { method: 'POST', body: proof, use: [formCsrfMiddleware] },
      async (ctx) => {
        const { internalAdapter, password: passwords } = ctx.context
        const { email, password } = ctx.body
        const found = await internalAdapter.findUserByEmail(email, { includeAccounts: true })
        const account = found?.accounts.find(
          ({ providerId, accountId }) => providerId === 'credential' && accountId === found.user.id,
        )
        if (found === null || account?.password == null) {
          await passwords.hash(password)
          throw refused()
        }
        if (!(await passwords.verify({ hash: account.password, password }))) throw refused()
        const session = await internalAdapter.createSession(found.user.id)
        // Who is locked gets none.
        if (session === null) throw refused()
        await setSessionCookie(ctx, { session, user: found.user })
        return ctx.json({})
      },
    ),
  },
} satisfies BetterAuthPlugin
