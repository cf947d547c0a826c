import { describe, expect, it } from 'vitest';

import type { Month } from '../../api/types';
import { lastWhole, occurring, pushApart, runs, sinceAI } from './series';

function month(first: string, counts: Partial<Month> = {}): Month {
  return {
    month: first,
    complete: true,
    ai_agent: 0,
    ai_assisted: 0,
    human: 0,
    automation: 0,
    unknown: 0,
    ...counts,
  };
}

describe('runs', () => {
  it('are parts of the changes of each month', () => {
    const [run] = runs([month('2026-01-01', { ai_agent: 1, unknown: 3 })], 'ai_agent');
    expect(run).toEqual([{ month: new Date('2026-01-01'), share: 0.25, complete: true }]);
  });

  it('break where a month is absent or empty, and go on over the turn of a year', () => {
    const months = [
      month('2025-11-01', { human: 1 }),
      month('2025-12-01', { human: 1 }),
      month('2026-01-01', { human: 1 }),
      month('2026-02-01'),
      month('2026-03-01', { human: 1 }),
      month('2026-06-01', { human: 1 }),
    ];
    expect(runs(months, 'human').map((run) => run.length)).toEqual([3, 1, 1]);
  });
});

it('leaves out classes that never occur', () => {
  expect(occurring([month('2026-01-01', { unknown: 2 }), month('2026-02-01', { ai_agent: 1 })])).toEqual([
    'ai_agent',
    'unknown',
  ]);
});

describe('pushApart', () => {
  const label = (y: number) => ({ of: 'human' as const, share: 0, y });
  const places = (ys: number[]) => pushApart(ys.map(label), 17, 0, 100).map(({ y }) => y);

  it('leaves alone what does not touch', () => expect(places([10, 40, 90])).toEqual([10, 40, 90]));
  it('pushes down what does', () => expect(places([12, 10, 11])).toEqual([10, 27, 44]));
  it('and up from the bottom', () => expect(places([98, 99, 100])).toEqual([66, 83, 100]));
});

it('begins a year before the first mark of AI, or at the beginning when there is none', () => {
  const months = [
    month('2023-12-01'),
    month('2024-01-01'),
    month('2024-06-01'),
    month('2025-01-01', { ai_agent: 1 }),
  ];
  expect(sinceAI(months).map((m) => m.month)).toEqual(['2024-01-01', '2024-06-01', '2025-01-01']);
  expect(sinceAI(months.slice(0, 3))).toHaveLength(3);
});

it('reads values off the last month that is over', () => {
  const open = month('2026-03-01', { complete: false });
  expect(lastWhole([month('2026-02-01'), open]).month).toBe('2026-02-01');
  expect(lastWhole([open])).toBe(open);
});
