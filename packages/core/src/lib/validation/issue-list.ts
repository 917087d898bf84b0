import {
  ValidationError,
  type ValidationIssue,
  type ValidationIssueCode,
} from '../errors/validation-error.ts';
import type { Problem } from './problem.ts';

/** How many findings an error carries at the most. */
const KEPT_ISSUES = 100;
/** How many of them its message spells out. */
const NAMED_ISSUES = 3;

/** Collects findings, so that one error tells all of them. Bounded, however many there are. */
export class IssueList {
  readonly #kept: ValidationIssue[] = [];
  #count = 0;

  /** How many findings so far. */
  get count(): number {
    return this.#count;
  }

  /** Adds a finding; beyond the first 100 it is only counted. */
  add(path: string, code: ValidationIssueCode, message: string): void {
    this.#count += 1;
    if (this.#kept.length < KEPT_ISSUES) this.#kept.push({ path, code, message });
  }

  /** Adds the problem, if there is one. */
  addProblem(path: string, problem: Problem | undefined): void {
    if (problem !== undefined) this.add(path, problem.code, problem.message);
  }

  /** The findings as one error, or undefined where there are none. `what` begins its message. */
  toError(what: string): ValidationError | undefined {
    if (this.#count === 0) return undefined;
    const issues = [...this.#kept];
    const named = issues.slice(0, NAMED_ISSUES).map(({ path, message }) => `${path}: ${message}`);
    const rest = this.#count - named.length;
    const message = `${what}: ${named.join('; ')}${rest > 0 ? ` (and ${rest} more)` : ''}`;
    return new ValidationError({ message, issues, issueCount: this.#count });
  }

  /** @throws ValidationError with every finding, if there is one. */
  throwIfAny(what: string): void {
    const error = this.toError(what);
    if (error !== undefined) throw error;
  }
}
