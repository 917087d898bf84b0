import {
  type MissingServer,
  minio,
  type RunningServer,
  startServer,
  versitygw,
} from '@metering/testing-servers';
import type { TestProject } from 'vitest/node';

/** A server as tests see it, or why there is none. */
export type TestServer = Omit<RunningServer, 'stop'> | MissingServer;

declare module 'vitest' {
  export interface ProvidedContext {
    servers: readonly TestServer[];
  }
}

/** Starts MinIO and versitygw, and stops them after the last test. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await Promise.all([startServer(minio), startServer(versitygw)]);
  project.provide(
    'servers',
    servers.map((server) => {
      if ('missing' in server) return server;
      const { stop: _, ...rest } = server;
      return rest;
    }),
  );
  return async () => {
    await Promise.all(servers.map((server) => ('stop' in server ? server.stop() : undefined)));
  };
}
