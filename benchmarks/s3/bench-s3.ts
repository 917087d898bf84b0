/** `pnpm --filter @metering/benchmarks bench:s3`: one request a page, beside a bare client and beside Go. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createS3Storage } from '@metering/storage-s3';
import { minio, type RunningServer, startServer } from '@metering/testing-servers';
import { newS3Bucket, type S3Bucket } from '@metering/testing-servers/s3';
import pLimit from 'p-limit';

const OBJECTS = 1000;
const OBJECT_BYTES = 100_000;
const CONCURRENCY = 16;
const ROUNDS = 5;

/** Milliseconds to write and to read all objects. */
interface Times {
  readonly write: number;
  readonly read: number;
}

/** Somebody who writes and reads the objects in a bucket that is empty. */
type Contender = (bucket: S3Bucket) => Promise<Times>;

const run = promisify(execFile);
const body = randomBytes(OBJECT_BYTES);
const keys = Array.from({ length: OBJECTS }, (_, i) => `page/${i}`);

const server = await startServer(minio);
if ('missing' in server) throw new Error(server.missing);
const scratch = await mkdtemp(join(tmpdir(), 'metering-bench-s3-'));
try {
  await bench(server);
} finally {
  await server.stop();
  await rm(scratch, { recursive: true });
}

async function bench(server: RunningServer): Promise<void> {
  const go = await goContender();
  const contenders: Record<string, Contender> = {
    ours,
    'bare client-s3': bareContender(false),
    'client-s3, HEAD first': bareContender(true),
    ...(go && {
      'Go, HEAD first': go(CONCURRENCY),
      'Go, HEAD first, one at a time': go(1),
    }),
  };
  const rounds: Record<string, Times>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const times: Record<string, Times> = {};
    for (const [name, contender] of Object.entries(contenders)) {
      times[name] = await contender(await newS3Bucket(server));
    }
    rounds.push(times);
  }
  report(Object.keys(contenders), rounds);
}

async function ours(bucket: S3Bucket): Promise<Times> {
  await using storage = createS3Storage({ ...bucket, concurrency: CONCURRENCY });
  return await time(
    (key) => storage.put(key, body, { mode: 'create' }),
    (key) => storage.get(key),
  );
}

/** The client as it is, perhaps with a HEAD before each request, as the Go SDK makes it. */
function bareContender(headFirst: boolean): Contender {
  return async ({ bucket, ...connection }) => {
    const client = new S3Client(connection);
    const head = async (key: string) => {
      if (!headFirst) return;
      const command = new HeadObjectCommand({ Bucket: bucket, Key: key });
      await client.send(command).catch(() => undefined);
    };
    const times = await time(
      async (key) => {
        await head(key);
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
      },
      async (key) => {
        await head(key);
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        await Body?.transformToByteArray();
      },
    );
    client.destroy();
    return times;
  };
}

/** Undefined where Go is not installed. */
async function goContender(): Promise<((concurrency: number) => Contender) | undefined> {
  const program = join(scratch, 's3bench');
  const cwd = fileURLToPath(new URL('./go', import.meta.url));
  const built = await run('go', ['build', '-o', program, '.'], { cwd }).then(
    () => true,
    () => false,
  );
  if (!built) return undefined;
  return (concurrency) =>
    async ({ bucket, endpoint, credentials }) => {
      const { accessKeyId, secretAccessKey } = credentials;
      const numbers = [OBJECTS, OBJECT_BYTES, concurrency].map(String);
      const args = [endpoint, accessKeyId, secretAccessKey, bucket, ...numbers];
      const { stdout } = await run(program, args);
      return JSON.parse(stdout);
    };
}

async function time(
  write: (key: string) => Promise<unknown>,
  read: (key: string) => Promise<unknown>,
): Promise<Times> {
  return { write: await timeAll(write), read: await timeAll(read) };
}

async function timeAll(call: (key: string) => Promise<unknown>): Promise<number> {
  const limit = pLimit(CONCURRENCY);
  const started = performance.now();
  await Promise.all(keys.map((key) => limit(() => call(key))));
  return performance.now() - started;
}

function report(names: readonly string[], rounds: readonly Record<string, Times>[]): void {
  console.log(
    `${OBJECTS} objects of ${OBJECT_BYTES} bytes, ${CONCURRENCY} at once, MinIO on loopback`,
  );
  console.log(`node ${process.version}, medians of ${ROUNDS} rounds in turns\n`);
  console.log('| | write objects/s | MB/s | read objects/s | MB/s | ours is, writing | reading |');
  console.log('|---|---|---|---|---|---|---|');
  for (const name of names) {
    const cells = (['write', 'read'] as const).map((kind) => {
      const perSecond = (OBJECTS / median(rounds.map((round) => round[name]![kind]))) * 1000;
      return `${perSecond.toFixed(0)} | ${((perSecond * OBJECT_BYTES) / 1e6).toFixed(0)}`;
    });
    const ratios = (['write', 'read'] as const).map((kind) =>
      median(rounds.map((round) => round[name]![kind] / round.ours![kind])).toFixed(2),
    );
    console.log(`| ${name} | ${cells.join(' | ')} | ${ratios.join('× | ')}× |`);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
