import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { ExplorationTable, State } from '../data/state.ts'
import { wordsOf } from '../models/metrics/comparison.ts'
import { fault } from '../entities/faults.ts'
import { AccessError, RequestError } from '../errors.ts'
import {
  formatExploration,
  parseExploration,
  type Exploration,
  type ExplorationDraft,
  type Explorations,
} from '../models/metrics/exploration.ts'
import type { Ask, Viewer } from '../models/metrics/metric.ts'
import type { Sight } from './access.ts'
import { unknownWord } from './queries/refusals.ts'
import { QueryParameters } from './query-schemas.ts'

/** As many are kept for one person. */
const MOST_EXPLORATIONS = 500

export interface ExplorationsDeps {
  readonly state: State
  /** Whoever saves a question must be able to ask it. */
  readonly ask: Ask
  /** Throws AccessError for who may see nothing. */
  readonly sight: (viewer: Viewer) => Pick<Sight, 'catalogue' | 'hides' | 'seesPeople'>
  readonly roles: readonly string[]
  readonly now: () => Date
  /** Told of every change: who did what to which. */
  readonly record?: ((viewer: Viewer, action: string, subject: string) => Promise<void> | void) | undefined
}

/** Explorations kept in the state. */
export function createExplorations({ state, ask, sight, roles, now, record }: ExplorationsDeps): Explorations {
  const table = (): ReturnType<typeof all> => all(state)
  const find = async (viewer: Viewer, id: string): Promise<Exploration> => {
    const row = await table().where('exploration_id', '=', id).executeTakeFirst()
    const found = row && asSeenBy(viewer, explorationOf(row), sight)
    if (found === undefined) throw new RequestError(fault('exploration_unknown', { exploration: id }), { status: 404 })
    return found
  }
  const own = async (viewer: Viewer, id: string): Promise<Exploration> => {
    const found = await find(viewer, id)
    if (found.owner_id !== viewer.id) throw new AccessError(fault('exploration_of_other', {}))
    return found
  }
  const checked = async (viewer: Viewer, draft: ExplorationDraft, id?: string): Promise<ExplorationDraft> => {
    const name = draft.name.trim()
    if (name === '') throw new RequestError(fault('exploration_no_name', {}), { field: 'name' })
    const unknown = draft.shared_with.find((role) => !roles.includes(role))
    if (unknown !== undefined) throw unknownWord('role', unknown, { field: 'shared_with', valid: roles })
    const query = await askable(draft.query, (asked) => ask(viewer, asked))
    const others = await table().where('owner_id', '=', viewer.id).execute()
    if (others.some((other) => other.name === name && other.exploration_id !== id))
      throw new RequestError(fault('exploration_name_taken', { name }), { field: 'name' })
    if (id === undefined && others.length >= MOST_EXPLORATIONS)
      throw new RequestError(fault('explorations_full', { most: MOST_EXPLORATIONS }), { status: 422 })
    return { name, query, shared_with: [...new Set(draft.shared_with)] }
  }
  return {
    roles,
    find,
    list: (viewer) => explorationsSeenBy(viewer, { state, sight }),
    add: async (viewer, draft) => {
      const at = now().toISOString()
      const added = {
        exploration_id: randomUUID(),
        owner_id: viewer.id,
        owner_name: viewer.name,
        ...(await checked(viewer, draft)),
        created_at: at,
        changed_at: at,
      }
      await state.tables.insertInto('explorations').values(rowOf(added)).execute()
      await record?.(viewer, 'exploration.add', subjectOf(added))
      return added
    },
    change: async (viewer, id, draft) => {
      const before = await own(viewer, id)
      const changed = {
        ...before,
        owner_name: viewer.name,
        ...(await checked(viewer, draft, id)),
        changed_at: now().toISOString(),
      }
      await state.tables.updateTable('explorations').set(rowOf(changed)).where('exploration_id', '=', id).execute()
      await record?.(viewer, 'exploration.change', subjectOf(changed))
      return changed
    },
    remove: async (viewer, id) => {
      const removed = await own(viewer, id)
      await state.tables.deleteFrom('explorations').where('exploration_id', '=', id).execute()
      await record?.(viewer, 'exploration.remove', subjectOf(removed))
    },
  }
}

/** Those of a viewer, then those shared with it. */
export async function explorationsSeenBy(
  viewer: Viewer,
  { state, sight }: Pick<ExplorationsDeps, 'state' | 'sight'>,
): Promise<Exploration[]> {
  const rows = await all(state).execute()
  const seen = rows.flatMap((row) => asSeenBy(viewer, explorationOf(row), sight) ?? [])
  const place = ({ owner_id, name }: Exploration): string => `${owner_id === viewer.id ? 0 : 1}${name}`
  return seen.toSorted((one, other) => place(one).localeCompare(place(other)))
}

const all = (state: State) => state.tables.selectFrom('explorations').selectAll()

/** Undefined: it is of somebody else, and not shared with the viewer or of words that the viewer is not to know. */
function asSeenBy(viewer: Viewer, kept: Kept, sightOf: ExplorationsDeps['sight']): Exploration | undefined {
  if (kept.owner_id === viewer.id) return kept
  if (!kept.shared_with.some((role) => viewer.roles.includes(role))) return undefined
  try {
    const { catalogue, hides, seesPeople } = sightOf(viewer)
    const { query } = parseExploration(new URLSearchParams(kept.query))
    if (wordsOf(query, catalogue).some(hides)) return undefined
    return seesPeople ? kept : { ...kept, owner_name: null }
  } catch (error) {
    if (error instanceof AccessError || error instanceof RequestError) return undefined
    throw error
  }
}

/** The question in its shortest form, once it was asked. Throws RequestError with field 'query'. */
async function askable(text: string, ask: (query: ReturnType<typeof parseExploration>['query']) => Promise<unknown>) {
  const parameters = new URLSearchParams(text)
  const valid = [...Object.keys(QueryParameters.shape).filter((name) => name !== 'format' && name !== 'lang'), 'show']
  const unknown = [...parameters.keys()].find((name) => !valid.includes(name))
  if (unknown !== undefined) throw unknownWord('parameter', unknown, { field: 'query', valid })
  try {
    const explored = parseExploration(parameters)
    await ask({ ...explored.query, limit: 1, offset: 0 })
    return formatExploration(explored)
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    throw new RequestError(error.fault ?? error.message, { field: 'query', cause: error })
  }
}

type Kept = Exploration & { readonly owner_name: string }

function explorationOf(row: Selectable<ExplorationTable>): Kept {
  return { ...row, shared_with: JSON.parse(row.shared_with) as string[] }
}

function rowOf(exploration: Kept): Selectable<ExplorationTable> {
  return { ...exploration, shared_with: JSON.stringify(exploration.shared_with) }
}

const subjectOf = ({ exploration_id, name, shared_with }: Exploration): string =>
  `${exploration_id} "${name}"${shared_with.length === 0 ? '' : ` shared with ${shared_with.join(', ')}`}`
