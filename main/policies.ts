import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse, type Access, type Sight } from '../api/access.ts'
import { compareDraft } from '../api/queries/what-if.ts'
import { NotPublishedError } from '../api/queries/edition.ts'
import type { Config } from '../config/define.ts'
import type { Policy } from '../config/policy.ts'
import type { Session, Warehouse } from '../data/warehouse.ts'
import { fault } from '../entities/faults.ts'
import { AccessError, RequestError } from '../errors.ts'
import { withDraft } from '../models/builder/draft.ts'
import type { Model } from '../models/builder/model.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import type { AskWhatIf, PolicyStatus, PolicyVersionStatus, WhatIf } from '../models/metrics/what-if.ts'
import { checkFrom, completeDraft, firstOfMonth, startOfYearTo } from '../models/policy-draft.ts'
import { rulesOn, scoresOf, withVersion } from '../models/policy-versions.ts'
import { Decisions } from '../pipelines/decisions.ts'
import { latestVersion, type Version } from '../pipelines/load/meta.ts'
import { rulesWith } from '../pipelines/rules.ts'

/** How many answers are kept. */
const KEPT = 16

export interface Policies {
  /** Throws NotPublishedError before the first run. */
  readonly status: (viewer: Viewer) => Promise<PolicyStatus>
  /** Throws RequestError, which names the field, for a draft that is wrong; AuditError where its figures would be. */
  readonly whatIf: (viewer: Viewer, asked: AskWhatIf) => Promise<WhatIf>
}

interface PoliciesDeps {
  readonly warehouse: Warehouse
  readonly config: Config
  readonly access: Access
  /** What a viewer may see. */
  readonly sight: (viewer: Viewer) => Sight
  readonly models: () => Promise<readonly Model[]>
  /** Differs when figures would come out otherwise from the same rows and decisions. */
  readonly fingerprint: (asOf: string) => Promise<string>
}

interface Published {
  readonly version: Version
  readonly policy: Policy
  readonly decisions: Decisions
}

export function createPolicies(deps: PoliciesDeps): Policies {
  const kept = new Map<string, Promise<WhatIf>>()
  // What a process that ended in the middle left behind.
  let last: Promise<unknown> = rm(join(deps.config.folder, 'drafts'), { recursive: true, force: true })
  return {
    status: async (viewer) => {
      refuseOthers(deps, viewer)
      const status = await statusOf(deps, await publishedOf(deps))
      return deps.sight(viewer).seesPeople ? status : withoutPeople(status)
    },
    whatIf: async (viewer, asked) => {
      refuseOthers(deps, viewer)
      const published = await publishedOf(deps)
      if (published.version.fingerprint !== (await deps.fingerprint(published.version.as_of)))
        throw new RequestError(fault('policy_not_built', {}), { status: 422 })
      const policy = draftOf(published, asked)
      const key = JSON.stringify([published.version.version, asked.basis, policy])
      // One after the other: each may take all the memory there is.
      const found = kept.get(key) ?? last.then(() => build(deps, published, { policy, basis: asked.basis }))
      kept.set(key, found)
      last = found.catch(() => kept.delete(key))
      for (const old of [...kept.keys()].slice(0, -KEPT)) kept.delete(old)
      return found
    },
  }
}

/** Metrics and dimensions that the answer to a draft shows, of the whole company. */
const SHOWN = [
  'profit',
  'service_revenue',
  'visit_charges',
  'direct_service_cost',
  'indirect_cost',
  'ledger_cost',
  'unallocated_cost',
  'idle_cost',
  'visits',
  'broken_promises',
  'customer',
  'customer_kind',
  'customer_score',
  'effective_class',
  'advice',
]

function refuseOthers({ access, sight }: PoliciesDeps, viewer: Viewer): void {
  refuse(access, viewer, 'try_policy')
  const { sees, seesAllRows } = sight(viewer)
  if (!seesAllRows || !SHOWN.every(sees)) throw new AccessError(fault('policy_not_allowed', {}))
}

function withoutPeople(status: PolicyStatus): PolicyStatus {
  return { ...status, versions: status.versions.map((version) => ({ ...version, decided_by: null })) }
}

/** The policy of the published figures: a decision that no run has counted yet is not in it. */
async function publishedOf({ warehouse, config }: PoliciesDeps): Promise<Published> {
  const decisions = await Decisions.open(join(config.folder, 'landing'))
  return warehouse.read(async (session) => {
    const version = await latestVersion(session)
    if (version === undefined) throw new NotPublishedError()
    const counted = await session.rows<{ decision_id: string }>('SELECT decision_id FROM meta.decisions')
    const ids = new Set(counted.map(({ decision_id }) => decision_id))
    const known = decisions.all.filter(({ decision_id }) => ids.has(decision_id))
    return { version, decisions, policy: rulesWith(config.policy, known) }
  })
}

/** The draft as a whole version, from the day on which it is taken to hold. */
function draftOf({ version: { as_of }, policy }: Published, { draft, basis }: AskWhatIf): WhatIf['policy'] {
  const from = draft.from ?? firstOfMonth(as_of)
  checkFrom(from, as_of)
  return completeDraft(policy, { ...draft, from }, basis === 'year' ? as_of : from)
}

async function build(
  { warehouse, config, models }: PoliciesDeps,
  { version, policy: published }: Published,
  { policy: draft, basis }: { policy: WhatIf['policy']; basis: AskWhatIf['basis'] },
): Promise<WhatIf> {
  const started = performance.now()
  const { as_of: asOf, known_at } = version
  const alone = basis === 'year'
  const holdsFrom = alone ? startOfYearTo(asOf) : draft.from
  const policy = withVersion(published, { ...draft, version: '\u0000draft', from: holdsFrom }, { alone })
  const knownAt = new Date(known_at).toISOString()
  const options = { models: await models(), company: config.company, policy, published, asOf, knownAt }
  const file = join(config.folder, 'drafts', `${crypto.randomUUID()}.duckdb`)
  const found = await withDraft(warehouse, file, options, compareDraft)
  const milliseconds = Math.round(performance.now() - started)
  return {
    ...found,
    as_of: asOf,
    warehouse_version: version.version,
    policy: draft,
    holds_from: holdsFrom,
    milliseconds,
  }
}

async function statusOf(
  { warehouse, config }: PoliciesDeps,
  { version, policy, decisions }: Published,
): Promise<PolicyStatus> {
  const words = (sql: string) => async (session: Session) =>
    (await session.rows<{ word: string }>(sql)).map(({ word }) => word)
  const [departments, categories, recorded] = await Promise.all(
    [
      'SELECT DISTINCT department AS word FROM core.cost_pools ORDER BY 1',
      'SELECT DISTINCT category AS word FROM core.cost_pools ORDER BY 1',
      'SELECT DISTINCT crm_class AS word FROM core.customers ORDER BY 1',
    ].map((sql) => warehouse.read(words(sql))),
  )
  return {
    as_of: version.as_of,
    earliest: firstOfMonth(version.as_of),
    in_force: rulesOn(policy, version.as_of),
    versions: versionsOf(config.policy, policy, decisions),
    departments: departments ?? [],
    categories: categories ?? [],
    recorded_classes: recorded ?? [],
  }
}

/** Of the configuration and saved ones, the latest day first. */
function versionsOf(configured: Policy, policy: Policy, decisions: Decisions): PolicyVersionStatus[] {
  const held = new Set(scoresOf(policy).map(({ version }) => version))
  const nobody = { decided_at: null, decided_by: null, reason: null }
  const fixed = configured.scores.map(({ version, from }) => ({
    version,
    from,
    ...nobody,
    replaced: !held.has(version),
  }))
  const saved = decisions.all.flatMap((one) =>
    one.kind === 'policy'
      ? [
          {
            version: one.policy.version,
            from: one.policy.from,
            decided_at: one.at,
            decided_by: one.by,
            reason: one.reason ?? null,
            replaced: !held.has(one.policy.version),
          },
        ]
      : [],
  )
  return [...saved.toReversed(), ...fixed].toSorted((one, other) => (one.from > other.from ? -1 : 1))
}
