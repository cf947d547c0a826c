import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { comparison, coverage, mistakes, share } from '../testing/facts';
import { expectAccessible, Refusal, serve, show } from '../testing/render';
import { OverviewPage } from './OverviewPage';

/** A figure's answer with these rows. */
function figure(id: string, items: { values: object; rows?: object }[]) {
  const rows = items.map((item) => ({ rows: {}, ...item }));
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

const WEEKS = [
  { week: '2026-09-21', open: false, ai_agent: 10, ai_assisted: 30, human: 20, unknown: 40, automation: 0 },
  { week: '2026-09-28', open: true, ai_agent: 1, ai_assisted: 4, human: 0, unknown: 5, automation: 0 },
];
const ADOPTION = [
  { week: '2026-09-21', open: false, people: 40, users: 28, share: 0.7, floor: true, hidden: '' },
  { week: '2026-09-28', open: true, people: 20, users: 5, share: 0.25, floor: true, hidden: '' },
];
const KIND = {
  size: 'small',
  tier: 'low',
  reference_share: 1,
  agent_share: 1,
  ratio: null,
  low: null,
  high: null,
};
const KINDS = [
  {
    ...KIND,
    kind: 'stratum',
    reference: 900,
    reference_rate: 0.01,
    agent: 300,
    agent_rate: 0.02,
    difference: 0.01,
  },
  {
    ...KIND,
    kind: 'own',
    size: null,
    reference: null,
    reference_rate: 0.03,
    agent: null,
    agent_rate: 0.02,
    difference: -0.01,
    ratio: 0.67,
    low: 0.5,
    high: 0.9,
  },
  {
    ...KIND,
    kind: 'same',
    size: null,
    reference: null,
    reference_rate: 0.03,
    agent: null,
    agent_rate: 0.04,
    difference: 0.01,
    ratio: 1.33,
    low: 1.1,
    high: 1.6,
  },
];

function answers(claim = mistakes()) {
  return {
    '/api/v1/claims': { claims: [claim, { ...share(), id: 'adoption', target: 0.8 }], data_to: null },
    '/api/v1/claims/adoption': { ...share(), id: 'adoption', target: 0.8 },
    '/api/v1/claims/mistakes/history': { items: [] },
    '/api/v1/coverage': coverage(),
    '/api/v1/figures/changes_weeks': figure(
      'changes_weeks',
      WEEKS.map((values) => ({ values })),
    ),
    '/api/v1/figures/adoption_weeks': figure(
      'adoption_weeks',
      ADOPTION.map((values) => ({ values })),
    ),
    '/api/v1/figures/outages': figure('outages', []),
    '/api/v1/figures/permissions_reviews': figure('permissions_reviews', []),
    '/api/v1/figures/kinds_of_work': figure(
      'kinds_of_work',
      KINDS.map((values) => ({ values, rows: { agent: '/changes?class=ai_agent' } })),
    ),
    '/api/v1/figures/outages_expected': figure('outages_expected', [
      {
        values: { outcome: 'incident', written_by: 'ai', changes: 8, of: 17, expected: 8.24, hidden: '' },
        rows: {
          changes: '/changes?class=ai_agent,ai_assisted&outcome=incident',
          of: '/changes?outcome=incident',
        },
      },
    ]),
    '/api/v1/figures/reviews_classes': figure('reviews_classes', [
      {
        values: { written_by: 'ai', skipped: 26, collected: 1000, share: 0.026 },
        rows: { skipped: '/changes?review=none' },
      },
      { values: { written_by: 'no_ai', skipped: 19, collected: 1000, share: 0.019 } },
    ]),
    '/api/v1/figures/permissions_classes': figure('permissions_classes', [
      {
        values: {
          written_by: 'ai',
          operator_skipped: 8,
          operator_collected: 100,
          skipped_share: 0.08,
          limit: 0.05,
        },
      },
    ]),
  };
}

const plain = (element: HTMLElement) => element.textContent?.replaceAll('\u202f', ' ');

describe('with an answer', () => {
  it('begins with its sentence, from the server', async () => {
    serve(answers());
    show(<OverviewPage />);
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('Overview');
    expect((await screen.findByText('AI-assisted changes are not reverted more often.')).tagName).toBe('H1');
    expect(screen.getByText(/a ratio above/).textContent).toContain('1.25');
  });

  it('has four key numbers, each beside what it is held against, with its rows', async () => {
    serve(answers());
    show(<OverviewPage />);
    const ledger = within(await screen.findByRole('table', { name: 'Key numbers' }));
    await ledger.findByText('over the 5.0 % limit');
    await ledger.findByText('70.0 %');
    expect(ledger.getAllByRole('row').map(plain)).toEqual([
      'People using AI, last full week70.0 %target 80.0 %28 of 40 people',
      'AI changes among those that caused an outage8 of 178.2 expectedfrom their share of the same work',
      'AI changes without a second person2.6 %no AI: 1.9 %26 of 1 000',
      'Of those that could merge and deploy8.0 %over the 5.0 % limit8 of 100',
    ]);
    expect(ledger.getByRole('link', { name: '26' }).getAttribute('href')).toBe('/changes?review=none');
    expect(ledger.getByRole('link', { name: /^People using AI/ }).getAttribute('href')).toBe('/adoption');
  });

  it('says that the answer is of the whole fleet where the page is narrowed, and narrows the figures', async () => {
    const asked = serve(answers());
    show(<OverviewPage />, '/?team=red&range=12w');
    expect((await screen.findByRole('note')).textContent).toMatch(/of the whole fleet/);
    expect(asked).toContain('/api/v1/figures/kinds_of_work?team=red&range=12w');
  });

  it('shows who the changes come from, those without a mark of AI together', async () => {
    serve(answers());
    show(<OverviewPage />);
    const name = /In the last full week: No AI recorded 60.0.%, AI-assisted 30.0.%, AI agent 10.0.%\./;
    await screen.findByRole('img', { name });
  });

  it('sets raw and equal work side by side', async () => {
    serve(answers());
    show(<OverviewPage />);
    const table = within(await screen.findByRole('region', { name: 'Mistakes by kind of work' }));
    expect(table.getAllByRole('row').map(plain).slice(1)).toEqual([
      expect.stringMatching(/^Small change, less critical100 % · 100 %.*\+1\.0 pts$/),
      expect.stringMatching(/^All, each with its own mix of workratio 0\.67, 0\.50 to 0\.90.*−1\.0 pts$/),
      expect.stringMatching(/^All, on the same mix of workratio 1\.33, 1\.10 to 1\.60.*\+1\.0 pts$/),
    ]);
  });

  it('is accessible', async () => {
    serve(answers());
    const { container } = show(<OverviewPage />);
    await screen.findByRole('img', { name: /Share of changes/ });
    await expectAccessible(container);
  });
});

it('shows the answers of the last twelve weeks, which the API has newest first, from left to right', async () => {
  const weeks = Array.from({ length: 14 }, (_, i) => ({
    week: new Date(Date.UTC(2026, 9, 5) - i * 7 * 86_400_000).toISOString().slice(0, 10),
    code: i === 0 ? 'more' : 'undecided',
    word: i === 0 ? 'More common' : 'Undecided',
  }));
  serve({ ...answers(), '/api/v1/claims/mistakes/history': { items: weeks } });
  show(<OverviewPage />);
  const strip = within(await screen.findByRole('list', { name: 'Answers of the last 12 weeks' }));
  const marks = strip.getAllByRole('listitem').map((mark) => mark.title);
  expect(marks).toHaveLength(12);
  expect([marks[0], marks.at(-1)]).toEqual([
    'Week of 20 Jul 2026: Undecided',
    'Week of 5 Oct 2026: More common',
  ]);
});

describe('when a check fails', () => {
  it('shows the checks first', async () => {
    const gates = [
      {
        id: 'freshness',
        label: 'Freshness',
        passes: false,
        detail: 'Last collected 52 h ago',
        threshold: '36 h',
      },
    ];
    serve(
      answers(
        mistakes({ code: 'gated', word: 'No verdict', gates, comparisons: [comparison({ code: 'gated' })] }),
      ),
    );
    show(<OverviewPage />);
    await screen.findByRole('heading', { name: /so there is no verdict/ });
    const headings = screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent);
    expect(headings.slice(0, 2)).toEqual([
      '1 of 1 check fails, so there is no verdict',
      'What goes wrong, and how often',
    ]);
    expect(screen.getByRole('row', { name: /^Fails Freshness/ }).textContent).toContain('needs 36 h');
  });
});

describe('before there are changes', () => {
  it('says what to run', async () => {
    serve({ ...answers(), '/api/v1/coverage': coverage({ changes: 0 }) });
    show(<OverviewPage />);
    await screen.findByRole('heading', { name: 'Nothing has been collected yet.' });
    expect(screen.getByText('make run REPOS="path …"')).toBeTruthy();
  });

  it('says that the first histories are being read', async () => {
    const running = [{ source: 'git', scope: 'acme/app', done: 1, total: 0, unit: 'commits' }];
    serve({ ...answers(), '/api/v1/coverage': coverage({ changes: 0, running }) });
    show(<OverviewPage />);
    await screen.findByRole('heading', { name: 'The first histories are being read.' });
  });
});

describe('when the server refuses', () => {
  const down = {
    type: 'about:blank',
    title: 'the database does not answer',
    status: 503,
    code: 'not_ready',
    action: 'wait a few seconds',
    request_id: 'R1',
  };

  it('says what failed, with the id of the request, and tries again', async () => {
    let refuse = true;
    serve({
      ...answers(),
      '/api/v1/claims': () => (refuse ? new Refusal(503, down) : { claims: [mistakes()], data_to: null }),
    });
    show(<OverviewPage />);
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain(
      'The claims could not be loaded. The database does not answer.Wait a few seconds.',
    );
    expect(alert.textContent).toContain('Request R1');
    refuse = false;
    await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
    await screen.findByText('AI-assisted changes are not reverted more often.');
  });

  it('in one figure, the others live on', async () => {
    serve({ ...answers(), '/api/v1/figures/changes_weeks': new Refusal(503, down) });
    show(<OverviewPage />);
    expect((await screen.findByRole('alert')).textContent).toContain(
      'Who the changes come from could not be loaded',
    );
    expect(await screen.findByText('AI-assisted changes are not reverted more often.')).toBeTruthy();
  });
});
