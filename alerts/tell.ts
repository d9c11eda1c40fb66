import { AccessError, RequestError } from '../errors.ts'
import { fault, type Fault } from '../entities/faults.ts'
import type { Change } from '../models/metrics/change.ts'
import type { Answer, Ask, Viewer } from '../models/metrics/metric.ts'
import type { Watched, WatchedFigure } from './alert.ts'
import type { Looked } from './looks.ts'
import type { Made } from './outbox.ts'
import type { Found } from './observe.ts'
import { candidatesFor, readersAt, type Candidate, type Directory } from './recipients.ts'
import { seenGroups, type SeeDeps } from './seen.ts'
import { splitQuestion, type AskChange } from './split.ts'
import { MOST_DETAILS, shownOf, writeMessage, type MessageSetting, type Told } from './write-message.ts'

export interface TellDeps extends SeeDeps {
  readonly ask: Ask
  readonly change: AskChange
  readonly setting: MessageSetting
  readonly directory: () => Promise<Directory>
}

export interface Telling {
  readonly looks: readonly Looked[]
  readonly found: Found
  readonly asOf: string | null
  /** The alert's own. */
  readonly viewer: Viewer
  readonly quietUntil: string | undefined
}

/** What one of those who are told gets. */
interface Letter {
  readonly candidates: readonly Candidate[]
  readonly looks: readonly Looked[]
  readonly instead: readonly string[]
}

/** Messages about the groups that somebody is to be told of. A user is told what it may ask for itself, and nothing else. */
export async function messagesOf(alert: Watched, telling: Telling, deps: TellDeps): Promise<Made[]> {
  const told = telling.looks.filter(({ tell }) => tell !== null)
  if (told.length === 0) return []
  const letters = await lettersFor(alert, told, deps)
  return Promise.all(letters.map((letter) => written(alert, letter, telling, deps)))
}

/** Why an alert is in error, as far as its owner may know; undefined: nobody reads at the owner's address. */
export async function errorForOwner(
  { owner }: Watched,
  error: Fault,
  { directory, sight }: Pick<TellDeps, 'directory' | 'sight'>,
): Promise<Fault | undefined> {
  const [reader] = readersAt(owner, await directory())
  if (reader === undefined) return undefined
  return reader.viewer === undefined || seesSources(reader.viewer, sight) ? error : fault('alert_in_error', {})
}

function seesSources(viewer: Viewer, sight: SeeDeps['sight']): boolean {
  try {
    return sight(viewer).may('see_sources')
  } catch (error) {
    if (error instanceof AccessError) return false
    throw error
  }
}

async function lettersFor(alert: Watched, told: readonly Looked[], deps: TellDeps): Promise<Letter[]> {
  const directory = await deps.directory()
  const people = new Map<string, { candidate: Candidate; looks: Looked[]; instead: Set<string> }>()
  const add = (candidate: Candidate, look: Looked, instead: readonly string[]): void => {
    const kept = people.get(candidate.address) ?? { candidate, looks: [], instead: new Set() }
    people.set(candidate.address, kept)
    kept.looks.push(look)
    for (const name of instead) kept.instead.add(name)
  }
  const sees = await sightOfUsers(alert, told, { directory, deps })
  const owners = readersAt(alert.owner, directory)
  for (const look of told) {
    const named = (dimension: string): string[] => namesOf(look, dimension)
    const candidates = candidatesFor(alert.to, named, directory).filter((one) => sees(one, look))
    for (const candidate of candidates) add(candidate, look, [])
    if (candidates.length > 0) continue
    const dimensions = alert.to.flatMap((one) => (typeof one === 'object' && 'person' in one ? [one.person] : []))
    for (const owner of owners.filter((one) => sees(one, look))) {
      const known = dimensions.filter((dimension) => seesWord(owner, dimension, deps))
      const names = known.flatMap((dimension) => nameOf(dimension, named(dimension), deps))
      add(owner, look, names)
    }
  }
  return together([...people.values()].map(({ instead, ...one }) => ({ ...one, instead: [...instead] })))
}

/** Whether a candidate knows a dimension; who is no user is told what the alert sees. */
function seesWord({ viewer }: Candidate, word: string, { sight }: TellDeps): boolean {
  return viewer === undefined || sight(viewer).sees(word)
}

/** The words for a person; none where the value is one of a closed list, as 'unknown'. */
function nameOf(dimension: string, names: readonly string[], { setting }: TellDeps): string[] {
  const closed = setting.catalogue.dimensions[dimension]?.values ?? {}
  return names.slice(-1).filter((name) => !Object.hasOwn(closed, name))
}

/** Value and words of a dimension of the group. */
function namesOf({ observation }: Looked, dimension: string): string[] {
  const { row } = observation
  const names = [row[dimension], shownOf(row, dimension)]
    .filter((name) => name !== undefined && name !== null)
    .map(String)
  return [...new Set(names)]
}

/** Addresses that stand for nobody in particular share a message about the same groups; each user has one of its own. */
function together(
  people: readonly { candidate: Candidate; looks: readonly Looked[]; instead: readonly string[] }[],
): Letter[] {
  const letters = new Map<string, Letter>()
  for (const { candidate, looks, instead } of people) {
    const groups = looks.map(({ observation }) => observation.group)
    const key = JSON.stringify([candidate.viewer?.id, groups, instead])
    const candidates = [...(letters.get(key)?.candidates ?? []), candidate]
    letters.set(key, { candidates, looks, instead })
  }
  return [...letters.values()]
}

/** Whether a user would get the same figure of a group itself. */
async function sightOfUsers(
  alert: Watched,
  told: readonly Looked[],
  { directory, deps }: { directory: Directory; deps: TellDeps },
): Promise<(candidate: Candidate, look: Looked) => boolean> {
  const candidates = [
    ...readersAt(alert.owner, directory),
    ...told.flatMap((look) => candidatesFor(alert.to, (name) => namesOf(look, name), directory)),
  ]
  const viewers = new Map(
    candidates.flatMap(({ viewer }) => (viewer === undefined ? [] : [[viewer.id, viewer] as const])),
  )
  const seen = new Map<string, Awaited<ReturnType<typeof seenGroups>>>()
  for (const [id, viewer] of viewers) seen.set(id, await seenGroups(alert, viewer, deps))
  return ({ viewer }, { observation }) =>
    viewer === undefined || (seen.get(viewer.id)?.({ ...observation, found: observation.verdict.found }) ?? false)
}

async function written(
  alert: Watched,
  { candidates, looks, instead }: Letter,
  { found, asOf, viewer, quietUntil }: Telling,
  deps: TellDeps,
): Promise<Made> {
  const reader = candidates[0]
  const asker = reader?.viewer ?? viewer
  const groups = await Promise.all(
    looks.map(async (look, at): Promise<Told> => {
      const { group } = look.observation
      const isDetailed = alert.watches === 'figure' && at < MOST_DETAILS
      return {
        observation: look.observation,
        tell: look.tell ?? 'fired',
        firedAt: look.written.firedAt ?? '',
        toldAt: look.written.toldAt ?? '',
        why: look.written.why,
        change: isDetailed && asOf !== null ? await changeOf(alert, group, { asker, asOf, deps }) : undefined,
        list: isDetailed ? await listOf(alert, group, { asker, isOwn: asker === viewer, deps }) : undefined,
      }
    }),
  )
  const { version, readAt } = found
  const to = candidates.map(({ address, name }) => ({ address, ...(name !== undefined && { name }) }))
  const known = reader === undefined ? alert : knownTo(alert, reader, deps)
  const message = writeMessage(known, { groups, to, instead, asOf, version, readAt, quietUntil }, deps.setting)
  return { message, groups: looks.map(({ observation }) => observation.group) }
}

/** An alert with those words beside each group that its reader may see. */
function knownTo(alert: Watched, reader: Candidate, deps: TellDeps): Watched {
  return alert.watches === 'figure'
    ? { ...alert, with: alert.with.filter((name) => seesWord(reader, name, deps)) }
    : alert
}

async function changeOf(
  alert: WatchedFigure,
  group: string,
  { asker, asOf, deps }: { asker: Viewer; asOf: string; deps: TellDeps },
): Promise<Change | Told['change']> {
  const question = splitQuestion(alert, group, { asOf, dimensions: deps.setting.catalogue.dimensions })
  if (question === undefined) return undefined
  try {
    return await deps.change(asker, question)
  } catch (error) {
    if (error instanceof AccessError) return undefined
    if (error instanceof RequestError) return error.fault ?? fault('alert_failed', { text: error.message })
    throw error
  }
}

async function listOf(
  { list, by, where }: WatchedFigure,
  group: string,
  { asker, isOwn, deps }: { asker: Viewer; isOwn: boolean; deps: TellDeps },
): Promise<Answer | undefined> {
  if (list === undefined) return undefined
  const own = by === undefined ? [] : [{ field: by, operator: 'eq' as const, values: [group] }]
  const during = where.filter(({ field }) => field === 'period')
  const { metrics, by: split, order, limit } = list
  try {
    return await deps.ask(asker, { metrics, by: split, where: [...list.where, ...own, ...during], order, limit })
  } catch (error) {
    // Who is told may see the figure and not the records behind it.
    if (!isOwn && (error instanceof AccessError || error instanceof RequestError)) return undefined
    throw error
  }
}
