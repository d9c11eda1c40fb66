import type { Context } from 'hono'
import { buildClient, type Asset } from './build-client.ts'

/** A file of the browser part, as small as the browser takes it. */
export async function serveAsset(c: Context): Promise<Response> {
  const client = await buildClient()
  const asset = Object.values(client).find((each: Asset) => each.path === c.req.path) as Asset | undefined
  if (asset === undefined) return c.notFound()
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding = accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : 'identity'
  return c.body(asset.bytes[encoding], 200, {
    'Content-Type': asset.type,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
    ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
  })
}
