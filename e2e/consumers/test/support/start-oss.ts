import { OssDouble } from '@metering/testing-oss-double';
import { type NamedStore, newBucketName } from './stores.ts';

/** A store on the double of OSS, which runs in the tests' own process. */
export interface RunningOss {
  readonly store: NamedStore;
  stop(): Promise<void>;
}

export async function startOss(): Promise<RunningOss> {
  const account = { accessKeyId: 'LTAI5tConsumers', accessKeySecret: 'the secret of consumers' };
  const double = await OssDouble.start({ region: 'cn-hangzhou', accounts: [account] });
  const bucket = newBucketName();
  double.buckets.create(bucket);
  const parameters = {
    endpoint: double.endpoint,
    'region-id': 'cn-hangzhou',
    'access-key': account.accessKeyId,
    'secret-access-key': account.accessKeySecret,
  };
  const store = { name: 'oss', scheme: 'oss', bucket, parameters };
  return { store, stop: () => double.stop() };
}
