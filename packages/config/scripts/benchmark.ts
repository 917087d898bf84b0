// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are inputs
import { performance } from 'node:perf_hooks';
import { ConfigError } from '@metering/core';
import { type ConfigFormat, parseConfig, parseUri } from '../src/index.ts';

/** Times what is made to be slow, 64 kB of it, and prints the slowest: `pnpm benchmark`. */
const BYTES = 64 * 1024;
const LIMIT_MS = 100;
const SHOWN = 12;

const PIECES = [
  ...[
    '[',
    '{',
    '[{',
    '{a: ',
    '? ',
    '- ',
    '-\n',
    '&a ',
    '!a ',
    '*a ',
    '!',
    '|\n',
    '>\n',
    ': ',
    ':\n',
  ],
  ...[
    'a: b: ',
    '"" ',
    '"a": ',
    "''",
    '"\\',
    '"\\"',
    '[x,',
    ',',
    ']',
    '}',
    '...\n',
    '---\n',
    '%YAML 1.2\n',
  ],
  ...[
    '#',
    '# \n',
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\ufeff',
    '\0',
    '\ud800',
    '😀',
    'a',
    'a\n',
    'a ',
    'a: |\n',
  ],
  ...[
    'a.',
    'a=',
    '[a]\n',
    '[[a]]\n',
    'a={',
    "'''",
    '"""',
    '1_',
    '1979-',
    '0',
    '9',
    '${A}',
    '${',
    '$${',
  ],
  ...['&', '?', '=', '%', '%41', '/', '//', '@', '+', ';', 'region=&', 'a=1&', '/a', 's3://'],
];

const BEFORE: Readonly<Record<ConfigFormat | 'uri', readonly string[]>> = {
  uri: [
    '',
    's3://',
    's3://b/',
    's3://b?',
    's3://b?secret-access-key=',
    'file:///',
    'file:///?prefix=',
  ],
  yaml: [
    '',
    'a: ',
    'a: "',
    "a: '",
    'a: |\n ',
    '[',
    'type: s3\nbucket: ',
    'type: s3\nbucket: b\naws:\n  ',
  ],
  json: ['', '{"a":', '"', '{"type":"s3","bucket":"', '{"type":"s3","aws":{"a":1,"b":['],
  toml: ['', 'a = ', 'a = "', 'a = """', "a = '''\n", 'a = [', 'type = "s3"\n'],
};

interface Timing {
  readonly name: string;
  readonly ms: number;
}

/** Texts that grow where a repeated piece does not. */
function series(): Readonly<Record<string, string>> {
  const grow = (line: (index: number) => string) => {
    let text = '';
    for (let index = 0; text.length < BYTES; index++) text += line(index);
    return text.slice(0, BYTES);
  };
  return {
    'different keys of YAML': grow((index) => `k${index}:\n`),
    'different keys of JSON': `{${grow((index) => `"k${index}":1,`).replace(/,[^,]*$/, '')}}`,
    'different keys of TOML': grow((index) => `k${index}=1\n`),
    'different parameters': `s3://b?${grow((index) => `k${index}=1&`)}`,
    'anchors and aliases': grow((index) => `- &a${index} *a${index - 1}\n`),
    'aliases as values': `a: &a x\n${grow((index) => `k${index}: *a\n`).slice(8)}`,
    'different tables': grow((index) => `[a.b.c.t${index}]\nx=1\n`),
    'different indentation': grow((index) => `${' '.repeat(index % 300)}a:\n`),
  };
}

async function time(format: ConfigFormat | 'uri', text: string): Promise<number> {
  const start = performance.now();
  try {
    if (format === 'uri') parseUri(text);
    else await parseConfig(text, format, { env: {} });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
  }
  return performance.now() - start;
}

/** The best of three, so that neither a cold start nor a busy machine counts. */
async function best(format: ConfigFormat | 'uri', text: string, name: string): Promise<Timing> {
  const runs = [await time(format, text), await time(format, text), await time(format, text)];
  return { name: `${format}: ${name}`, ms: Math.min(...runs) };
}

const timings: Timing[] = [];
for (const format of ['uri', 'yaml', 'json', 'toml'] as const) {
  for (const before of BEFORE[format]) {
    for (const piece of PIECES) {
      const text = before + piece.repeat(Math.floor((BYTES - before.length) / piece.length));
      timings.push(await best(format, text, JSON.stringify(`${before}${piece}…`)));
    }
  }
  for (const [name, text] of Object.entries(series())) timings.push(await best(format, text, name));
}
timings.sort((a, b) => b.ms - a.ms);
const lines = timings
  .slice(0, SHOWN)
  .map(({ name, ms }) => `${ms.toFixed(1).padStart(7)} ms  ${name}`);
process.stdout.write(`${timings.length} inputs of 64 kB, the slowest:\n${lines.join('\n')}\n`);
if (timings[0]!.ms > LIMIT_MS) process.exitCode = 1;
