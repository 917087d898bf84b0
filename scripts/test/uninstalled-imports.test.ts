import { expect, it } from 'vitest';
import { uninstalledImports } from '../lib/uninstalled-imports.ts';

const CODE = `\`\`\`ts
import { floorToMinute } from '@metering/core';
import { readBody } from '@metering/core/building-blocks';
import {
  createMeteringReader,
} from '@metering/reader';
import type { Logger } from '@metering/writer';
import { join } from 'node:path';
\`\`\`
`;
const install = (...lines: string[]) => `\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`;

// A stranger installed what the README of a storage said, and could not run what it showed.
it('names what the code imports and the commands do not install', () => {
  expect(uninstalledImports(install('npm install @metering/core') + CODE)).toEqual([
    '@metering/reader',
    '@metering/writer',
  ]);
});

it('finds nothing where all is installed, by one command or several', () => {
  const commands = install(
    'npm install @metering/core @metering/reader',
    'npm install @metering/writer',
  );
  expect(uninstalledImports(commands + CODE)).toEqual([]);
});
