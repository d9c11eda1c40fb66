import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'esbuild'

/** One file of the browser part: its address carries a fingerprint, so it may be kept for ever. */
export interface Asset {
  readonly path: string
  readonly type: string
  readonly bytes: Readonly<Record<'identity' | 'gzip' | 'br', Uint8Array<ArrayBuffer>>>
}

export interface Client {
  readonly js: Asset
  readonly css: Asset
  readonly icon: Asset
}

const folder = path.join(import.meta.dirname, 'client')
let built: Promise<Client> | undefined

/** Bundles what the browser needs, once per process, in well under a second. */
export function buildClient(): Promise<Client> {
  built ??= bundle()
  return built
}

async function bundle(): Promise<Client> {
  const [js, css, icon] = await Promise.all([
    asset('client', 'js', { type: 'text/javascript; charset=utf-8', content: bundled('main.ts') }),
    asset('styles', 'css', { type: 'text/css; charset=utf-8', content: bundled('styles.css') }),
    asset('icon', 'svg', { type: 'image/svg+xml', content: readFile(path.join(folder, 'icon.svg')) }),
  ])
  return { js, css, icon }
}

async function bundled(entry: string): Promise<Uint8Array> {
  const result = await build({
    entryPoints: [path.join(folder, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
  })
  return result.outputFiles[0]?.contents ?? new Uint8Array()
}

const [gzipped, brotlied] = [promisify(gzip), promisify(brotliCompress)]

async function asset(
  name: string,
  extension: string,
  { type, content: made }: { type: string; content: Promise<Uint8Array> },
): Promise<Asset> {
  const content = await made
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }
  const [gzip, br] = await Promise.all([gzipped(content), brotlied(content, quick)])
  return {
    path: `/assets/${name}-${hash}.${extension}`,
    type,
    bytes: { identity: Uint8Array.from(content), gzip: Uint8Array.from(gzip), br: Uint8Array.from(br) },
  }
}
