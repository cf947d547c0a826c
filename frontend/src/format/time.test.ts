import { expect, it } from 'vitest';

import { age, date, dateTime, month, monthAfter, span } from './time';

it('writes times in UTC', () => {
  expect(date('2026-10-04T23:59:00Z')).toBe('4 Oct 2026');
  expect(date('2026-10-04T23:59:00-02:00')).toBe('5 Oct 2026');
  expect(dateTime('2026-10-04T06:00:00Z')).toBe('4 Oct 2026, 06:00 UTC');
  expect(month('2026-10-01')).toBe('Oct 2026');
});

it.each([null, undefined, '', 'tomorrow'])('has nothing to write for %s', (when) => {
  expect(date(when)).toBeUndefined();
  expect(dateTime(when)).toBeUndefined();
});

it.each([
  ['2026-01-01', '2026-02-01'],
  ['2026-12-01', '2027-01-01'],
])('after %s comes %s', (first, next) => expect(monthAfter(first)).toBe(next));

it.each([
  [-3, '0 s'],
  [4.4, '4 s'],
  [130, '2 min'],
  [31 * 3600, '31 hours'],
  [12 * 86400, '12 days'],
])('span(%d)', (seconds, text) => expect(span(seconds)).toBe(text));

it('counts the age from a given now', () => {
  expect(age('2026-10-04T06:00:00Z', Date.parse('2026-10-04T07:00:00Z'))).toBe(3600);
});
