/** `pnpm api [--write]`: holds what every package exports to its report in `etc/`. Build first. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { exportedTypes, reportsOfNothing } from './lib/exported-types.ts';

const WORKSPACE = join(import.meta.dirname, '..');
const REPORTS = join(WORKSPACE, 'etc');
const write = process.argv.includes('--write');
const temporary = join(WORKSPACE, 'node_modules', '.api');
mkdirSync(temporary, { recursive: true });
mkdirSync(REPORTS, { recursive: true });

const exported = readdirSync(join(WORKSPACE, 'packages')).flatMap((name) =>
  exportedTypes(join(WORKSPACE, 'packages', name)),
);
const changed = exported.filter(
  ({ folder, types, report }) => !isAsReported(folder, types, report),
);
if (changed.length > 0) {
  const reports = changed.map(({ report }) => `etc/${report}.api.md`).join(', ');
  console.error(`The public API differs from ${reports}: review it, then run pnpm api --write.`);
  process.exitCode = 1;
}
for (const file of reportsOfNothing(readdirSync(REPORTS), exported)) {
  if (write) rmSync(join(REPORTS, file));
  else {
    console.error(
      `etc/${file} reports an entry point that is gone: review it, then run pnpm api --write.`,
    );
    process.exitCode = 1;
  }
}

/** Compares an entry point's types with its report, or writes that. */
function isAsReported(folder: string, types: string, report: string): boolean {
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: join(folder, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: types,
      compiler: { tsconfigFilePath: join(folder, 'tsconfig.json') },
      apiReport: {
        enabled: true,
        reportFileName: report,
        reportFolder: REPORTS,
        reportTempFolder: temporary,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } } },
    },
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: write,
    messageCallback: (message) => {
      message.handled ||= message.logLevel !== ExtractorLogLevel.Error;
    },
  });
  console.log(
    `${basename(folder)}: ${succeeded ? 'as reported' : 'CHANGED'} (etc/${report}.api.md)`,
  );
  return succeeded;
}
