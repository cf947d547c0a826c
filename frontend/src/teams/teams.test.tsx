import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { PrivacyPage } from '../privacy/PrivacyPage';
import { figure } from '../testing/figure';
import { expectAccessible, serve, show } from '../testing/render';
import { teamHref, teamOf } from './href';
import { answer, type Compared } from './MistakesFigure';
import { TeamPage } from './TeamPage';
import { TeamsPage } from './TeamsPage';

const plain = (element: Element | null | undefined) => element?.textContent?.replaceAll('\u202f', ' ');

type Row = [values: Record<string, unknown>, rows: Record<string, string>];

function team(name: string, facts: object = {}): Row {
  return [
    {
      team: name,
      members: 9,
      hidden: '',
      repos: 4,
      changes: 300,
      ai: 214,
      ai_share: 0.71,
      mature: 250,
      mistakes: 6,
      rate: 0.024,
      reviewed: 300,
      alone: 5,
      alone_share: 1 / 60,
      ...facts,
    },
    { alone: `/changes?team=${name}&review=none` },
  ];
}

const LIMITS = { all_rate: 0.03, low_95: 0.01, high_95: 0.05, low_998: 0, high_998: 0.06 };
const SMALL: Compared = {
  class: 'ai_assisted',
  mistakes: 6,
  changes: 214,
  other_mistakes: 2,
  other_changes: 100,
  ratio: null,
  low: null,
  high: null,
  noticeable: 3.9,
  hidden: 'fewer than 10 mistakes in a group',
};

const WEEK = {
  week: '2026-11-09',
  open: false,
  changes: 25,
  ai: 20,
  ai_share: 0.8,
  agent: 5,
  agent_share: 0.2,
  mature: 25,
  mistakes: 1,
  rate: null,
  reviewed: null,
  alone: null,
  alone_share: null,
  unknown: 5,
  unknown_share: 0.2,
  levels: 25,
  operator: 1,
  operator_share: 0.04,
  hours: 3.5,
  lines: 40,
};

function answers() {
  return {
    '/api/v1/claims/adoption': { id: 'adoption', target: 0.8, answer: { sentence: 'No.' } },
    '/api/v1/figures/teams': (url: URL) => {
      const all = [
        team('edge'),
        team('Ledger'),
        team('solo', { members: null, hidden: 'fewer than 5 people', reviewed: null, alone: null }),
      ];
      const only = url.searchParams.get('team');
      return figure(
        'teams',
        all.filter(([values]: Row) => !only || values.team === only),
      );
    },
    '/api/v1/figures/teams_funnel': figure('teams_funnel', [
      [{ team: 'edge', changes: 250, mistakes: 6, rate: 0.024, ...LIMITS }],
      [{ team: 'solo', changes: 50, mistakes: 5, rate: null, ...LIMITS }],
    ]),
    '/api/v1/figures/adoption_weeks': figure('adoption_weeks', [
      [
        {
          week: '2026-11-09',
          open: false,
          people: 9,
          users: 7,
          marked: 7,
          share: 7 / 9,
          floor: false,
          hidden: '',
        },
      ],
    ]),
    '/api/v1/figures/teams_mistakes': (url: URL) =>
      figure('teams_mistakes', [
        [url.searchParams.get('team') ? { ...SMALL } : { ...SMALL, ratio: 0.97, low: 0.81, high: 1.16 }],
      ]),
    '/api/v1/figures/teams_gaps': figure('teams_gaps', [
      [
        { outages: 4, unlinked: 3, changes: 300, unknown: 41, uncollected: 0 },
        { unknown: '/changes?class=unknown' },
      ],
    ]),
    '/api/v1/figures/teams_agents': figure('teams_agents', [
      [
        {
          repo: 'shop/api',
          tier: 1,
          changes: 20,
          levels: 20,
          operator: 2,
          operator_reviewed: 2,
          operator_alone: 1,
          last_at: '2026-11-10T10:00:00Z',
        },
      ],
      [
        {
          repo: 'shop/web',
          tier: 2,
          changes: 9,
          levels: 9,
          operator: 0,
          operator_reviewed: null,
          operator_alone: null,
          last_at: '2026-11-10T10:00:00Z',
        },
      ],
    ]),
    '/api/v1/figures/teams_weeks': figure('teams_weeks', [
      [WEEK],
      [{ ...WEEK, week: '2026-11-16', open: true }],
    ]),
  };
}

describe('the directory', () => {
  it('is searched, and cannot be put into another order', async () => {
    serve(answers());
    const { container } = show(<TeamsPage />, '/teams?range=12w');
    const list = within(await screen.findByRole('region', { name: 'Teams' }));
    expect(list.getAllByRole('link', { name: /edge|Ledger|solo/ }).map(plain)).toEqual([
      'edge',
      'Ledger',
      'solo',
    ]);
    expect(list.queryAllByRole('button')).toHaveLength(0);
    expect(plain(list.getAllByRole('row').at(-1))).toBe(
      'solofewer than 5 people43002146 of 250not collected',
    );
    expect(list.getByRole('link', { name: 'edge' }).getAttribute('href')).toBe('/teams/edge?range=12w');
    await userEvent.type(screen.getByRole('searchbox', { name: 'Find a team' }), 'led');
    expect(screen.getByRole('status').textContent).toBe('1 of 3 teams');
    expect(screen.queryByRole('link', { name: 'edge' })).toBeNull();
    await expectAccessible(container);
  }, 20_000);

  it('draws no rate of few changes', async () => {
    serve(answers());
    const { container } = show(<TeamsPage />, '/teams');
    expect(await screen.findByText(/1 team with fewer than 100 changes is not drawn/)).toBeTruthy();
    expect(container.querySelectorAll('circle.team-dot')).toHaveLength(1);
    expect(container.querySelectorAll('path.limit')).toHaveLength(4);
  });
});

describe('a team', () => {
  it('has its page, where few mistakes are no ratio', async () => {
    serve(answers());
    const { container } = show(<TeamPage />, '/teams/Ledger');
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('Ledger');
    await screen.findByText(/whole fleet/);
    const text = plain(container)!;
    expect(text).toContain('9 people now · 4 repositories with changes · 300 changes');
    expect(text).toContain('7 of 9 people, 77.8 % in the week of 9 Nov 2026');
    expect(text).toContain(
      'Not enough data (fewer than 10 mistakes in a group): with so many changes only ×3.9 or more would stand out.',
    );
    expect(text).toContain('The whole fleet: 0.97 times as often (0.81 to 1.16).');
    expect(text).toContain('5 of 300 changes landed without a second person');
    expect(text).toContain('3 of 4 outages of which nothing says what caused them.');
    expect(text).toContain('2 repositories where agents landed changes of this team; in 1 of them');
    expect(screen.queryByText('shop/web')).toBeNull();
    expect(screen.getByText('Not known in this time')).toBeTruthy(); // reviews of no week are collected
    await expectAccessible(container);
  }, 20_000);

  it('says so when it is not there', async () => {
    serve({ ...answers(), '/api/v1/figures/teams': figure('teams', []) });
    show(<TeamPage />, '/teams/no%2Fsuch%25');
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('no/such%');
    expect(screen.getByText('Nothing that landed in this time is by this team.')).toBeTruthy();
  });

  it('has an address whatever its name', () => {
    for (const name of ['Ledger', 'R&D / core', '50 %', 'a#b?c']) {
      expect(teamOf(teamHref(name).slice('/teams/'.length))).toBe(name);
    }
    expect(teamOf('50%')).toBe('50%');
  });
});

it('says what would stand out, or that nothing would', () => {
  expect(answer({ ...SMALL, noticeable: null })).toMatch(/not even ×20 would stand out/);
  expect(answer({ ...SMALL, hidden: 'no changes to compare', noticeable: null })).toBe(
    'There is nothing to compare.',
  );
  expect(answer({ ...SMALL, ratio: 1.5, low: 1.1, high: 2 })).toBe(
    'That is 1.50 times as often (1.10 to 2.00).',
  );
});

it('says in plain words what is measured', async () => {
  const { container } = show(<PrivacyPage />, '/data/privacy');
  expect(screen.getAllByRole('heading', { level: 2 }).length).toBeGreaterThan(3);
  expect(container.textContent).toContain('five or more');
  await expectAccessible(container);
});
