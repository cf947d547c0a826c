import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { App } from '../App';
import type { Claim, PastAnswer } from '../api/types';
import { coverage, fleet, mistakes, share } from '../testing/facts';
import { expectAccessible, Refusal, serve, show } from '../testing/render';
import { digestOf } from './digest';
import { digestText } from './text';
import { mondayOf, weekOf, weeksLater } from './week';

const MONDAY = '2026-09-28';
const past = (week: string, facts: Partial<PastAnswer> = {}): PastAnswer => ({
  week,
  version: 1,
  code: 'undecided',
  word: 'Undecided',
  answered_at: `${week}T06:00:00Z`,
  flipped: false,
  redefined: false,
  gates: [],
  ...facts,
});
const FLIPPED = [
  past('2026-09-21'),
  past(MONDAY, { code: 'not_more', word: 'Not more common', flipped: true }),
];
const STILL = [past('2026-09-21'), past(MONDAY)];
const adoption = (): Claim => ({ ...share(), id: 'adoption', target: 0.8, question: 'How many use AI?' });

describe('ISO weeks', () => {
  it.each([
    ['2026-W40', '2026-09-28'],
    ['2026-W01', '2025-12-29'],
    ['2026-W53', '2026-12-28'],
    ['2025-W01', '2024-12-30'],
  ])('%s begins on %s', (week, monday) => {
    expect(mondayOf(week)).toBe(monday);
    expect(weekOf(monday)).toBe(week);
    expect(weekOf(new Date(Date.parse(monday) + 6 * 86_400_000).toISOString())).toBe(week);
  });
  it.each(['2025-W53', '2026-W00', '2026-40', ''])('%j is none', (week) =>
    expect(mondayOf(week)).toBeUndefined(),
  );
  it('go on over the turn of a year', () => expect(weeksLater('2026-W53', 1)).toBe('2027-W01'));
});

describe('a digest', () => {
  it('tells a change in the week it came and in no other', () => {
    const histories = new Map([['mistakes', [...FLIPPED, past('2026-10-05', { code: 'not_more' })]]]);
    const [claim] = digestOf([mistakes()], histories, MONDAY).flips;
    expect([claim?.claim.id, claim?.before?.word]).toEqual(['mistakes', 'Undecided']);
    const later = digestOf([mistakes()], histories, '2026-10-05');
    expect([later.flips.length, later.same.length]).toEqual([0, 1]);
  });

  it('tells apart limits that were crossed and definitions that are new', () => {
    const histories = new Map([
      ['adoption', FLIPPED],
      ['mistakes', [past('2026-09-21'), past(MONDAY, { flipped: true, redefined: true })]],
    ]);
    const digest = digestOf([mistakes(), adoption()], histories, MONDAY);
    expect(
      [digest.flips, digest.limits, digest.redefined].map((told) => told.map(({ claim }) => claim.id)),
    ).toEqual([[], ['adoption'], ['mistakes']]);
  });

  it('is a text that can be sent, with addresses', () => {
    const digest = digestOf(
      [mistakes(), adoption()],
      new Map([
        ['mistakes', FLIPPED],
        ['adoption', STILL],
      ]),
      MONDAY,
    );
    const text = digestText(digest, '2026-W40', MONDAY, 'http://here');
    expect(text).toMatch(
      /^baserate, week 2026-W40 \(from 28 Sep 2026\)\n\nANSWERS THAT CHANGED\n\* Are mistakes more common with AI\? Undecided, now Not more common\.\n/,
    );
    expect(text).toContain('  http://here/claims/mistakes\n');
    expect(text).toContain('ADOPTION\nAt least 30 % of changes carry a mark of AI.');
    expect(text).toContain('UNCHANGED\n* How many use AI? Counted.');
    expect(text.endsWith('http://here/digest/2026-W40\n')).toBe(true);
  });
});

describe('the page of a week', () => {
  const answers = {
    '/api/v1/coverage': coverage(),
    '/api/v1/fleet': fleet(),
    '/api/v1/claims': { claims: [mistakes(), adoption()], data_to: null, as_of: MONDAY },
    '/api/v1/claims/mistakes/history': { items: FLIPPED },
    '/api/v1/claims/adoption/history': { items: STILL },
  };

  it('asks for the answers as they were, and tells what changed first', async () => {
    const asked = serve(answers);
    const { container } = show(<App />, '/digest/2026-W40');
    expect((await screen.findByText('1 answer changed.')).tagName).toBe('H1');
    expect(asked).toContain(`/api/v1/claims?as_of=${MONDAY}`);
    const headings = screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent);
    expect(headings).toEqual(['Answers that changed', 'Limits and targets crossed', 'Adoption', 'Unchanged']);
    const changed = within(screen.getByRole('region', { name: 'Answers that changed' }));
    expect(changed.getByRole('listitem').textContent).toMatch(/Undecided → .*Not more common/);
    expect(screen.getByRole('link', { name: 'Save as text' }).getAttribute('download')).toBe(
      'baserate-2026-W40.txt',
    );
    await expectAccessible(container);
  });

  it('is reached from the newest', async () => {
    serve(answers);
    show(<App />, '/digest');
    await screen.findByText('1 answer changed.');
    expect(location.pathname).toBe('/digest/2026-W40');
  });

  it('says so where nothing was recorded, or where there is no such week', async () => {
    const none = {
      type: 'about:blank',
      title: 'Nothing was recorded',
      status: 404,
      code: 'nothing_recorded',
    };
    serve({ ...answers, '/api/v1/claims': new Refusal(404, none) });
    show(<App />, '/digest/2020-W01');
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing was recorded.');
    show(<App />, '/digest/2026-W99');
    expect(await screen.findByText('There is no week 2026-W99.')).toBeTruthy();
  });
});
