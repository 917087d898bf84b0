import { defineConfig, type Options } from 'tsup';

/**
 * Nothing but the names of constants becomes their numbers: for a constant of a module V8 goes to memory each time,
 * which takes half of the time of a loop over bits.
 */
export const CONSTANTS_IN_PLACE: Options = {
  minify: 'terser',
  terserOptions: {
    compress: { defaults: false, evaluate: true, reduce_vars: true, toplevel: true, passes: 3 },
    mangle: false,
    format: { beautify: true, comments: 'all', preserve_annotations: true },
    sourceMap: true,
  },
};

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
  ...CONSTANTS_IN_PLACE,
  removeNodeProtocol: false,
  external: [/^node:/],
});
