import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './find-program.ts';
import type { ServerRecipe } from './server-recipe.ts';
import { freePort, SupervisedProcess } from './supervised-process.ts';

/** A real server to test against. */
export interface RunningServer {
  readonly name: string;
  /** `http://127.0.0.1:9100` */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  stop(): Promise<void>;
}

/** Why there is no server to test against. */
export interface MissingServer {
  readonly name: string;
  readonly missing: string;
}

export interface StartServerOptions {
  /** A folder with `public.crt` and `private.key`: the server speaks TLS. */
  readonly certificates?: string | undefined;
  /** The region that it says it is in. Default: none in particular. */
  readonly region?: string | undefined;
}

/**
 * A server from the environment, from PATH or built with Go, in this order, on loopback and in a
 * temporary folder. Where there is none the tests are to be skipped with the reason given; with
 * `CI=true` that is an error instead.
 */
export async function startServer(
  recipe: ServerRecipe,
  options: StartServerOptions = {},
): Promise<RunningServer | MissingServer> {
  const given = process.env[recipe.endpointVariable];
  if (given !== undefined && Object.keys(options).length === 0) return fromUrl(recipe, given);
  const program = await findProgram(recipe);
  if (program !== undefined) return launch(recipe, program, options);
  const missing = `no ${recipe.name}: set ${recipe.endpointVariable}, put ${recipe.command} on PATH, or install Go to build it`;
  if (process.env.CI === 'true') throw new Error(missing);
  return { name: recipe.name, missing };
}

function fromUrl(recipe: ServerRecipe, given: string): RunningServer {
  const url = new URL(given);
  return {
    name: recipe.name,
    endpoint: url.origin,
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    stop: async () => undefined,
  };
}

async function launch(
  recipe: ServerRecipe,
  program: string,
  { certificates, region }: StartServerOptions,
): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), `metering-${recipe.name}-`));
  const port = await freePort();
  const keys = { accessKeyId: 'metering-root', secretAccessKey: 'metering-root-secret' };
  const { args, env } = recipe.start({ folder, port, certificates, region, ...keys });
  const server = new SupervisedProcess(program, args, env);
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const endpoint = `${certificates === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  try {
    await server.ready(endpoint + recipe.readyPath);
  } catch (error) {
    await stop();
    throw error;
  }
  return { name: recipe.name, endpoint, ...keys, stop };
}
