import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/**
 * Those of a workspace's files that are TypeScript and that no package's `types` script compiles.
 *
 * @param files paths from the workspace, `package.json` files among them.
 */
export function filesWithoutTypeCheck(workspace: string, files: readonly string[]): string[] {
  const manifests = files.filter((file) => /(^|\/)package\.json$/.test(file));
  const configs = manifests.flatMap((file) => compiledConfigs(join(workspace, file)));
  const checked = new Set(
    configs.flatMap((config) => filesOf(config).map((file) => relative(workspace, file))),
  );
  return files.filter((file) => /\.[cm]?ts$/.test(file) && !checked.has(file));
}

/** The `tsconfig.json` of each `tsc -p FOLDER` that a package's `types` script runs. */
function compiledConfigs(manifest: string): string[] {
  const { scripts = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
  const projects = String(scripts.types ?? '').matchAll(/\btsc -p (\S+)/g);
  return [...projects].map(([, folder = '']) => join(dirname(manifest), folder, 'tsconfig.json'));
}

/** What a configuration includes. What is besides imported by it may be left out tomorrow. */
function filesOf(config: string): string[] {
  const { config: content } = ts.readConfigFile(config, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(content, ts.sys, dirname(config)).fileNames;
}
