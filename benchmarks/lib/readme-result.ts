import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const README = join(import.meta.dirname, '../README.md');
const RESULT = /(?<=<!-- result -->\n)[\s\S]*(?=<!-- \/result -->)/;

/** Puts a result in place of the one that the README shows. */
export async function showInReadme(description: string, table: string): Promise<void> {
  const text = await readFile(README, 'utf8');
  if (!RESULT.test(text)) throw new Error(`${README} has no place for a result`);
  const result = `\n<!-- measured by: benchmarks/bench.ts -->\n\`\`\`\n${description}\n\`\`\`\n\n${table}\n\n`;
  await writeFile(
    README,
    text.replace(RESULT, () => result),
  );
}
