import { describe, expect, it } from 'vitest';

import { sharesOf, type Depth } from './depth';
import { nameOf, stacked, type TeamShare } from './strip';
import { aligned, counts, fromTarget, lastWhole, type Week } from './weeks';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

function week(facts: Partial<Week> = {}): Week {
  return {
    week: '2026-11-09',
    open: false,
    people: 388,
    users: 265,
    marked: 250,
    share: 265 / 388,
    floor: false,
    hidden: '',
    ...facts,
  };
}

const row = (facts: Partial<Week>) => ({ values: week(facts), rows: {} });
const team = (name: string, share: number | null, facts: Partial<TeamShare> = {}): TeamShare => ({
  week: '2026-11-09',
  kind: 'team',
  team: name,
  groups: 1,
  people: 10,
  users: share === null ? null : 10 * share,
  share,
  hidden: '',
  ...facts,
});

describe('weeks', () => {
  it('end with the last that is over and shown', () => {
    const weeks = [row({ week: 'a' }), row({ week: 'b', share: null }), row({ week: 'c', open: true })];
    expect(lastWhole(weeks)?.week).toBe('a');
    expect(lastWhole(weeks.slice(1))).toBeUndefined();
  });

  it('are laid over those of an earlier period from the end', () => {
    const now = [row({}), row({}), row({})];
    expect(aligned(now, [row({ share: 0.1 }), row({ share: 0.2 })])).toEqual([null, 0.1, 0.2]);
    expect(aligned(now.slice(2), [row({ share: 0.1 }), row({ share: 0.2 })])).toEqual([0.2]);
  });

  it('never say a share without its counts, nor a number that is not shown', () => {
    expect(plain(counts(week()))).toBe('265 of 388 people, 68.3 %');
    const hidden = week({ people: null, users: null, share: null, hidden: 'fewer than 5 people' });
    expect(counts(hidden)).toBe('not shown: fewer than 5 people');
  });

  it('are so far from a target', () => {
    expect(fromTarget(0.683, 0.8)).toBe('11.7 points below');
    expect(fromTarget(0.85, 0.8)).toBe('5.0 points above');
    expect(fromTarget(0.8, 0.8)).toBe('at the target');
  });
});

describe('the strip', () => {
  it('stacks what would touch, by share, and leaves out what is not shown', () => {
    const dots = stacked(
      [team('c', 0.52), team('a', 0.5), team('b', 0.51), team('d', 0.9), team('e', null)],
      (x) => 100 * x,
      5,
    );
    expect(dots.map(({ row, level }) => [row.team, level])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['d', 0],
    ]);
  });

  it('has no names of small groups', () => {
    expect(nameOf(team('', 0.5, { kind: 'small', groups: 3 }))).toBe('3 small groups');
    expect(nameOf(team('', 0.5, { kind: 'none' }))).toBe('Team not known');
    expect(nameOf(team('ledger', 0.5))).toBe('ledger');
  });
});

it('makes shares of days of the people that are shown', () => {
  const depth: Depth = {
    week: '2026-11-09',
    people: 40,
    days_0: 10,
    days_1: 20,
    days_2: 0,
    days_3: null,
    days_4: null,
    days_5: null,
    hidden: 'fewer than 5 people',
  };
  expect(sharesOf(depth)).toEqual([0.25, 0.5, 0, null, null, null]);
});
