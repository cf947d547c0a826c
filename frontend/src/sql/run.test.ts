import { describe, expect, it } from 'vitest';

import { IDLE, next, NOTHING, underWay, type Happening, type Run } from './run';
import { bytes, costWords, countWords, progressWords, secondsLeft } from './words';

const after = (happenings: Happening[], from: Run = IDLE) => happenings.reduce(next, from);
const columns = [{ name: 'n', type: 'UInt64' }];
const progress = { ...NOTHING, read_rows: 10, elapsed_ms: 20 };

const first = after([
  { kind: 'asked' },
  { kind: 'started', id: 'a' },
  { kind: 'meta', columns },
  { kind: 'rows', rows: [['1'], ['2']] },
  { kind: 'rows', rows: [['18446744073709551615']] },
  { kind: 'done', truncated: false, progress, at: 1 },
]);

describe('a run', () => {
  it('gathers its rows', () => {
    expect(first).toMatchObject({ phase: 'done', id: 'a' });
    expect(first.result).toMatchObject({
      rows: [['1'], ['2'], ['18446744073709551615']],
      done: true,
      columns,
    });
  });

  it('keeps the rows of the one before until it has some of its own', () => {
    const begun = after(
      [{ kind: 'asked' }, { kind: 'started', id: 'b' }, { kind: 'meta', columns: [] }],
      first,
    );
    expect(begun.result?.id).toBe('a');
    expect(underWay(begun)).toBe(true);
    const failed = next(begun, {
      kind: 'error',
      error: { code: 'syntax', message: 'no', line: 1, col: 2, number: 62 },
    });
    expect(failed).toMatchObject({ phase: 'failed', result: { id: 'a' } });
    const done = next(begun, { kind: 'done', truncated: false, progress, at: 2 });
    expect(done.result).toMatchObject({ id: 'b', rows: [], done: true });
  });

  it('that is cancelled says so', () => {
    const run = after([
      { kind: 'asked' },
      { kind: 'started', id: 'a' },
      { kind: 'cancelling' },
      { kind: 'error', error: { code: 'cancelled', message: '', line: 0, col: 0, number: 0 } },
    ]);
    expect(run.phase).toBe('cancelled');
    expect(underWay(run)).toBe(false);
  });
});

describe('words', () => {
  it('of progress', () =>
    expect(
      progressWords({
        read_rows: 18_200_000,
        total_rows: 41_400_000,
        read_bytes: 9e8,
        memory_bytes: 0,
        elapsed_ms: 1300,
      }),
    ).toBe('Reading: 18.2 million of about 41.4 million rows, 900 MB, 1.30 s. About 2 s left.'));
  it('tell no time that is not known', () => {
    expect(secondsLeft({ ...NOTHING, read_rows: 5, elapsed_ms: 5000 })).toBeUndefined();
    expect(secondsLeft({ ...NOTHING, read_rows: 5, total_rows: 10, elapsed_ms: 500 })).toBeUndefined();
  });
  it('say that rows are cut', () => {
    const result = first.result;
    if (!result) throw new Error('no result');
    expect(countWords(result)).toBe('3 rows');
    expect(countWords({ ...result, truncated: true })).toBe('First 3 of more rows');
    expect(countWords({ ...result, done: false })).toBe('3 rows so far');
    expect(costWords(result)).toBe('in 0.02 s. Read 10 rows, 0 B.');
  });
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [45_100, '45.1 kB'],
    [999_600, '1.0 MB'],
    [2_147_483_648, '2.1 GB'],
    [3e15, '3000 TB'],
  ])('%d bytes', (n, want) => expect(bytes(n)).toBe(want));
});
