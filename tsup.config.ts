import { defineConfig } from 'tsup';

/** One build for every package: `tsup --config ../../tsup.config.ts` in its folder. */
export default defineConfig({
  // index.ts, and beside it what else `exports` names. They share their modules.
  entry: ['src/*.ts'],
  format: ['esm'],
  platform: 'neutral',
  target: 'es2023',
  // `Symbol.asyncDispose` is no part of any ES yet. Node's types bring it, a browser's do not.
  dts: { banner: '/// <reference lib="esnext.disposable" />' },
  clean: true,
  sourcemap: true,
  removeNodeProtocol: false,
  external: [/^node:/],
});
