import { count, type Load } from './batch.ts'

/**
 * The first batch of an entity goes from Parquet into the table in one statement, as fast as DuckDB alone.
 * Only rows at fault are looked at a second time. Answers the rows it loaded, or undefined where a key comes more than once:
 * then the table is empty again and the batch takes the general way.
 */
export async function loadIntoEmpty(load: Load): Promise<number | undefined> {
  const { session, raw, content, key, mapped, names, manifest } = load
  const { Count: loaded } = (await session.one<{ Count: number }>(
    `INSERT INTO ${raw} (${content.join(', ')}, source, batch_id, loaded_at, known_from, version_place)
     SELECT ${content.join(', ')}, ${names.source}, ${names.batch}, ${names.loadedAt}, ${firstKnown(load)}, 1
     FROM (${mapped}) WHERE _faults IS NULL`,
  )) ?? { Count: 0 }
  const faulty =
    loaded === manifest.rows
      ? `SELECT ${key.join(', ')}, CAST(NULL AS VARCHAR) AS _file, CAST(NULL AS BIGINT) AS _line FROM ${raw} LIMIT 0`
      : `SELECT ${key.join(', ')}, _file, _line, _faults, _original FROM (${mapped}) WHERE _faults IS NOT NULL`
  await session.run(`CREATE OR REPLACE TEMP TABLE faulty AS ${faulty}`)
  // Fewer hashes than rows: a key repeats, or, once in a lifetime, two keys share a hash. The general way is right for both.
  const keys = await count(session, `SELECT count(DISTINCT hash(${key.join(', ')})) AS n FROM ${raw}`)
  if (keys === loaded) return loaded
  await session.run(`DELETE FROM ${raw}`)
  return undefined
}

/** When the first version of a key became true, as far as anyone can know. */
export function firstKnown({ since, names }: Load): string {
  return `COALESCE(version_at, LEAST(COALESCE(recorded_at, ${since}, ${names.loadedAt}), ${names.loadedAt}))`
}
