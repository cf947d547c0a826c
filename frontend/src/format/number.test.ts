import { describe, expect, it } from 'vitest';

import { int, interval, plural, rate, ratio, share } from './number';

describe('what is not known is a dash', () => {
  it.each([null, undefined, NaN, Infinity])('%s', (n) => {
    for (const format of [int, share, ratio]) expect(format(n)).toBe('–');
    expect(interval(n, n)).toBe('–');
    expect(rate(3, n)).toBe('–');
  });

  it('and so is a rate of nothing', () => expect(rate(0, 0)).toBe('–'));
});

it.each([
  [0, '0'],
  [999, '999'],
  [1008, '1\u202f008'],
  [31902, '31\u202f902'],
  [1234567, '1\u202f234\u202f567'],
  [-1500, '−1\u202f500'],
])('int(%d)', (n, text) => expect(int(n)).toBe(text));

it.each([
  [0.0, '0.0\u202f%'],
  [0.2345, '23.4\u202f%'],
  [1, '100.0\u202f%'],
])('share(%d)', (x, text) => expect(share(x)).toBe(text));

it('rates have two decimals', () => {
  expect(rate(893, 31902)).toBe('2.80\u202f%');
  expect(rate(0, 12)).toBe('0.00\u202f%');
});

it.each([
  [0.86, 1.02, '0.86 to 1.02'],
  [0.5, null, 'from 0.50, no upper end'],
  [null, 3, 'up to 3.00'],
])('interval(%s, %s)', (low, high, text) => expect(interval(low, high)).toBe(text));

it('never writes a minus before zero', () => expect(ratio(-0.001)).toBe('0.00'));

it('counts in words', () => {
  expect(plural(1, 'change')).toBe('1 change');
  expect(plural(0, 'change')).toBe('0 changes');
  expect(plural(2000, 'repository', 'repositories')).toBe('2\u202f000 repositories');
});
