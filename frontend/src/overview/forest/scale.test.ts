import { describe, expect, it } from 'vitest';

import { comparison, ratio } from '../../testing/facts';
import { chooseAxis, hasRatio } from './scale';

describe('chooseAxis', () => {
  it('puts no difference in the middle, and a ratio as far from it as its inverse', () => {
    const axis = chooseAxis([comparison()]);
    expect(axis.at(1)).toBeCloseTo(50);
    expect(axis.at(2) - 50).toBeCloseTo(50 - axis.at(0.5));
    expect(axis.at(axis.low)).toBeCloseTo(0);
    expect(axis.at(axis.high)).toBeCloseTo(100);
  });

  it.each([
    ['narrow', ratio(0.94, 0.8, 1.1), 2.2],
    ['wider', ratio(1.6, 0.85, 3.5), 5],
    ['widest', ratio(0.1, 0.02, 0.4), 12],
  ])('is %s as the intervals are', (_, direct, reach) => {
    const { high } = chooseAxis([comparison({ direct })]);
    expect(high).toBe(reach);
  });

  it('is the narrow one when no ratio is shown', () => {
    expect(chooseAxis([]).high).toBe(2.2);
    expect(chooseAxis([comparison({ code: 'gated', direct: ratio(9, 8, 10) })]).high).toBe(2.2);
  });
});

it.each([
  [comparison(), true],
  [comparison({ code: 'gated' }), false],
  [comparison({ code: 'no_data' }), false],
  [comparison({ direct: ratio(null) }), false],
  [comparison({ direct: ratio(0) }), false],
])('hasRatio %#', (given, shown) => expect(hasRatio(given)).toBe(shown));
