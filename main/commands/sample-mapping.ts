import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { Config } from '../../config/define.ts'
import { recipeNames, readRecipe } from '../../config/recipes.ts'
import { ConfigError } from '../../errors.ts'
import { nearest } from '../../models/builder/nearest.ts'
import { metrics } from '../../models/metrics/catalogue.ts'
import { checkSources } from '../../pipelines/check/check.ts'
import { describeCheck } from '../../pipelines/check/words.ts'
import { mappingFile } from '../../pipelines/propose/mapping-file.ts'
import { proposeMapping } from '../../pipelines/propose/propose.ts'
import type { KnownName } from '../../pipelines/propose/vocabulary.ts'
import type { Say } from '../progress.ts'
import { root } from '../system.ts'
import { writeOut } from '../write-out.ts'

export interface SampleMappingFlags {
  readonly from?: readonly string[]
  readonly rows?: number
  readonly out?: string
  readonly force?: boolean
  readonly json?: boolean
}

/** `trueworth sample-mapping`: looks at a source and writes a mapping to correct; exit code 3 where it does not fit yet. */
export async function sampleMappingCommand(
  config: Config,
  name: string,
  { flags, say }: { flags: SampleMappingFlags; say: Say },
): Promise<number> {
  const source = config.sources.find((each) => each.name === name)
  if (source === undefined) throw noSource(config, name)
  const file = resolve(flags.out ?? join(dirname(config.file), `${name}.mapping.ts`))
  if (!flags.json && !flags.force && existsSync(file))
    throw new ConfigError(
      `${file} is there already, perhaps corrected by hand. Name another file with --out, or write over it with --force.`,
    )
  const proposals = await proposeMapping(source, {
    known: knownNames(),
    ...(flags.from !== undefined && { tables: flags.from }),
    ...(flags.rows !== undefined && { sample: flags.rows }),
  })
  if (proposals.length === 0)
    throw new ConfigError(`${name} has no list of what it holds. Name what to look at with --from, between commas.`)
  if (flags.json) {
    console.log(JSON.stringify(proposals, null, 2))
    return 0
  }
  const types = relative(dirname(file), join(root, 'config', 'source.ts')).replaceAll('\\', '/')
  await writeOut(file, mappingFile(name, proposals, types.startsWith('.') ? types : `./${types}`))
  const feeds = proposals.flatMap((proposal) => proposal.feeds.map(({ feed }) => feed))
  const report = await checkSources({ ...config, sources: [{ ...source, feeds }] }, { metrics })
  // What one source alone leaves out is no news here.
  console.log(describeCheck({ ...report, unfed: [], figures: [] }))
  say(`written: ${file}`)
  say(
    report.fits ? 'Look it over, import it, and run check.' : 'Correct what is marked there, import it, and run check.',
  )
  return report.fits ? 0 : 3
}

function noSource({ file, sources }: Config, name: string): ConfigError {
  const names = sources.map((each) => each.name)
  const near = nearest(name, names)
  const guess = near === undefined ? '' : ` Did you mean '${near}'?`
  return new ConfigError(
    names.length === 0
      ? `${file} has no source: write one with its name, kind and place, and feeds: []`
      : `${file} has no source '${name}'.${guess} It has ${names.join(', ')}.`,
  )
}

/** The names that recipes have for columns, where a column is taken as it is. */
function knownNames(): KnownName[] {
  return recipeNames().flatMap((recipe) => {
    const { system, feeds } = readRecipe(recipe)
    return feeds.flatMap(({ entity, object, columns }) =>
      Object.entries(columns).flatMap(([column, mapping]) => {
        const name = /^\{([^}]+)\}$/.exec(typeof mapping === 'string' ? mapping : mapping.from)?.[1]
        return name === undefined ? [] : [{ system, entity, object, column, name }]
      }),
    )
  })
}
