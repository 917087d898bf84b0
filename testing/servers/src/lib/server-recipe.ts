/** Where a real server comes from and how it is started: data, one for each server. */
export interface ServerRecipe {
  readonly name: string;
  /**
   * The environment's variable for a server that runs already: `http://key:secret@host:port`, without
   * keys where the server knows none.
   */
  readonly endpointVariable: string;
  /** What the program is called on PATH. */
  readonly command: string;
  /** The Go module to build, with its pinned version. */
  readonly goPackage: string;
  /** Arguments and environment to serve `folder` on `127.0.0.1:port`. */
  start(place: ServerPlace): ServerStart;
  /** A path that answers once the server is up; any HTTP status but 5xx counts. */
  readonly readyPath: string;
}

/** Where a server may put its data and what it must listen on. */
export interface ServerPlace {
  readonly folder: string;
  readonly port: number;
  /** A server that lets everyone in has no use for the keys. */
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** A folder with `public.crt` and `private.key`, to serve TLS. */
  readonly certificates?: string | undefined;
  /** The region that it says it is in. */
  readonly region?: string | undefined;
}

export interface ServerStart {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** MinIO: S3 and STS. Archived upstream, so pinned to its last version. */
export const minio: ServerRecipe = {
  name: 'minio',
  endpointVariable: 'METERING_TEST_MINIO',
  command: 'minio',
  goPackage: 'github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c',
  readyPath: '/minio/health/live',
  start: ({ folder, port, accessKeyId, secretAccessKey, certificates, region }) => ({
    args: [
      'server',
      ...(certificates === undefined ? [] : ['--certs-dir', certificates]),
      ...['--address', `127.0.0.1:${port}`, '--quiet', folder],
    ],
    env: {
      MINIO_ROOT_USER: accessKeyId,
      MINIO_ROOT_PASSWORD: secretAccessKey,
      MINIO_UPDATE: 'off',
      MINIO_BROWSER: 'off',
      ...(region === undefined ? {} : { MINIO_SITE_REGION: region }),
    },
  }),
};

/**
 * versitygw: S3 on a folder. By default it gives an object that is being replaced a second, temporary
 * name in the same folder, which a listing shows; without O_TMPFILE it prepares objects elsewhere.
 */
export const versitygw: ServerRecipe = {
  name: 'versitygw',
  endpointVariable: 'METERING_TEST_VERSITYGW',
  command: 'versitygw',
  goPackage: 'github.com/versity/versitygw/cmd/versitygw@v1.8.0',
  readyPath: '/',
  start: ({ folder, port, accessKeyId, secretAccessKey }) => ({
    args: ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', '--disableotmp', folder],
    env: { ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey },
  }),
};

/** fake-gcs-server: Google Cloud Storage, in memory. It lets everyone in. */
export const fakeGcs: ServerRecipe = {
  name: 'fake-gcs-server',
  endpointVariable: 'METERING_TEST_GCS',
  command: 'fake-gcs-server',
  goPackage: 'github.com/fsouza/fake-gcs-server@v1.56.1',
  readyPath: '/_internal/healthcheck',
  start: ({ port }) => ({
    args: [
      ...['-scheme', 'http', '-host', '127.0.0.1', '-port', String(port)],
      ...['-backend', 'memory', '-public-host', `127.0.0.1:${port}`],
    ],
    env: {},
  }),
};
