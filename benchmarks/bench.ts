/** `pnpm --filter @metering/benchmarks bench`: how fast we write and read, beside Go. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchContext } from './lib/bench-context.ts';
import { type BenchOptions, parseBenchOptions } from './lib/bench-options.ts';
import { buildChildProcesses } from './lib/child-process.ts';
import { buildGoProgram, type GoProgram } from './lib/go-program.ts';
import type { Measurement, Row } from './lib/measurement.ts';
import { MEASUREMENTS } from './lib/measurements.ts';
import { showInReadme } from './lib/readme-result.ts';
import { RecordStore } from './lib/record-store.ts';
import { formatTable, regressionsOf } from './lib/table.ts';

const options = parseBenchOptions(process.argv.slice(2));
if (options !== undefined) await bench(options);

async function bench(options: BenchOptions): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'metering-bench-'));
  try {
    const children = await buildChildProcesses(scratch);
    const go = options.go ? await buildGoProgram(scratch) : undefined;
    if (options.check && options.go && go === undefined) {
      throw new Error(
        '--check compares with Go, which does not run here; --without-go checks the rest',
      );
    }
    const description = describeRun(options, go);
    console.log(description);
    const records = new RecordStore(children, scratch);
    const rows = await measureAll({ options, children, go, records, scratch });
    await report(options, description, rows);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Everything in turns, so that what disturbs the machine disturbs all alike. */
async function measureAll(context: BenchContext): Promise<Row[]> {
  const { only, rounds } = context.options;
  const measurements: Measurement[] = [];
  for (const name of only) measurements.push(...(await MEASUREMENTS[name](context)));
  for (let round = 1; round <= rounds; round++) {
    for (const measurement of measurements) {
      console.error(`round ${round} of ${rounds}: ${measurement.what}`);
      await measurement.run();
    }
  }
  return measurements.flatMap((measurement) => measurement.rows());
}

async function report(
  { markdown, readme, check }: BenchOptions,
  description: string,
  rows: readonly Row[],
): Promise<void> {
  console.log(`\n${formatTable(rows, markdown)}`);
  if (readme) await showInReadme(description, formatTable(rows, true));
  if (!check) return;
  const regressions = regressionsOf(rows);
  for (const regression of regressions) console.error(`\nslower than CI allows: ${regression}`);
  if (regressions.length > 0) process.exitCode = 1;
}

function describeRun(options: BenchOptions, go: GoProgram | undefined): string {
  const { jsonBytes, rounds, repeat } = options;
  const peer = go?.version ?? (options.go ? 'no Go, which is not installed' : 'no Go, as asked');
  const load = loadavg()[0]?.toFixed(1);
  return [
    `${jsonBytes / 1e6} MB of JSON, level 6, ${rounds} rounds of ${repeat} runs each`,
    `node ${process.version}, ${peer}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}, a load of ${load} before`,
  ].join('\n');
}
