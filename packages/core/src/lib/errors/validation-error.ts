import { MeteringError } from './metering-error.ts';

/** What is wrong at one place of the data. */
export type ValidationIssueCode =
  | 'REQUIRED'
  | 'WRONG_TYPE'
  | 'OUT_OF_RANGE'
  | 'NOT_AN_INTEGER'
  | 'NOT_A_MINUTE'
  | 'LOOKS_LIKE_MILLISECONDS'
  | 'INVALID_CHARACTER'
  | 'TOO_LONG'
  | 'NOT_ONE_OF'
  | 'NOT_JSON'
  | 'CIRCULAR'
  | 'TOO_DEEP';

/** One thing that is wrong with a value, and where. */
export interface ValidationIssue {
  /** Where: `selfId`, `data[3].compute_seconds.value`, `metadata["a b"]`. */
  readonly path: string;
  readonly code: ValidationIssueCode;
  /** What was found and what was expected. */
  readonly message: string;
}

/** What a `ValidationError` is made of. */
export interface ValidationErrorInit {
  readonly message: string;
  /** The first 100. */
  readonly issues: readonly ValidationIssue[];
  /** How many there are in all. Default: as many as `issues`. */
  readonly issueCount?: number | undefined;
}

/** The data given breaks the rules; nothing of it was stored. Every finding is in `issues`. */
export class ValidationError extends MeteringError {
  declare readonly code: 'INVALID_INPUT';
  /** The first 100 findings, in the order of the data. */
  declare readonly issues: readonly ValidationIssue[];
  /** How many findings there are in all. */
  declare readonly issueCount: number;

  constructor(init: ValidationErrorInit) {
    const counted = { ...init, issueCount: init.issueCount ?? init.issues.length };
    super({ ...counted, name: 'ValidationError', code: 'INVALID_INPUT', retryable: false });
  }
}
