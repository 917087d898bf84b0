// Apart from the servers, which a runner's global setup starts: it has no tests, and reads no sources.
export { type FaultCaseOptions, runFaultCases } from './lib/run-fault-cases.ts';
export { type MeteringCaseOptions, runMeteringCases } from './lib/run-metering-cases.ts';
export { type ObserverCaseOptions, runObserverCases } from './lib/run-observer-cases.ts';
