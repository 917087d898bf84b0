import type { ExampleStore } from './example-store.ts';

export const localFolder: ExampleStore = {
  name: 'a folder',
  newEnvironment: async (folder) => ({
    METERING_STORAGE_URI: `file://${folder}/usage`,
    STORAGE_SECRET: 'secret',
    STORAGE_FOLDER: `${folder}/usage`,
  }),
  stop: async () => undefined,
};
