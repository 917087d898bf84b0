/** `<!-- computed: name -->` and the table right below it. */
const COMPUTED = /^(<!-- computed: (\S+) -->\n)((?:\|.*\n)*)/gm;

/**
 * Puts each table in place of the one below its marker.
 *
 * @throws Error for a marker that names no table, and for a table that has no marker.
 */
export function injectTables(document: string, tables: ReadonlyMap<string, string>): string {
  const placed = new Set<string>();
  const text = document.replace(COMPUTED, (_block, marker: string, name: string) => {
    const table = tables.get(name);
    if (table === undefined) throw new Error(`Nothing computes ${name}`);
    placed.add(name);
    return marker + table;
  });
  const missing = [...tables.keys()].filter((name) => !placed.has(name));
  if (missing.length > 0) throw new Error(`The document has no marker of ${missing.join(', ')}`);
  return text;
}
