import { join } from 'node:path';
import ts from 'typescript';

/** Code of one line, and the package whose exports it uses. */
export interface Snippet {
  readonly code: string;
  readonly packageName: string;
}

/** What the compiler has against a snippet. */
export interface SnippetProblem {
  readonly code: string;
  readonly message: string;
}

/** What a snippet may use without saying where it has it from. Every other argument fits everywhere. */
const GIVEN: Readonly<Record<string, string>> = {
  config: "import('@metering/config').StorageConfig",
  metaReader: "import('@metering/reader').MetaReader",
  metaWriter: "import('@metering/writer').MetaWriter",
  metering: "import('@metering/config').OpenedMetering",
  reader: "import('@metering/reader').MeteringReader",
  storage: "import('@metering/core').StorageProvider",
  writer: "import('@metering/writer').MeteringWriter",
};

/**
 * Compiles snippets, and gives what the compiler has against them. A snippet is a type, a value, or a call
 * with the names of its arguments and options: a name that is not exported, and an option that there is
 * not, are errors.
 */
export function compileSnippets(snippets: readonly Snippet[]): SnippetProblem[] {
  const folder = import.meta.dirname;
  const options = compilerOptions(join(folder, '../tsconfig.json'));
  const sources = new Map(
    snippets.map((snippet, index) => [join(folder, `snippet-${index}.ts`), moduleOf(snippet)]),
  );
  const program = ts.createProgram({
    rootNames: [...sources.keys(), join(folder, '../../packages/storage-oss/src/lib/ali-oss.d.ts')],
    options,
    host: hostWith(sources, options),
  });
  return [...sources.keys()].flatMap((path, index) => {
    const { code = '' } = snippets[index] ?? {};
    return ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => ({
        code,
        message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      }));
  });
}

function compilerOptions(configFile: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(configFile, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, join(configFile, '..')).options;
}

/** Reads files from memory, and all others from the disk. */
function hostWith(
  sources: ReadonlyMap<string, string>,
  options: ts.CompilerOptions,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  host.getSourceFile = (path, target, ...rest) => {
    const source = sources.get(path);
    if (source === undefined) return getSourceFile(path, target, ...rest);
    return ts.createSourceFile(path, source, target);
  };
  return host;
}

/** A module that has everything that the snippet names. */
function moduleOf({ code, packageName }: Snippet): string {
  const [root = ''] = code.split(/\W/);
  const isType = /^[A-Z]\w*[a-z]\w*$/.test(code);
  const names = new Set(code.replaceAll(/'[^']*'/g, '').match(/(?<!\.)\b[a-zA-Z]\w*/g));
  names.delete(root);
  const declarations = [...names].map(
    (name) => `declare const ${name}: ${GIVEN[name] ?? 'never'};`,
  );
  return [
    root in GIVEN
      ? `declare const ${root}: ${GIVEN[root]};`
      : `import { ${isType ? 'type ' : ''}${root} } from '${packageName}';`,
    ...declarations,
    isType ? `export type Found = ${code};` : `void ${code};`,
    'export {};',
  ].join('\n');
}
