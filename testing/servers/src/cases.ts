// Apart from the servers, which a runner's global setup starts: it has no tests, and reads no sources.
export { expectOneWinner } from './lib/expect-one-winner.ts';
export { type ClientCaseOptions, runClientCases } from './lib/run-client-cases.ts';
export { type FaultCaseOptions, runFaultCases } from './lib/run-fault-cases.ts';
export { type MeteringCaseOptions, runMeteringCases } from './lib/run-metering-cases.ts';
export { type ObserverCaseOptions, runObserverCases } from './lib/run-observer-cases.ts';
export { callStorage, operations, storageFailure } from './lib/storage-calls.ts';
