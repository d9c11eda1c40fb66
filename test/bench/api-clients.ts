// Worker: clients that ask a server over HTTP, each one question after the other on its own connection.
import { Agent, request } from 'node:http'
import { parentPort } from 'node:worker_threads'

/** Per client the addresses it asks for; answered by the milliseconds of each. */
export type Asked = readonly (readonly string[])[]

const agent = new Agent({ keepAlive: true })

async function get(url: string): Promise<number> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    request(url, { agent }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === 200
          ? resolve(performance.now() - started)
          : reject(new Error(`${url} answered ${answer.statusCode}`)),
      )
    })
      .on('error', reject)
      .end()
  })
}

parentPort?.on('message', (asked: Asked) => void answer(asked))

async function answer(asked: Asked): Promise<void> {
  const taken = await Promise.all(
    asked.map(async (urls) => {
      const each: number[] = []
      for (const url of urls) each.push(await get(url))
      return each
    }),
  )
  parentPort?.postMessage(taken.flat(), [])
}
