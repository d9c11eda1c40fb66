import { withoutSecrets } from '../../errors.ts'
import type { RemoteFile } from './remote-folder.ts'

export interface ListingPage {
  readonly files: readonly RemoteFile[]
  /** The token that asks for the next page. */
  readonly next: string | undefined
}

/** A page of ListObjectsV2. Throws Error where it is none or has no end. Names of folders alone are left out. */
export function listingPage(xml: string, prefix: string): ListingPage {
  if (!/<ListBucketResult[\s>]/.test(xml)) throw new Error('it is no ListBucketResult')
  if (!/<\/ListBucketResult>\s*$/.test(xml)) throw new Error('it has no end')
  const isEncoded = text(xml, 'EncodingType') === 'url'
  const files = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, entry = '']) => {
    const written = text(entry, 'Key') ?? ''
    const key = isEncoded ? decodeURIComponent(written.replaceAll('+', ' ')) : written
    const [size, modified] = [Number(text(entry, 'Size')), Date.parse(text(entry, 'LastModified') ?? '')]
    if (!key.startsWith(prefix) || !Number.isSafeInteger(size) || Number.isNaN(modified))
      throw new Error(`an entry is no file below the prefix, with size and time: '${key}'`)
    const etag = text(entry, 'ETag')
    return { path: key.slice(prefix.length), size, modified, ...(etag !== undefined && { etag }) }
  })
  const next = text(xml, 'IsTruncated') === 'true' ? text(xml, 'NextContinuationToken') : undefined
  if (text(xml, 'IsTruncated') === 'true' && next === undefined) throw new Error('it says that more follows, not where')
  return { files: files.filter(({ path }) => path !== '' && !path.endsWith('/')), next }
}

/** Code and words of an answer that refuses. Never the request as it was signed, which some services say back. */
export function refusal(xml: string): { readonly code: string | undefined; readonly message: string | undefined } {
  const code = text(xml, 'Code')
  const words = [code, text(xml, 'Message')].filter((part) => part !== undefined).join(': ')
  // Hidden before it is cut to a length: half a secret would not be known as one.
  const message = withoutSecrets(words)
    .replaceAll(/\b[0-9a-f]{64}\b/gi, '***')
    .slice(0, 200)
    .replace(/\.$/, '')
  return { code, message: message === '' ? undefined : message }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function text(xml: string, element: string): string | undefined {
  const found = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1]
  return found?.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name = '') => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    return hex === undefined ? (ENTITIES[name as string] ?? whole) : String.fromCodePoint(Number.parseInt(hex, 16))
  })
}
