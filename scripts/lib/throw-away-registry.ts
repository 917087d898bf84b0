import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** A registry of npm on loopback. */
export interface Registry {
  /** Makes npm and pnpm use it, also to publish. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const VERDACCIO = join(import.meta.dirname, '../node_modules/.bin/verdaccio');

/** Starts verdaccio: it keeps our packages in a folder, and passes on what others ask for. */
export async function startRegistry(folder: string): Promise<Registry> {
  mkdirSync(folder);
  const port = await freePort();
  const config = join(folder, 'config.yaml');
  writeFileSync(config, configOf(folder));
  const child = spawn(VERDACCIO, ['--config', config, '--listen', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${port}/`;
  const stop = async () => {
    child.kill();
    await exited;
  };
  await Promise.race([answers(`${url}-/ping`), exited.then(failToStart)]).catch(async (error) => {
    await stop();
    throw error;
  });
  // Anyone may publish, but npm wants to see a token.
  const userConfig = join(folder, 'npmrc');
  writeFileSync(userConfig, `registry=${url}\n//127.0.0.1:${port}/:_authToken=anyone\n`);
  const environment = {
    npm_config_registry: url,
    npm_config_userconfig: userConfig,
    // Where a release is signed: not here.
    npm_config_provenance: 'false',
  };
  return { environment, stop };
}

/** Ours are found here and nowhere else, whatever is published under these names elsewhere. */
function configOf(folder: string): string {
  const elsewhere = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  return JSON.stringify({
    storage: join(folder, 'packages'),
    uplinks: { elsewhere: { url: elsewhere } },
    packages: {
      '@metering/*': { access: '$all', publish: '$all' },
      '**': { access: '$all', proxy: 'elsewhere' },
    },
    log: { type: 'stdout', level: 'warn' },
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { readonly port: number };
  await once(server.close(), 'close');
  return port;
}

/** Resolves once a URL is answered. */
async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No answer from ${url}`);
}

function failToStart(): never {
  throw new Error('verdaccio ended before it answered');
}
