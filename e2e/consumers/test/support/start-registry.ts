import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { run } from './run.ts';

/** A registry of npm on loopback, of a few packages and nothing else. */
export interface RunningRegistry {
  readonly url: string;
  stop(): Promise<void>;
}

interface PublishedPackage {
  readonly manifest: { readonly name: string; readonly version: string };
  readonly tarball: Buffer;
}

/** Publishes tarballs: each is the one version of its package. */
export async function startRegistry(tarballs: readonly string[]): Promise<RunningRegistry> {
  const published = new Map<string, PublishedPackage>();
  for (const path of tarballs) {
    const tarball = await readFile(path);
    const text = await run('tar', ['-xzOf', path, 'package/package.json'], { cwd: '/' });
    const manifest = JSON.parse(text);
    published.set(manifest.name, { manifest, tarball });
  }
  const server = http.createServer(({ url = '/', headers }, response) => {
    const [, name = '', file] = /^\/(@[^/]+\/[^/]+)(\/.*)?$/.exec(decodeURIComponent(url)) ?? [];
    const found = published.get(name);
    if (found === undefined) response.writeHead(404).end('{}');
    else if (file === undefined) response.end(describe(found, `http://${headers.host}`));
    else response.end(found.tarball);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const stop = async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  };
  return { url, stop };
}

/** What a registry says of a package. */
function describe({ manifest, tarball }: PublishedPackage, origin: string): string {
  const { name, version } = manifest;
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const dist = { tarball: `${origin}/${name}/${version}.tgz`, integrity };
  return JSON.stringify({
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { ...manifest, dist } },
  });
}
