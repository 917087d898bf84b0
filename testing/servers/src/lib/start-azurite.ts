import { createRequire } from 'node:module';
import { join } from 'node:path';
import { freePort, SupervisedProcess } from './supervised-process.ts';

const require = createRequire(import.meta.url);

/** Azurite, Microsoft's own stand-in for Azure Blob Storage. */
export interface RunningAzurite {
  /** With the account in its path: `http://127.0.0.1:10000/devstoreaccount1` */
  readonly endpoint: string;
  readonly accountName: string;
  readonly accountKey: string;
  stop(): Promise<void>;
}

export interface StartAzuriteOptions {
  /** A folder with `public.crt` and `private.key`: it speaks TLS, and takes OAuth tokens, unsigned ones too. */
  readonly certificates?: string | undefined;
}

/** Starts Azurite on loopback, with its data in memory. It comes with the development dependencies. */
export async function startAzurite({
  certificates,
}: StartAzuriteOptions = {}): Promise<RunningAzurite> {
  const port = await freePort();
  const accountName = 'meteringtest';
  const accountKey = Buffer.from('the key of the account for tests').toString('base64');
  const main = require.resolve('azurite/dist/src/blob/main.js');
  const server = new SupervisedProcess(
    process.execPath,
    [
      main,
      ...['--blobHost', '127.0.0.1', '--blobPort', String(port), '--inMemoryPersistence'],
      // It knows fewer versions of the protocol than the newest client speaks.
      ...['--silent', '--disableTelemetry', '--skipApiVersionCheck'],
      ...(certificates === undefined ? [] : tlsArguments(certificates)),
    ],
    { AZURITE_ACCOUNTS: `${accountName}:${accountKey}` },
  );
  const origin = `${certificates === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  try {
    await server.ready(origin);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    endpoint: `${origin}/${accountName}`,
    accountName,
    accountKey,
    stop: () => server.stop(),
  };
}

function tlsArguments(certificates: string): readonly string[] {
  return [
    ...['--cert', join(certificates, 'public.crt'), '--key', join(certificates, 'private.key')],
    ...['--oauth', 'basic'],
  ];
}
