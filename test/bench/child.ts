import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** What one measured process answers. */
export interface Measured<Answer> {
  readonly answer: Answer
  /** Most memory the process held, in bytes. */
  readonly peak: number
  /** Milliseconds of processor time: what other work on the machine changes least. */
  readonly processor: number
}

/** Runs a script of this folder in a process of its own: memory is its own, and nothing is warm from the run before. */
export async function inProcess<Answer>(script: string, ...words: string[]): Promise<Measured<Answer>> {
  return inNode<Answer>([], script, ...words)
}

/** With flags of Node. */
export async function inNode<Answer>(
  flags: readonly string[],
  script: string,
  ...words: string[]
): Promise<Measured<Answer>> {
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, script), ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const parts: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => parts.push(part))
  const status = await new Promise<number | null>((done, fail) => child.on('close', done).on('error', fail))
  if (status !== 0) throw new Error(`${script} ${words.join(' ')} ended with ${status}`)
  return JSON.parse(Buffer.concat(parts).toString()) as Measured<Answer>
}

const { user, system } = process.cpuUsage()
/** Loading the modules is not what is measured. */
const atStart = user + system

/** The last words of a measured process. */
export function answer(value: unknown): void {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const processor = (userCPUTime + systemCPUTime - atStart) / 1000
  process.stdout.write(JSON.stringify({ answer: value, peak: maxRSS * 1024, processor }))
}
