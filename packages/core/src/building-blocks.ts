/**
 * `@metering/core/building-blocks`: what providers, writers and readers are made of. A provider's author may
 * want `checkOptionNames`, `readBody`, `renewing`, `reportRetry`; an application needs nothing of it.
 *
 * @module
 */
export { describeValue, messageOf } from './lib/describe-value.ts';
export { MAX_JSON_BYTES } from './lib/json/max-json-bytes.ts';
export { identifierProblem, selfIdProblem } from './lib/keys/identifier.ts';
export { META_PREFIX, metaTypeProblem } from './lib/keys/meta-key.ts';
export { FILE_SUFFIX, joinMeteringKey, METERING_PREFIX } from './lib/keys/metering-key.ts';
export { minuteProblem, modifyTsProblem } from './lib/keys/timestamp.ts';
export { compareUtf8 } from './lib/keys/utf8.ts';
export { checkFunction, checkObservers, reportRetry } from './lib/observers.ts';
export {
  checkOptionNames,
  listNames,
  type OptionNames,
  unknownNames,
} from './lib/option-names.ts';
export { abortable, delay } from './lib/storage/abortable.ts';
export { isBrokenTls, networkProblem } from './lib/storage/network-problem.ts';
export { MAX_KEY_BYTES, objectKeyProblem } from './lib/storage/object-key.ts';
export { type ReadBodyOptions, type ResponseBody, readBody } from './lib/storage/read-body.ts';
export { type Expiring, type RenewingOptions, renewing } from './lib/storage/renewing.ts';
export { toStorageError } from './lib/storage/to-storage-error.ts';
export {
  isMetric,
  isMetricValue,
  isPlainObject,
  JsonChecker,
  type JsonRules,
  MAX_JSON_DEPTH,
  MAX_METRIC_VALUE,
} from './lib/validation/check-json.ts';
export { IssueList } from './lib/validation/issue-list.ts';
export { checkMeteringHeader } from './lib/validation/metering-data.ts';
export type { Problem } from './lib/validation/problem.ts';
