import { createHash, generateKeyPairSync } from 'node:crypto'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { posix } from 'node:path'
import ssh2, { type Attributes, type Connection, type ParsedKey, type SFTPWrapper } from 'ssh2'
import type { SftpRemote } from '../../config/source.ts'

const { STATUS_CODE } = ssh2.utils.sftp
const [FOLDER, FILE, LINK] = [0o040755, 0o100644, 0o120777]

interface Kept {
  readonly body: Buffer
  readonly modified: number
  readonly mode: number
}

/** A real SSH server with SFTP over files in memory, below /exports. It misbehaves as a test wants it to. */
export class SftpServer {
  readonly files = new Map<string, Kept>()
  /** Files that were opened. */
  asked: string[] = []
  /** What those who came in said: 'none', 'password:…', 'publickey'. */
  said: string[] = []
  /** Refuses every folder with these words. */
  words: string | undefined
  /** Names that it says its folder has, as no honest server would. */
  lies: string[] = []
  /** Before each part of a file: answers true where it took the answer into its own hands. */
  trouble: (reading: {
    path: string
    offset: number
    connection: Connection
    sftp: SFTPWrapper
    id: number
  }) => boolean = () => false
  readonly password = 'planted/p@ss of the server'
  readonly privateKey: string
  readonly hostKey: string
  readonly #server: Server
  readonly #connections = new Set<Connection>()

  constructor() {
    const own = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    const theirs = keyPair()
    this.privateKey = theirs.private
    const parsed = ssh2.utils.parseKey(own.privateKey)
    if (parsed instanceof Error) throw parsed
    this.hostKey = `SHA256:${createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replace('=', '')}`
    const { allowed } = theirs
    const ssh = new ssh2.Server({ hostKeys: [own.privateKey] }, (connection) => {
      this.#connections.add(connection)
      connection.on('error', () => undefined)
      connection.on('close', () => this.#connections.delete(connection))
      connection.on('authentication', (login) => {
        this.said.push(login.method === 'password' ? `password:${login.password}` : login.method)
        const isRight =
          (login.method === 'password' && login.password === this.password) ||
          (login.method === 'publickey' &&
            login.key.data.equals(allowed.getPublicSSH()) &&
            (login.signature === undefined || allowed.verify(login.blob!, login.signature, login.hashAlgo)))
        if (isRight && login.username === 'reader') login.accept()
        else login.reject(['password', 'publickey'])
      })
      connection.on('ready', () =>
        connection.on('session', (accept) =>
          accept().on('sftp', (acceptSftp) => this.#serve(acceptSftp(), connection)),
        ),
      )
    })
    this.#server = createServer({ noDelay: true }, (socket) => ssh.injectSocket(socket))
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  get remote(): SftpRemote {
    const { port } = this.#server.address() as AddressInfo
    const { hostKey, password } = this
    return { kind: 'sftp', host: '127.0.0.1', port, user: 'reader', password, path: '/exports', hostKey }
  }

  put(path: string, body: string | Buffer, modified = '2026-01-01T00:00:00Z', mode = FILE): void {
    this.files.set(path, { body: Buffer.from(body), modified: Date.parse(modified) / 1_000, mode })
  }

  link(path: string, to: string): void {
    this.put(path, to, undefined, LINK)
  }

  /** Cuts all connections, as a network does. */
  cut(): void {
    for (const connection of this.#connections) connection.end()
  }

  close(): void {
    this.cut()
    this.#server.close()
  }

  #serve(sftp: SFTPWrapper, connection: Connection): void {
    const handles: { path: string; listed: boolean }[] = []
    const open = (path: string): Buffer => Buffer.from([handles.push({ path, listed: false }) - 1])
    sftp.on('error', () => undefined)
    sftp.on('OPENDIR', (id, path) => {
      if (this.words !== undefined) return sftp.status(id, STATUS_CODE.PERMISSION_DENIED, this.words)
      if (path === '/secret') return sftp.status(id, STATUS_CODE.PERMISSION_DENIED)
      if (this.#attributes(path)?.mode !== FOLDER) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
      sftp.handle(id, open(path))
    })
    sftp.on('READDIR', (id, handle) => {
      const at = handles[handle[0]!]!
      if (at.listed) return sftp.status(id, STATUS_CODE.EOF)
      at.listed = true
      const entries = ['.', '..', ...this.#names(at.path)].map((filename) => ({
        filename,
        longname: filename,
        attrs: this.#attributes(posix.join(at.path, filename)) ?? folder(),
      }))
      const attrs = { ...folder(), mode: FILE }
      sftp.name(id, [...entries, ...this.lies.map((filename) => ({ filename, longname: filename, attrs }))])
    })
    sftp.on('STAT', (id, path) => {
      const linked = this.#kept(path)
      const attributes = this.#attributes(linked?.mode === LINK ? linked.body.toString() : path)
      if (attributes === undefined) sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
      else sftp.attrs(id, attributes)
    })
    sftp.on('OPEN', (id, path) => {
      const linked = this.#kept(path)
      const at = linked?.mode === LINK ? linked.body.toString() : path
      this.asked.push(path.slice('/exports/'.length))
      if (this.#kept(at) === undefined) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
      sftp.handle(id, open(at))
    })
    sftp.on('FSTAT', (id, handle) => {
      const attributes = this.#attributes(handles[handle[0]!]!.path)
      if (attributes === undefined) sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
      else sftp.attrs(id, attributes)
    })
    sftp.on('READ', (id, handle, offset, length) => {
      const { path } = handles[handle[0]!]!
      if (this.trouble({ path: path.slice('/exports/'.length), offset, connection, sftp, id })) return
      // Fewer bytes than were asked for are an answer too.
      const part = this.#kept(path)?.body.subarray(offset, offset + Math.min(length, 20_000))
      if (part === undefined || part.byteLength === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.data(id, part)
    })
    sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK))
  }

  #kept(path: string): Kept | undefined {
    return this.files.get(path.slice('/exports/'.length))
  }

  #names(at: string): Set<string> {
    const below = at === '/exports' ? '' : `${at.slice('/exports/'.length)}/`
    const paths = [...this.files.keys()].filter((path) => path.startsWith(below))
    return new Set(paths.map((path) => path.slice(below.length).split('/')[0] ?? ''))
  }

  #attributes(path: string): Attributes | undefined {
    const kept = this.#kept(path)
    if (kept !== undefined)
      return { mode: kept.mode, size: kept.body.byteLength, mtime: kept.modified, atime: 0, uid: 0, gid: 0 }
    return path === '/exports' || this.#names(path).size > 0 ? folder() : undefined
  }
}

const folder = (): Attributes => ({ mode: FOLDER, size: 0, mtime: 0, atime: 0, uid: 0, gid: 0 })

/** The library writes one key of some hundred with a byte too few, which it cannot read itself: another one is made then. */
function keyPair(): { readonly private: string; readonly allowed: ParsedKey } {
  const pair = ssh2.utils.generateKeyPairSync('ed25519')
  const allowed = ssh2.utils.parseKey(pair.public)
  return allowed instanceof Error ? keyPair() : { private: pair.private, allowed }
}
