import { codeBlocksOf } from './code-blocks.ts';

const IMPORT = /^(?:import|} from) (?:.* from )?'(@metering\/[\w-]+)/gm;
const INSTALL = /^npm install .*/gm;

/** The packages of ours that a README's code imports and its `npm install` leaves out. */
export function uninstalledImports(readme: string): string[] {
  const blocks = codeBlocksOf(readme);
  const install = blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.match(INSTALL) ?? [])
    .flatMap((line) => line.split(/\s+/));
  const imported = blocks
    .filter(({ language }) => language === 'ts')
    .flatMap(({ code }) => [...code.matchAll(IMPORT)].map(([, name = '']) => name));
  return [...new Set(imported)].filter((name) => !install.includes(name)).sort();
}
