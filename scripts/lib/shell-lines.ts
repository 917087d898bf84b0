/** The packages of the repository. */
export interface Workspace {
  /** The names of the packages that are published. */
  readonly published: ReadonlySet<string>;
  /** The scripts of each `package.json`, by its folder from the root; `.` is the root. */
  readonly scripts: ReadonlyMap<string, ReadonlySet<string>>;
  /** The folder of each package, by name. */
  readonly folders: ReadonlyMap<string, string>;
}

export interface ShellContext {
  /** The document's path from the root of the repository. */
  readonly document: string;
  readonly workspace: Workspace;
}

/**
 * What is wrong with the commands of a shell that a document shows. These are known, and what they name
 * must exist: `npm install PACKAGE…`, `npm test`, `npm start`, `npm run SCRIPT`, `npx -y pnpm@12 [-C FOLDER |
 * --filter PACKAGE] SCRIPT`, `export NAME=VALUE`. Anything else wants a test that reads it.
 */
export function shellProblem(code: string, context: ShellContext): string | undefined {
  const lines = code.split('\n').map((line) => line.replace(/\s+#.*$/, '').trim());
  for (const line of lines) {
    const problem = line === '' ? undefined : lineProblem(line.split(/\s+/), context);
    if (problem !== undefined) return `${problem} in: ${line}`;
  }
  return undefined;
}

function lineProblem(words: readonly string[], context: ShellContext): string | undefined {
  if (words.some((word) => /[;&|<>`]/.test(word))) return 'a command that no rule knows';
  const [command, ...rest] = words;
  if (command === 'export') return /^[A-Z_]+=./.test(rest[0] ?? '') ? undefined : 'no NAME=VALUE';
  if (command === 'npm') return npmProblem(rest, context);
  if (command === 'npx' && rest[0] === '-y' && rest[1] === 'pnpm@12') {
    return pnpmProblem(rest.slice(2), context.workspace);
  }
  return 'a command that no rule knows. Put <!-- checked by: TEST --> above the block';
}

function npmProblem(
  [command = '', ...names]: readonly string[],
  { document, workspace }: ShellContext,
): string | undefined {
  if (command !== 'install') {
    const script = command === 'run' ? (names[0] ?? '') : command;
    return scriptProblem(script, document.split('/').slice(0, -1).join('/') || '.', workspace);
  }
  const ours = names.filter((name) => name.startsWith('@metering/'));
  const unknown = ours.find((name) => !workspace.published.has(name));
  return unknown === undefined ? undefined : `no published package ${unknown}`;
}

function pnpmProblem(words: readonly string[], workspace: Workspace): string | undefined {
  const [option, place = '', script = ''] = words;
  if (option === '-C') return scriptProblem(script, place, workspace);
  if (option !== '--filter') return scriptProblem(option ?? '', '.', workspace);
  const folder = workspace.folders.get(place);
  return folder === undefined ? `no package ${place}` : scriptProblem(script, folder, workspace);
}

function scriptProblem(script: string, folder: string, workspace: Workspace): string | undefined {
  if (script === 'install' || workspace.scripts.get(folder)?.has(script)) return undefined;
  return `no script ${script} in ${folder}/package.json`;
}
