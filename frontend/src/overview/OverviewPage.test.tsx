import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { changeList, comparison, coverage, mistakes, share } from '../testing/facts';
import { expectAccessible, Refusal, serve, show } from '../testing/render';
import { OverviewPage } from './OverviewPage';

const MONTHS = [
  {
    month: '2026-09-01',
    complete: true,
    ai_agent: 10,
    ai_assisted: 30,
    human: 0,
    automation: 0,
    unknown: 60,
  },
  { month: '2026-10-01', complete: false, ai_agent: 1, ai_assisted: 4, human: 0, automation: 0, unknown: 5 },
];

function answers(claim = mistakes()) {
  return {
    '/api/v1/claims': { claims: [claim, share()], data_to: null },
    '/api/v1/mix': { items: MONTHS },
    '/api/v1/coverage': coverage(),
    '/api/v1/changes': changeList([], 4800, 'more'),
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

  it('has key numbers that lead to their changes', async () => {
    const asked = serve(answers());
    show(<OverviewPage />);
    const ledger = within(await screen.findByRole('table', { name: 'Key numbers' }));
    await ledger.findByText('4 800');
    expect(ledger.getAllByRole('row').map(plain)).toEqual([
      'Changes with a mark of AI30.0 %1 500 of 5 00030.0 % if every unknown were human, 100.0 % if AI',
      expect.stringMatching(/^Changes that landed5 000All 5 0001 Jan 2024 to 4 Oct 2026$/),
      expect.stringMatching(/^Author class known30.0 %1 500 of 5 000/),
      '14 days over96.0 %4 800 of 5 000only these are compared',
    ]);
    expect(ledger.getAllByRole('link', { name: '1\u202f500' })[0]?.getAttribute('href')).toBe(
      '/changes?class=ai_agent,ai_assisted',
    );
    expect(asked).toContain('/api/v1/changes?mature=true&limit=1');
  });

  it('shows the months as a chart with words, and as a table with links', async () => {
    serve(answers());
    show(<OverviewPage />);
    await screen.findByRole('img', {
      name: /In Sep 2026: AI agent 10.0.%, AI-assisted 30.0.%, Unknown 60.0.%/,
    });
    expect(screen.getByText(/No change is Human, by evidence or Bot\./)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Table' }));
    const september = within(screen.getByRole('row', { name: /^Sep 2026/ }));
    expect(september.getByRole('link', { name: '30' }).getAttribute('href')).toBe(
      '/changes?class=ai_assisted&from=2026-09-01&to=2026-10-01',
    );
  });

  it('is accessible', async () => {
    serve(answers());
    const { container } = show(<OverviewPage />);
    await screen.findByRole('img', { name: /Share of changes/ });
    await expectAccessible(container);
  });
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
    const headings = (await screen.findAllByRole('heading', { level: 2 })).map(
      (heading) => heading.textContent,
    );
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
    serve({ ...answers(), '/api/v1/mix': new Refusal(503, down) });
    show(<OverviewPage />);
    expect((await screen.findByRole('alert')).textContent).toContain('The months could not be loaded');
    expect(await screen.findByText('AI-assisted changes are not reverted more often.')).toBeTruthy();
  });
});
