import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { comparison, effect, mistakes, ratio } from '../testing/facts';
import { expectAccessible, serve, show } from '../testing/render';
import { MistakesPage } from './MistakesPage';
import { curve, smallestSeen } from './power';
import { rise } from './RuledOut';
import { variants } from './SensitivityFigure';
import { differWords, levelWords } from './SubgroupsFigure';

const plain = (element: HTMLElement) => element.textContent?.replaceAll('\u202f', ' ');

function figure(id: string, items: object[]) {
  const rows = items.map((values) => ({ values, rows: { mistakes: '/changes?outcome=mistake' } }));
  return {
    id,
    version: 1,
    title: id,
    columns: [],
    ignored: [],
    items: rows,
    total: rows.length,
    truncated: false,
    limit: 1000,
  };
}

const LEVEL = {
  exposure: 'ai_assisted',
  dimension: 'tier',
  changes: 1000,
  reference: 2000,
  reference_mistakes: 40,
  differ: 0.44,
  hidden: '',
};
const SUBGROUPS = [
  { ...LEVEL, level: '1', mistakes: 30, ratio: 1.5, low: 0.9, high: 2.4 },
  {
    ...LEVEL,
    level: '2',
    mistakes: 9,
    ratio: null,
    low: null,
    high: null,
    hidden: '9 mistakes in one group; shown from 10',
  },
  { ...LEVEL, exposure: 'ai_agent', level: '3', mistakes: 20, ratio: 1.1, low: 0.5, high: 2 },
];
const MONTHS = [
  {
    exposure: 'ai_assisted',
    month: '2026-08-01',
    mistakes: 3,
    reference_mistakes: 20,
    ratio: null,
    low: null,
    high: null,
    hidden: '3 mistakes in one group; shown from 10',
  },
  {
    exposure: 'ai_assisted',
    month: '2026-09-01',
    mistakes: 12,
    reference_mistakes: 25,
    ratio: 1.2,
    low: 0.6,
    high: 2.4,
    hidden: '',
  },
];

function page(
  claim = mistakes({
    comparisons: [
      comparison(),
      comparison({ exposure: 'ai_agent', effects: [effect({ smallest_seen: 1.4, events: 200 })] }),
    ],
  }),
) {
  const asked = serve({
    '/api/v1/claims/mistakes': claim,
    '/api/v1/claims/mistakes/history': { items: [] },
    '/api/v1/figures/mistakes_subgroups': figure('mistakes_subgroups', SUBGROUPS),
    '/api/v1/figures/mistakes_months': figure('mistakes_months', MONTHS),
    '/api/v1/figures/kinds_of_work': figure('kinds_of_work', []),
  });
  return { asked, ...show(<MistakesPage />, '/mistakes?tier=1') };
}

describe('the page of mistakes', () => {
  it('says what is ruled out, and what an answer needs', async () => {
    page();
    const section = await screen.findByRole('region', { name: 'AI-assisted' });
    expect(plain(section)).toContain('Cannot be ruled outa rate 21 % higher');
    expect(plain(section)).toContain('Would have been noticed× 1.90');
    expect(plain(section)).toContain('Needed for the margin of 1.25400 mistakes; at this pace by 1 Mar 2027');
    expect(screen.getByText(/it is not an experiment/)).toBeTruthy();
  });

  it('shows the subgroups of one exposure, those without a ratio with the reason', async () => {
    const { asked, container } = page();
    const table = within(await screen.findByRole('region', { name: 'Ratios by subgroup' }));
    expect(asked).toContain('/api/v1/figures/mistakes_subgroups?tier=1');
    const rows = table.getAllByRole('row').map(plain);
    expect(rows[1]).toBe('Tier of the repositoryNo sign that the ratio differs between tiers (p = 0.44)');
    expect(rows[2]).toMatch(/^Tier 1AI 3\.00 %30 of 1 000No AI 2\.00 %40 of 2 000Ratio 1\.500\.90 to 2\.40$/);
    expect(rows[3]).toMatch(/9 mistakes in one group; shown from 10Ratio –$/);
    expect(rows).toHaveLength(4);
    expect(table.getByRole('link', { name: '30' }).getAttribute('href')).toBe('/changes?outcome=mistake');
    await expectAccessible(container);
  });

  it('goes over to the other exposure everywhere', async () => {
    page();
    await userEvent.click(await screen.findByRole('button', { name: 'AI agent', pressed: false }));
    expect(await screen.findByText(/^Tier 3$/)).toBeTruthy();
    expect(
      screen.getByRole('img', {
        name: /^Here: 200 mistakes, ratio 1\.40\. Needed for a margin of 1\.25: 400/,
      }),
    ).toBeTruthy();
  });

  it('reads out the months, those with too few as well', async () => {
    const { container } = page();
    const chart = await screen.findByRole('img', { name: /^Ratio of mistakes, AI-assisted/ });
    const readout = () => plain(container.querySelector<HTMLElement>('#mistakes_months .readout')!);
    expect(readout()).toBe('Sep 2026: 1.20, 0.60 to 2.40; 12 mistakes with AI, 25 without');
    chart.focus();
    await userEvent.keyboard('{Home}');
    expect(readout()).toContain('Aug 2026: 3 mistakes in one group; shown from 10');
    expect(container.querySelectorAll('.whisker')).toHaveLength(1);
  });

  it('shows no ratio while a check fails', async () => {
    const { asked } = page(
      mistakes({
        code: 'gated',
        word: 'No verdict',
        comparisons: [comparison({ code: 'gated', word: 'No verdict' })],
      }),
    );
    const section = await screen.findByRole('region', { name: 'AI-assisted' });
    expect(plain(section)).toContain('Ratio–');
    expect(asked.some((address) => address.includes('/figures/'))).toBe(false);
  });

  it('opens the counts in the workbench', async () => {
    page();
    const link = await screen.findByRole('link', { name: 'Open the counts in SQL' });
    expect(new URL(link.getAttribute('href')!, location.origin).searchParams.get('sql')).toMatch(
      /FROM changes\s+WHERE mature/,
    );
  });
});

it.each([
  [1.83, 'a rate 83 % higher'],
  [0.9, 'a rate 10 % lower'],
  [1.001, 'no difference'],
])('a ratio of %d is %s', (times, words) => expect(rise(times).replaceAll('\u202f', ' ')).toBe(words));

it('says of levels that they differ only where chance would seldom bring it', () => {
  expect(differWords({ dimension: 'team', differ: 0.0004 })).toBe(
    'The ratio differs between teams by more than chance brings (p < 0.001)',
  );
  expect(differWords({ dimension: 'size', differ: 0.2 })).toBe(
    'No sign that the ratio differs between sizes (p = 0.20)',
  );
  expect(differWords({ dimension: 'size', differ: null })).toBe('');
  expect(levelWords({ dimension: 'size', level: '5' })).toBe('over 1 000 lines');
});

describe('what could be noticed', () => {
  const power = { events: 400, seen: 1.5 };
  it('is what is known, here', () => expect(smallestSeen(power, 400)).toBeCloseTo(1.5));
  it('falls with the root of the number of mistakes', () => {
    expect(Math.log(smallestSeen(power, 1600))).toBeCloseTo(Math.log(1.5) / 2);
    const ratios = curve(power, [10, 10_000]).map(([, seen]) => seen);
    expect(ratios).toEqual(ratios.toSorted((a, b) => b - a));
  });
});

it('varies one thing at a time, what decides first', () => {
  const all = variants(
    comparison({ effects: [effect(), effect({ design: 'developer', deciding: false, ratio: ratio(null) })] }),
  );
  expect(all.map(({ label }) => label)).toEqual([
    'As it decides',
    'If every unknown change were AI',
    'Within 7 days',
  ]);
});
