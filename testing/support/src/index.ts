export { nextMessage } from './lib/next-message.ts';
export { FROM_SOURCE, type RunFromSourceOptions, runFromSource } from './lib/run-from-source.ts';
export { temporaryFolder } from './lib/temporary-folder.ts';
