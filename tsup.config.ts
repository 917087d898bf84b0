import { defineConfig } from 'tsup';

/** One build for every package: `tsup --config ../../tsup.config.ts` in its folder. */
export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm'],
  platform: 'neutral',
  target: 'es2023',
  dts: true,
  clean: true,
  sourcemap: true,
  removeNodeProtocol: false,
  external: [/^node:/],
});
