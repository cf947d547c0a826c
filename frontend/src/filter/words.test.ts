import { expect, it } from 'vitest';

import { chips, filterWords } from './words';

it('says a filter in words', () => {
  expect(filterWords({ class: ['ai_agent'], outcome: 'reverted_14d', from: '2026-07-13' })).toBe(
    'AI agent · Reverted within 14 days · from 13 Jul 2026',
  );
  expect(filterWords({ repo: ['a/b', 'c/d'], mature: 'false' })).toBe('a/b or c/d · younger than 14 days');
  expect(filterWords({})).toBe('');
});

it('calls human and unknown together by the name of the reference group', () => {
  expect(filterWords({ class: ['human', 'unknown'] })).toBe('No AI recorded');
  expect(filterWords({ class: ['human'] })).toBe('Human, by evidence');
});

it('has words for what a history alone does not know', () => {
  expect(
    filterWords({
      permission: ['operator'],
      above_usual: 'true',
      instant: 'false',
      min_lines: '1001',
      followed: '21',
    }),
  ).toBe(
    'Operator · permission above the usual · 21 days over · not landed within a minute · 1001 lines or more',
  );
});

it('shows a value it has no words for as it is', () => {
  expect(filterWords({ class: ['robot'], to: 'tomorrow' })).toBe('robot · before tomorrow');
});

it('gives each key a chip and says what is left without it', () => {
  const found = chips({ class: ['ai_agent'], mature: 'true' });
  expect(found.map((chip) => chip.label)).toEqual(['Class: AI agent', 'Maturity: 14 days over']);
  expect(found[0]?.without).toEqual({ mature: 'true' });
});
