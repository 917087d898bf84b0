import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importGraph } from '../lib/import-graph.ts';

const PICTURE = join(import.meta.dirname, '../../docs/architecture.svg');
const graph = await importGraph();

describe('the imports of the packages', () => {
  it('keep the rules', () => {
    expect(graph.violations).toEqual([]);
  });

  it('are the arrows of the picture, no more and no fewer', async () => {
    const picture = await readFile(PICTURE, 'utf8');
    const drawn = picture.matchAll(/data-from="([^"]+)" data-to="([^"]+)"/g);
    expect([...drawn].map(([, from, to]) => `${from} → ${to}`).sort()).toEqual(graph.arrows);
  });
});
