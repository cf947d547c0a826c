import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';

import { figure } from '../testing/figure';
import { expectAccessible, Refusal, serve, show } from '../testing/render';
import { AdoptionPage } from './AdoptionPage';

const plain = (element: Element | null | undefined) => element?.textContent?.replaceAll('\u202f', ' ');

const DAYS = { days_0: 120, days_1: 160, days_2: 80, days_3: 28, days_4: null, days_5: null };
const weeks = (share: number) =>
  figure('adoption_weeks', [
    {
      week: '2026-11-02',
      open: false,
      people: 400,
      users: 400 * share,
      marked: 200,
      share,
      floor: false,
      hidden: '',
    },
    {
      week: '2026-11-09',
      open: false,
      people: 388,
      users: 265,
      marked: 250,
      share: 265 / 388,
      floor: false,
      hidden: '',
    },
    {
      week: '2026-11-16',
      open: true,
      people: 100,
      users: 50,
      marked: 50,
      share: 0.5,
      floor: false,
      hidden: '',
    },
  ]);
const WEEK = { open: false, people: 400, users: 100, marked: 100, floor: false, hidden: '' };
const TEAM = { week: '2026-11-09', kind: 'team', groups: 1, hidden: '' };

function answers(): Record<string, unknown> {
  return {
    '/api/v1/claims/adoption': {
      id: 'adoption',
      target: 0.8,
      answer: { sentence: 'The target of 80 % is not reached.' },
    },
    '/api/v1/figures/adoption_weeks': weeks(0.75),
    '/api/v1/figures/adoption_teams': figure(
      'adoption_teams',
      [
        { ...TEAM, team: 'edge', people: 20, users: 18, share: 0.9 },
        { ...TEAM, team: 'ledger', people: 8, users: 6, share: 0.75 },
        {
          ...TEAM,
          kind: 'small',
          team: '',
          groups: 2,
          people: 8,
          users: 5,
          share: 0.625,
          hidden: 'too small to show',
        },
      ],
      { ignored: ['team'] },
    ),
    '/api/v1/figures/changes_weeks': figure('changes_weeks', [
      {
        week: '2026-11-09',
        open: false,
        ai_agent: 10,
        ai_assisted: 30,
        human: 20,
        unknown: 40,
        automation: 0,
      },
    ]),
    '/api/v1/figures/adoption_uses': figure('adoption_uses', [
      {
        week: '2026-11-09',
        open: false,
        changes: 100,
        agent: 10,
        agent_share: 0.1,
        assisted: 30,
        assisted_share: 0.3,
        approved: null,
        reviewed: 0,
        approved_share: null,
      },
    ]),
    '/api/v1/figures/adoption_depth': figure('adoption_depth', [
      { week: '2026-11-09', people: 388, ...DAYS, hidden: 'fewer than 5 people' },
    ]),
  };
}

let served: Record<string, unknown>;
beforeEach(() => {
  served = answers();
});

describe('the adoption page', () => {
  it('begins with the last whole week, its counts, and the target of the claim', async () => {
    serve(served);
    const { container } = show(<AdoptionPage />, '/adoption?range=3w');
    const title = await screen.findByText(/used AI in the last whole week/);
    expect(plain(title)).toBe('68.3 % of the people who landed anything used AI in the last whole week.');
    await screen.findByText('The target of 80 % is not reached.');
    expect(plain(container.querySelector('.detail'))).toMatch(
      /^265 of 388 in the week of 9 Nov 2026; the target is 80.0 %, so this is 11.7 points below/,
    );
    expect(plain(container.querySelector('.detail'))).toContain('no interval');
    await expectAccessible(container);
  }, 20_000);

  it('says what is too small to show, and never its names', async () => {
    serve(served);
    show(<AdoptionPage />, '/adoption?range=3w&team=edge');
    expect(plain(await screen.findByText(/Too small to show/))).toContain(
      '2 small groups, 8 people, counted in totals',
    );
    const strip = within(screen.getByRole('region', { name: 'Where it stands by team' }));
    expect(plain(strip.getByText('edge', { selector: 'b' }).parentElement)).toBe(
      'edge: 18 of 20 people, 90.0 %',
    );
    expect(strip.getByText('Not narrowed by team.')).toBeTruthy();
    await userEvent.click(strip.getByRole('button', { name: 'Table' }));
    expect(strip.getAllByRole('row').map(plain)).toContain('edge18 of 20 people, 90.0 %90.0 %');
    expect(strip.getByRole('link', { name: 'ledger' }).getAttribute('href')).toBe('/teams/ledger');
  });

  it('hatches the days that are not shown', async () => {
    serve(served);
    const { container } = show(<AdoptionPage />, '/adoption');
    expect(await screen.findByRole('img', { name: /4 days – \(not shown\)/ })).toBeTruthy();
    expect(container.querySelectorAll('.kept-back')).toHaveLength(2);
  });

  it('lives on when one figure fails', async () => {
    served['/api/v1/figures/adoption_depth'] = new Refusal(500, {
      title: 'Broken',
      status: 500,
      code: 'internal',
    });
    serve(served);
    show(<AdoptionPage />, '/adoption');
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(await screen.findByText(/used AI in the last whole week/)).toBeTruthy();
  });

  it('says so when nobody landed anything, or too few', async () => {
    served['/api/v1/figures/adoption_weeks'] = figure('adoption_weeks', []);
    serve(served);
    const { unmount } = show(<AdoptionPage />, '/adoption');
    expect(await screen.findByText('Nobody landed anything in this time.')).toBeTruthy();
    unmount();
    served['/api/v1/figures/adoption_weeks'] = figure('adoption_weeks', [
      {
        week: '2026-11-09',
        open: false,
        people: null,
        users: null,
        marked: null,
        share: null,
        floor: false,
        hidden: 'fewer than 5 people',
      },
    ]);
    serve(served);
    show(<AdoptionPage />, '/adoption');
    expect(await screen.findByText(/Too few people landed anything/)).toBeTruthy();
    expect(await screen.findByText(/Gaps: one week has too few people/)).toBeTruthy();
  });
});

describe('the weeks', () => {
  it('compares with the period before where there is one', async () => {
    const asked = serve(served);
    show(<AdoptionPage />, '/adoption?range=3w');
    await screen.findAllByText('Period before');
    expect(asked).toContain('/api/v1/figures/adoption_weeks?from=2026-10-12&to=2026-11-02');
  });

  it('compares each week with the one 52 weeks before, and with the period before when asked', async () => {
    const YEAR = { ...WEEK, week: '2025-11-10', share: 0.25 };
    served['/api/v1/figures/adoption_weeks'] = (url: URL) =>
      url.searchParams.get('from') === '2025-11-03' ? figure('adoption_weeks', [YEAR]) : weeks(0.75);
    serve(served);
    const { container } = show(<AdoptionPage />, '/adoption?range=3w');
    expect(await screen.findByText('A year before', { selector: 'text' })).toBeTruthy();
    const weekly = within(container.querySelector<HTMLElement>('#adoption_weeks')!);
    expect(plain(container.querySelector('#adoption_weeks .readout'))).toContain('a year before 25.0 %');
    await userEvent.click(weekly.getByRole('button', { name: 'Period before' }));
    expect(plain(container.querySelector('#adoption_weeks .readout'))).toContain('period before');
  });
});
