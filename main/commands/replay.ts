import type { Config } from '../../config/define.ts'
import { RequestError } from '../../errors.ts'
import type { BatchStatus, PipelineStatus, RejectedRow } from '../../models/metrics/status.ts'
import { localViewer } from '../../api/access.ts'
import { count, textTable } from '../../terminal.ts'
import type { Say } from '../progress.ts'
import { refusalOf, runningServer } from '../running-server.ts'
import { openSystem, type System } from '../system.ts'
import { orderRun, type RunFlags } from './run.ts'

type ListFlags = { readonly json?: boolean }

/** `trueworth batches`: what was read, newest first, and what became of it. */
export async function batchesCommand(config: Config, { json }: ListFlags): Promise<number> {
  const batches = await ask<BatchStatus[]>(config, '/api/batches', (system) => system.batches())
  if (json) console.log(JSON.stringify(batches, null, 2))
  else
    console.log(
      textTable(
        ['batch', 'feed', 'read at', 'rows', 'new', 'rejected', 'state'],
        batches.map((batch) => [
          batch.batch_id,
          `${batch.source}.${batch.entity}`,
          batch.extracted_at.slice(0, 16).replace('T', ' '),
          count(batch.rows),
          batch.loaded === null ? '' : count(batch.loaded),
          batch.rejected === null ? '' : count(batch.rejected),
          batch.corrected_by === null ? batch.state : `${batch.state}, corrected by ${batch.corrected_by}`,
        ]),
        new Set(['rows', 'new', 'rejected']),
      ),
    )
  return 0
}

/** `trueworth rejects`: rows that did not get in and are not corrected, newest first. */
export async function rejectsCommand(config: Config, { json }: ListFlags): Promise<number> {
  const { rejects } = await ask<PipelineStatus>(config, '/api/pipelines', (system) => system.status(localViewer))
  if (json) console.log(JSON.stringify(rejects, null, 2))
  else console.log(rejects.map(describe).join('\n\n') || 'Every row got in.')
  return 0
}

function describe(reject: RejectedRow): string {
  const place = reject.line === null ? reject.origin : `${reject.origin} line ${reject.line}`
  const column = reject.column === null ? '' : `${reject.column}: `
  return `${reject.reject_id ?? ''}  ${reject.source}.${reject.entity}, ${place}\n  ${column}${reject.reason}\n  ${reject.remedy}\n  ${reject.original ?? ''}`
}

/** `trueworth quarantine`, `trueworth release`. */
export async function decideCommand(
  config: Config,
  decide: { batch_id: string; kind: 'quarantine' | 'release'; reason?: string | undefined },
  { flags, say }: { flags: RunFlags; say: Say },
): Promise<number> {
  return orderRun(config, { decide }, { flags, say })
}

/** `trueworth correct`: columns as name=value; an empty value means nothing. */
export async function correctCommand(
  config: Config,
  { reject_id, set, reason }: { reject_id: string; set: readonly string[]; reason?: string | undefined },
  { flags, say }: { flags: RunFlags; say: Say },
): Promise<number> {
  const values = set.map((text) => {
    const at = text.indexOf('=')
    if (at < 1) throw new RequestError(`set: '${text}' is not column=value`, { field: 'set' })
    return [text.slice(0, at), text.slice(at + 1) || null] as const
  })
  return orderRun(config, { correct: { reject_id, set: Object.fromEntries(values), reason } }, { flags, say })
}

async function ask<Answer>(config: Config, path: string, here: (system: System) => Promise<Answer>): Promise<Answer> {
  const server = await runningServer(config)
  if (server !== undefined) {
    const answer = await server.fetch(path)
    if (!answer.ok) throw await refusalOf(answer)
    return (await answer.json()) as Answer
  }
  const system = await openSystem(config)
  try {
    return await here(system)
  } finally {
    await system.close()
  }
}
