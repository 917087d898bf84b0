/** Somewhere that examples run on: what a user would set in the environment to point them there. */
export interface ExampleStore {
  readonly name: string;
  /** Why there is none. */
  readonly missing?: string | undefined;
  /** For a new, empty bucket or folder. */
  newEnvironment(folder: string): Promise<Readonly<Record<string, string>>>;
  stop(): Promise<void>;
}
