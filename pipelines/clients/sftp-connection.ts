import { createHash } from 'node:crypto'
import { Client, type SFTPWrapper } from 'ssh2'
import type { SftpRemote } from '../../config/source.ts'

/** The server is not the one that was named. */
export class HostKeyError extends Error {
  /** Its key as `ssh-keygen -lf` prints it, and of which type that is. */
  readonly found: string
  readonly type: string

  constructor(key: Buffer) {
    super('another host key')
    this.found = fingerprintOf(key)
    this.type = key.toString('latin1', 4, 4 + key.readUInt32BE(0))
  }
}

/** No answer in time. */
export class SilenceError extends Error {}

type Done<Answer> = (error: Error | null | undefined, answer: Answer) => void

/**
 * One connection to an SFTP server. It lives until `end`, or until anything goes wrong with it; then every question that waits
 * is refused with the same error, and `isLost` tells.
 */
export class SftpConnection {
  readonly #client = new Client()
  readonly #waiting = new Set<(error: Error) => void>()
  readonly #milliseconds: number
  #sftp: SFTPWrapper | undefined
  #lost: Error | undefined

  /** Throws HostKeyError before anything secret is told to a server with another key. */
  readonly ready: Promise<void>

  constructor(remote: SftpRemote, seconds: number) {
    this.#milliseconds = seconds * 1_000
    this.#client.on('error', (error) => this.#lose(error))
    this.#client.on('close', () => this.#lose(new Error('the server closed the connection')))
    this.ready = this.#begin(remote)
    this.ready.catch((error: Error) => this.#lose(error))
  }

  get isLost(): boolean {
    return this.#lost !== undefined
  }

  /** One answer of the server. Any number of questions may wait at a time. */
  ask<Answer>(question: (sftp: SFTPWrapper, done: Done<Answer>) => void): Promise<Answer> {
    return this.#wait((done) => {
      if (this.#sftp === undefined) throw this.#lost ?? new Error('not connected')
      question(this.#sftp, done)
    })
  }

  end(error = new Error('the connection was ended')): void {
    this.#lose(error)
  }

  async #begin(remote: SftpRemote): Promise<void> {
    const { host, port = 22, user, password, privateKey, passphrase, hostKey } = remote
    await this.#wait<void>((done) => {
      this.#client.on('ready', () => done(undefined, undefined))
      this.#client.connect({
        host,
        port,
        username: user,
        ...(password !== undefined && { password }),
        ...(privateKey !== undefined && { privateKey }),
        ...(passphrase !== undefined && { passphrase }),
        readyTimeout: this.#milliseconds,
        hostVerifier: (key: Buffer) => {
          const isRight = fingerprintOf(key) === hostKey
          if (!isRight) this.#lose(new HostKeyError(key))
          return isRight
        },
      })
      // Questions are short: held back to be sent together, each would wait for the answer to the one before.
      this.#client.setNoDelay(true)
    })
    this.#sftp = await this.#wait<SFTPWrapper>((done) => this.#client.sftp(done))
  }

  #wait<Answer>(start: (done: Done<Answer>) => void): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#lost !== undefined) return reject(this.#lost)
      const over = (): void => {
        clearTimeout(silence)
        this.#waiting.delete(refuse)
      }
      const refuse = (error: Error): void => {
        over()
        reject(error)
      }
      const silence = setTimeout(() => this.#lose(new SilenceError()), this.#milliseconds)
      this.#waiting.add(refuse)
      try {
        start((error, answer) => {
          if (error) return refuse(error)
          over()
          resolve(answer)
        })
      } catch (error) {
        this.#lose(error instanceof Error ? error : new Error(String(error)))
      }
    })
  }

  #lose(error: Error): void {
    if (this.#lost !== undefined) return
    this.#lost = error
    for (const refuse of this.#waiting) refuse(error)
    this.#client.destroy()
  }
}

function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}
