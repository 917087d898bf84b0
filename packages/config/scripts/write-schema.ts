import { writeFileSync } from 'node:fs';
import { configJsonSchema } from '../src/index.ts';

/** Writes `schema.json`, which is published: `pnpm schema` after a change of the tables. */
const text = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
writeFileSync(new URL('../schema.json', import.meta.url), text);
