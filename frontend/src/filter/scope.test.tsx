import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { expectAccessible, serve, show } from '../testing/render';
import { dayAfter, dayBefore, shifted, yearBefore } from './range';
import { formatScope, parseScope } from './scope';
import { ScopeBar } from './ScopeBar';

const TEAMS = ['apps', 'billing', 'checkout', 'data', 'edge', 'growth', 'identity', 'ledger', 'mobile'];
const choices = {
  id: 'scope_choices',
  version: 1,
  title: '',
  columns: [],
  ignored: [],
  items: [
    ...TEAMS.map((value) => ({ values: { key: 'team', value, changes: 1 }, rows: {} })),
    { values: { key: 'tier', value: '1', changes: 1 }, rows: {} },
  ],
  total: 10,
  truncated: false,
  limit: 1000,
  data_to: '2026-10-04T06:00:00Z',
};

const address = () => location.pathname + location.search;

async function bar(at: string) {
  serve({ '/api/v1/figures/scope_choices': choices });
  const shown = show(<ScopeBar />, at);
  await userEvent.click(screen.getByText('Tier').parentElement!);
  await screen.findByLabelText('Tier 1');
  return shown;
}

describe('the scope bar', () => {
  it('finds a team by its name and puts it into the address', async () => {
    const { container } = await bar('/adoption?range=12w');
    await userEvent.click(screen.getByText('Teams').parentElement!);
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search teams' }), 'LED');
    const options = within(screen.getByRole('group', { name: 'Teams' }));
    expect(options.getAllByRole('checkbox').map((box) => box.parentElement!.textContent)).toEqual(['ledger']);
    await userEvent.click(options.getByLabelText('ledger'));
    expect(address()).toBe('/adoption?team=ledger&range=12w');
    expect(screen.getByText('Teams').parentElement!.textContent).toBe('Teams ledger');
    await expectAccessible(container);
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(address()).toBe('/adoption');
  });

  it('lists what the address names and the data do not have, to be taken off', async () => {
    await bar('/?team=gone');
    await userEvent.click(screen.getByText('Teams').parentElement!);
    await userEvent.click(screen.getByLabelText('gone'));
    expect(address()).toBe('/');
  });

  it('takes a range or days, the last of them meant', async () => {
    await bar('/?range=12w&tier=1');
    await userEvent.click(screen.getByText('Time').parentElement!);
    await userEvent.click(screen.getByRole('button', { name: '26 weeks' }));
    expect(address()).toBe('/?tier=1&range=26w');
    await userEvent.type(screen.getByLabelText('Last day'), '2026-09-30');
    expect(address()).toBe('/?tier=1&to=2026-10-01');
  });

  it('folds on Escape and gives the focus back', async () => {
    await bar('/');
    const summary = screen.getByText('Class').parentElement!;
    await userEvent.click(summary);
    const box = summary.closest('details')!;
    screen.getByLabelText('AI agent').focus();
    await userEvent.keyboard('{Escape}');
    expect([box.open, document.activeElement]).toEqual([false, summary]);
  });
});

describe('a scope', () => {
  it('is the same text after it was read', () => {
    const text = 'repo=a/b,c/d&team=x&class=ai_agent&range=12w';
    expect(formatScope(parseScope(`?${text}`))).toBe(text);
  });
  it('passes over what it does not know, and a range beside days', () => {
    expect(parseScope('?utm=1&range=12w&from=2026-01-01')).toEqual({ from: '2026-01-01' });
  });
});

describe('the period beside', () => {
  const to = '2026-10-04T06:00:00Z'; // a Sunday
  it('of a range is as many weeks before', () =>
    expect(shifted({ range: '12w', team: ['a'] }, -1, to)).toEqual({
      team: ['a'],
      from: '2026-04-20',
      to: '2026-07-13',
    }));
  it('of days is as many days after', () =>
    expect(shifted({ from: '2026-01-01', to: '2026-01-11' }, 1)).toEqual({
      from: '2026-01-11',
      to: '2026-01-21',
    }));
  it('of open time is none', () => expect(shifted({ from: '2026-01-01' }, -1, to)).toBeUndefined());
  it('of a year before has the same days of the week; open time stays open', () => {
    expect(yearBefore({ range: '12w', team: ['a'] }, to)).toEqual({
      team: ['a'],
      from: '2025-07-14',
      to: '2025-10-06',
    });
    expect(yearBefore({ tier: ['1'] }, to)).toEqual({ tier: ['1'], from: undefined, to: undefined });
  });
  it('knows the ends of months', () =>
    expect([dayAfter('2026-02-28'), dayBefore('2026-03-01')]).toEqual(['2026-03-01', '2026-02-28']));
});
