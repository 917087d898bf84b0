import { describe, expect, it } from 'vitest';
import { summarizeTests } from '../lib/test-summary.ts';

const GREEN = { passed: 3, failed: [], skipped: [] };

describe('summarizeTests', () => {
  it('adds up the packages and ends with the counts alone', () => {
    const core = { name: '@metering/core', results: GREEN };
    const writer = { name: '@metering/writer', results: { ...GREEN, passed: 4 } };
    const summary = summarizeTests([core, writer], true);
    expect(summary.ok).toBe(true);
    expect(summary.lines).toEqual([
      '@metering/core    3 passed, 0 failed',
      '@metering/writer  4 passed, 0 failed',
      '',
      '7 passed, 0 failed',
    ]);
  });

  it('names what failed, and fails', () => {
    const results = { ...GREEN, failed: ['writes > a page'] };
    const summary = summarizeTests([{ name: 'writer', results }], false);
    expect(summary.ok).toBe(false);
    expect(summary.lines).toContain('  failed   writes > a page');
    expect(summary.lines.at(-1)).toBe('3 passed, 1 failed');
  });

  it('names what was skipped, with the reason that the test gave', () => {
    const skipped = [{ name: 'agrees with Go', reason: 'Go is not installed' }, { name: 'later' }];
    const summary = summarizeTests([{ name: 'interop', results: { ...GREEN, skipped } }], true);
    expect(summary.ok).toBe(true);
    expect(summary.lines).toContain('  skipped  agrees with Go: Go is not installed');
    expect(summary.lines).toContain('  skipped  later');
    expect(summary.lines.at(-1)).toBe('3 passed, 0 failed, 2 skipped');
  });

  it('counts a package without results as failed', () => {
    const summary = summarizeTests(
      [
        { name: 'core', results: GREEN },
        { name: 'writer', results: undefined },
      ],
      true,
    );
    expect(summary.ok).toBe(false);
    expect(summary.lines).toContain('  failed   its run left no results');
    expect(summary.lines.at(-1)).toBe('3 passed, 1 failed');
  });

  it('counts a run that failed although no test did', () => {
    const summary = summarizeTests([{ name: 'core', results: GREEN }], false);
    expect(summary.ok).toBe(false);
    expect(summary.lines.at(-1)).toBe('3 passed, 1 failed');
  });

  it('does not take a run without tests for a success', () => {
    expect(summarizeTests([], true)).toMatchObject({
      ok: false,
      lines: ['no package was tested', '', '0 passed, 1 failed'],
    });
    const summary = summarizeTests([{ name: 'core', results: { ...GREEN, passed: 0 } }], true);
    expect(summary.ok).toBe(false);
    expect(summary.lines).toContain('  failed   it has no tests');
  });
});
