import type { OAuthProvider } from 'better-auth'
import { jwtVerify } from 'jose'

/** Seconds by which the clock of another system may differ from ours. */
const SKEW = 60

/** The library checks what another system says of a user by our clock to the second; here the clocks may differ a little. */
export function allowSkew(provider: OAuthProvider): void {
  const { idToken } = provider
  if (idToken === undefined || 'verify' in idToken || idToken.issuer === undefined) return
  const { jwks, issuer, audience, algorithms } = idToken
  provider.idToken = {
    verify: async (token, nonce) => {
      const rules = { issuer, audience, clockTolerance: SKEW, ...(algorithms && { algorithms }) }
      const { payload } = await jwtVerify(token, jwks, rules)
      return nonce !== undefined && payload['nonce'] === nonce
    },
  }
}
