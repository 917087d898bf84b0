import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';

/** What the packages' sources import. */
export interface ImportGraph {
  /** Broken rules, a line each: `rule: from → to`. */
  readonly violations: readonly string[];
  /** `writer → core` for each package that imports from another one, sorted. */
  readonly arrows: readonly string[];
}

const RULES: IForbiddenRuleType[] = [
  { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
  {
    name: "another package's lib is private",
    severity: 'error',
    from: { path: '^packages/([^/]+)/' },
    to: { path: '^packages/[^/]+/src/lib/', pathNot: '^packages/$1/' },
  },
  {
    name: 'core imports no other package',
    severity: 'error',
    from: { path: '^packages/core/' },
    to: { pathNot: '^packages/core/src/' },
  },
  {
    name: 'a public entry re-exports; lib never imports it',
    severity: 'error',
    from: { path: '^packages/([^/]+)/src/lib/' },
    to: { path: '^packages/$1/src/[^/]+\\.ts$' },
  },
];

/** Reads the imports, also those of types alone, of the sources of every package of a workspace. */
export async function importGraph(workspace: string): Promise<ImportGraph> {
  const { output } = await cruise(
    ['packages'],
    {
      baseDir: workspace,
      includeOnly: '^packages/[^/]+/src/',
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: true,
      validate: true,
      ruleSet: { forbidden: RULES },
    },
    { extensions: ['.ts'], conditionNames: ['@metering/source'], exportsFields: ['exports'] },
  );
  const { modules, summary } = output as ICruiseResult;
  const arrows = modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => [packageOf(source), packageOf(resolved)] as const),
  );
  const across = arrows.filter(([from, to]) => from !== to).map(([from, to]) => `${from} → ${to}`);
  return {
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    arrows: [...new Set(across)].sort(),
  };
}

function packageOf(path: string): string {
  return path.split('/')[1] ?? path;
}
