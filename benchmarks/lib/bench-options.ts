import { parseArgs } from 'node:util';
import { DATA_SETS, type DataSetName } from './data-sets.ts';
import { MEASUREMENTS, type MeasurementName } from './measurements.ts';

export interface BenchOptions {
  readonly only: readonly MeasurementName[];
  readonly written: readonly DataSetName[];
  /** What is read, and all else that is done with one kind of records. */
  readonly read: DataSetName;
  /** JSON of the records that are written and read; all other sizes go with it. */
  readonly jsonBytes: number;
  /** JSON of the page that is read to see how much memory that takes. */
  readonly pageInMemoryBytes: number;
  /** How often everything is measured, in turns, each time in a new process. */
  readonly rounds: number;
  /** How often one process runs what is timed, after a run to warm up. */
  readonly repeat: number;
  readonly go: boolean;
  readonly markdown: boolean;
  /** Put the table into the README, too. */
  readonly readme: boolean;
  /** Fail where a figure is beyond its gate. */
  readonly check: boolean;
}

const USAGE = `pnpm --filter @metering/benchmarks bench [options]
  --only NAMES       some of ${Object.keys(MEASUREMENTS).join(',')}
  --data NAMES       the kinds of records. Default: write all, read subset
${Object.entries(DATA_SETS)
  .map(([name, about]) => `                       ${name.padEnd(10)}${about}`)
  .join('\n')}
  --megabytes N      of JSON to write and to read, default 50
  --rounds N         of everything, in turns, default 3
  --repeat N         timed runs in each process, default 3
  --without-go       measure only ourselves
  --markdown         print the table as Markdown
  --readme           put it into the README, too
  --check            measure less, and exit with 1 where a figure is beyond what CI allows
`;

const DEFAULTS = { only: Object.keys(MEASUREMENTS).join(), megabytes: '50', repeat: '3' };
/** What two minutes allow. */
const CHECK_DEFAULTS = { only: 'write,read,small,memory', megabytes: '16', repeat: '2' };
/** Of a smaller page it would not show whether it is held whole. */
const CHECKED_PAGE_BYTES = 50e6;

/** What the command line asks for, or undefined where it asks for help. */
export function parseBenchOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: args.filter((argument) => argument !== '--'),
    options: {
      only: { type: 'string' },
      data: { type: 'string' },
      megabytes: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      repeat: { type: 'string' },
      'without-go': { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      readme: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return undefined;
  }
  const defaults = values.check ? CHECK_DEFAULTS : DEFAULTS;
  const data = values.data === undefined ? undefined : namesIn('data', values.data, DATA_SETS);
  const jsonBytes = positive('megabytes', values.megabytes ?? defaults.megabytes) * 1e6;
  return {
    only: namesIn('only', values.only ?? defaults.only, MEASUREMENTS),
    written: data ?? namesIn('data', Object.keys(DATA_SETS).join(), DATA_SETS),
    read: data?.[0] ?? 'subset',
    jsonBytes,
    pageInMemoryBytes: values.check ? CHECKED_PAGE_BYTES : jsonBytes,
    rounds: positive('rounds', values.rounds),
    repeat: positive('repeat', values.repeat ?? defaults.repeat),
    go: !values['without-go'],
    markdown: values.markdown,
    readme: values.readme,
    check: values.check,
  };
}

function namesIn<Name extends string>(
  option: string,
  text: string,
  known: Readonly<Record<Name, unknown>>,
): Name[] {
  return text.split(',').map((name) => {
    if (Object.hasOwn(known, name)) return name as Name;
    throw new TypeError(`--${option} takes some of ${Object.keys(known).join(', ')}, not ${name}`);
  });
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new TypeError(`--${name} must be an integer from 1, got ${text}`);
}
