/** An error as OSS answers it. */
export class OssFault extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const noSuchBucket = () =>
  new OssFault(404, 'NoSuchBucket', 'The specified bucket does not exist.');
export const noSuchKey = () => new OssFault(404, 'NoSuchKey', 'The specified key does not exist.');
export const invalidArgument = (message: string) => new OssFault(400, 'InvalidArgument', message);
