import { parseArgs } from 'node:util';
import { DATA_SETS, type DataSetName } from './data-sets.ts';

export interface BenchOptions {
  readonly data: DataSetName;
  /** JSON of the records that are written and read. The event loop and the memory are watched over twice as much. */
  readonly jsonBytes: number;
  readonly compressionLevel: number;
  /** How often everything is measured, in turns, each time in a new process. */
  readonly rounds: number;
  /** How often one process runs what is timed, after a run to warm up. */
  readonly repeat: number;
  readonly go: boolean;
  readonly markdown: boolean;
  /** Fail where something asked for is missed. */
  readonly check: boolean;
}

const USAGE = `pnpm --filter @metering/benchmarks bench [options]
  --data NAME        the kind of records, default subset:
${Object.entries(DATA_SETS)
  .map(([name, about]) => `                       ${name.padEnd(10)}${about}`)
  .join('\n')}
  --megabytes N      of JSON to write and to read, default 50
  --level N          of compression, default 6
  --rounds N         of everything, in turns, default 3
  --repeat N         timed runs in each process, default 3
  --without-go       measure only ourselves
  --markdown         print the table as Markdown
  --check            exit with 1 where something asked for is missed
`;

/** What the command line asks for, or undefined where it asks for help. */
export function parseBenchOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: args.filter((argument) => argument !== '--'),
    options: {
      data: { type: 'string', default: 'subset' },
      megabytes: { type: 'string', default: '50' },
      level: { type: 'string', default: '6' },
      rounds: { type: 'string', default: '3' },
      repeat: { type: 'string', default: '3' },
      'without-go': { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return undefined;
  }
  return {
    data: dataSetName(values.data),
    jsonBytes: positive('megabytes', values.megabytes) * 1e6,
    compressionLevel: positive('level', values.level),
    rounds: positive('rounds', values.rounds),
    repeat: positive('repeat', values.repeat),
    go: !values['without-go'],
    markdown: values.markdown,
    check: values.check,
  };
}

function dataSetName(text: string): DataSetName {
  if (Object.hasOwn(DATA_SETS, text)) return text as DataSetName;
  throw new TypeError(`--data must be one of ${Object.keys(DATA_SETS).join(', ')}, got ${text}`);
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new TypeError(`--${name} must be an integer from 1, got ${text}`);
}
