import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { isStorageError, type StorageProvider, stringifyJson } from '@metering/core';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

export interface UsageServer {
  readonly url: string;
  close(): void;
}

/**
 * Serves the built page and the files of a storage to this machine: `keys.json` names them, and
 * `files/{key}` is one, as it is stored.
 *
 * @param site The folder that Vite has built.
 */
export async function startUsageServer(
  storage: StorageProvider,
  site: string,
  port = 0,
): Promise<UsageServer> {
  const server = createServer(async ({ url = '/' }, response) => {
    try {
      await answer(decodeURIComponent(new URL(url, 'http://localhost').pathname), response);
    } catch (error) {
      response.writeHead(isStorageError(error, 'NOT_FOUND') ? 404 : 500).end();
    }
  });

  async function answer(path: string, response: ServerResponse): Promise<void> {
    if (path === '/keys.json') {
      const keys = [];
      for await (const { key } of storage.list({ prefix: 'metering/ru/' })) keys.push(key);
      response.setHeader('content-type', 'application/json').end(stringifyJson(keys));
    } else if (path.startsWith('/files/')) {
      const body = await storage.get(path.slice('/files/'.length));
      // No content-encoding: the page itself unpacks what is stored.
      response.setHeader('content-type', 'application/gzip').end(body);
    } else {
      await sendFile(path === '/' ? '/index.html' : path, response);
    }
  }

  /** The page and what Vite made for it, and nothing else. */
  async function sendFile(path: string, response: ServerResponse): Promise<void> {
    if (!/^\/(index\.html|assets\/[\w-]+\.(js|css))$/.test(path)) {
      response.writeHead(404).end();
      return;
    }
    const body = await readFile(join(site, path));
    response.setHeader('content-type', CONTENT_TYPES[extname(path)] ?? 'text/plain').end(body);
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${bound}/`, close: () => server.close() };
}
