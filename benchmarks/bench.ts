/** `pnpm --filter @metering/benchmarks bench`: how fast we write and read, beside Go. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchOptions, parseBenchOptions } from './lib/bench-options.ts';
import { buildChildProcesses } from './lib/child-process.ts';
import { buildGoProgram, type GoProgram } from './lib/go-program.ts';
import type { Row } from './lib/measurement.ts';
import { type BenchContext, prepareMeasurements } from './lib/measurements.ts';
import { formatTable } from './lib/table.ts';

const options = parseBenchOptions(process.argv.slice(2));
if (options !== undefined) await bench(options);

async function bench(options: BenchOptions): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'metering-bench-'));
  try {
    const children = await buildChildProcesses(scratch);
    const go = options.go ? await buildGoProgram(scratch) : undefined;
    console.log(describeRun(options, go));
    const rows = await measureAll({ options, children, go, scratch });
    console.log(`\n${formatTable(rows, options.markdown)}`);
    const missed = rows.filter((row) => row.ask?.passed === false);
    if (options.check && missed.length > 0) process.exitCode = 1;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Everything in turns, so that what disturbs the machine disturbs all alike. */
async function measureAll(context: BenchContext): Promise<Row[]> {
  const measurements = await prepareMeasurements(context);
  const { rounds } = context.options;
  for (let round = 1; round <= rounds; round++) {
    for (const measurement of measurements) {
      console.error(`round ${round} of ${rounds}: ${measurement.what}`);
      await measurement.run();
    }
  }
  return measurements.map((measurement) => measurement.row());
}

function describeRun(options: BenchOptions, go: GoProgram | undefined): string {
  const { data, jsonBytes, compressionLevel, rounds, repeat } = options;
  const peer = go?.version ?? (options.go ? 'no Go, which is not installed' : 'no Go, as asked');
  return [
    `${jsonBytes / 1e6} MB of JSON, "${data}" records, level ${compressionLevel}, ${rounds} × ${repeat} runs`,
    `node ${process.version}, ${peer}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}`,
  ].join('\n');
}
