import { defineConfig } from 'vite';

/** Within this workspace packages are bundled from their source. An application of yours needs no conditions. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: { conditions: ['@metering/source'] },
  build: { target: 'es2023', emptyOutDir: true },
});
