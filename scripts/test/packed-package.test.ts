import { describe, expect, it } from 'vitest';
import { type PackedPackage, problemsOfPacked } from '../lib/packed-package.ts';

const FILES = ['package.json', 'LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts'];
const EXPORTS = {
  '.': { types: './dist/index.d.ts', default: './dist/index.js' },
  './package.json': './package.json',
};

function packed({ files = FILES, ...manifest }: Record<string, unknown> & { files?: string[] }) {
  const packedPackage: PackedPackage = {
    files,
    manifest: { name: '@metering/x', exports: EXPORTS, ...manifest },
  };
  return problemsOfPacked(packedPackage);
}

describe('problemsOfPacked', () => {
  it('finds nothing wrong with a sound package', () => {
    expect(packed({ dependencies: { '@metering/core': '^1.0.0' } })).toEqual([]);
  });

  it('finds what is missing and what does not belong', () => {
    const files = [...FILES.filter((file) => file !== 'LICENSE'), 'src/index.ts'];
    expect(packed({ files })).toEqual(['LICENSE is missing', 'src/index.ts does not belong in it']);
  });

  it('finds exports that lead into the workspace or nowhere', () => {
    const exports = { '.': { '@metering/source': './src/index.ts', default: './dist/main.js' } };
    expect(packed({ exports })).toEqual([
      "exports has the workspace's condition @metering/source",
      'exports names ./dist/main.js, which is missing',
    ]);
  });

  it('finds dependencies that only the workspace can resolve', () => {
    expect(packed({ dependencies: { yaml: 'catalog:' } })).toEqual([
      'it depends on yaml@catalog:, which nobody can install',
    ]);
    expect(packed({ peerDependencies: { '@metering/core': 'workspace:^' } })).toHaveLength(1);
  });
});
