/** Every name once, without regard to case, since SQL has none; a blank name is named after its place. */
export function distinct(names: readonly string[]): string[] {
  const taken = new Set(['_file', '_line'])
  return names.map((name, index) => {
    const wanted = name === '' ? `column${index + 1}` : name
    let unique = wanted
    for (let count = 2; taken.has(unique.toLowerCase()); count++) unique = `${wanted}_${count}`
    taken.add(unique.toLowerCase())
    return unique
  })
}
