import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

export type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void

/** A real server whose answers each test decides. */
export class Api {
  handler: Handler = (_, response) => response.end('[]')
  asked: { url: string; authorization: string | undefined }[] = []
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => {
      this.asked.push({ url: request.url ?? '', authorization: request.headers.authorization })
      this.handler(request, response, new URL(request.url ?? '/', this.url))
    })
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  get url(): string {
    const address = this.#server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

/** Answers a value as JSON. */
export const json = (response: ServerResponse, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
/** Records with the ids from `from` up to `to`. */
export const records = (from: number, to: number): { id: number }[] =>
  Array.from({ length: to - from }, (_, index) => ({ id: from + index }))
