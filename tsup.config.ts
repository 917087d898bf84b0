import { defineConfig } from 'tsup';

/** One build for every package: `tsup --config ../../tsup.config.ts` in its folder. */
export default defineConfig({
  // index.ts, and beside it what else `exports` names. They share their modules.
  entry: ['src/*.ts'],
  format: ['esm'],
  platform: 'neutral',
  target: 'es2023',
  dts: true,
  clean: true,
  sourcemap: true,
  removeNodeProtocol: false,
  external: [/^node:/],
});
