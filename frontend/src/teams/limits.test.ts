import { expect, it } from 'vitest';

import { limits, place, steps, Z, type FunnelRow } from './limits';

// 3 % of 400: a standard error of 0.853 %, as in the test of the figure's query.
it('has the limits of the figure', () => {
  const [low, high] = limits(400, 0.03, Z.inner);
  expect(low).toBeCloseTo(0.0132828, 6);
  expect(high).toBeCloseTo(0.0467172, 6);
  expect(limits(400, 0.03, Z.outer)[0]).toBeCloseTo(0.0036424, 6);
  expect(limits(50, 0.03, Z.outer)[0]).toBe(0);
});

it('draws them from end to end', () => {
  const all = steps(100, 900);
  expect(all[0]).toBe(100);
  expect(all.at(-1)).toBeCloseTo(900);
  expect(all.every((n, i) => i === 0 || n > all[i - 1]!)).toBe(true);
});

it('places a team, and none without a rate', () => {
  const row = (rate: number | null): FunnelRow => ({
    team: 'a',
    changes: 400,
    mistakes: 0,
    rate,
    all_rate: 0.03,
    low_95: 0.0133,
    high_95: 0.0467,
    low_998: 0.0036,
    high_998: 0.0564,
  });
  expect([0.03, 0.05, 0.06, 0.01, 0.001, null].map((rate) => place(row(rate)))).toEqual([
    'within',
    'outside 95 %',
    'outside 99.8 %',
    'outside 95 %',
    'outside 99.8 %',
    'within',
  ]);
});
