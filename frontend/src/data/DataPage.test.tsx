import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';

import type { Coverage } from '../api/types';
import { coverage, scopeList, source, stream } from '../testing/facts';
import { expectAccessible, Refusal, serve, show } from '../testing/render';
import { DataPage } from './DataPage';

const ACCOUNTS = { items: [{ source: 'git', accounts: 12, unmatched: 3, changes: 90, share: 0.25 }] };

function open(facts: Partial<Coverage>, routes: Record<string, unknown> = {}) {
  const asked = serve({
    '/api/v1/coverage': coverage(facts),
    '/api/v1/coverage/accounts': ACCOUNTS,
    '/api/v1/claims/mistakes/history': { items: [] },
    '/api/v1/figures': { items: [] },
    '/api/v1/claims': { claims: [] },
    ...routes,
  });
  return { asked, ...show(<DataPage />, '/data') };
}

function cells(name: RegExp) {
  return within(screen.getByRole('row', { name }))
    .getAllByRole('cell')
    .map((cell) => cell.textContent?.replaceAll('\u202f', ' '));
}

it('lists few scopes with status, age, errors and warnings, without asking again', async () => {
  const rows = [
    source({ scope: '/srv/x', status: 'failed', rows: 0, last_success_at: null, error: 'not a repository' }),
    source({
      scope: 'acme/web',
      status: 'partial',
      warnings: 3,
      warning_details: [{ code: 'shallow', detail: 'cut off' }],
    }),
    source(),
    source({ scope: 'acme', status: 'absent', error: 'no such log', last_success_at: null, requests: 2 }),
  ];
  const { asked, container } = open({
    sources: rows,
    streams: [stream({ scopes: 4, ok: 1, partial: 1, failed: 1, absent: 1, never: 1 })],
  });
  await screen.findByText('not a repository');
  expect(cells(/srv\/x/)).toEqual(['Down, never collected', 'never whole', '0', '0', 'not a repository']);
  expect(cells(/acme\/web/)).toEqual([
    'Partial',
    '5 hours',
    '9 000',
    '0',
    '3 warningsshallow cut offand 2 more',
  ]);
  expect(cells(/acme\/app/)).toEqual(['Whole', '5 hours', '9 000', '0', 'none']);
  expect(cells(/^acmegit/)).toEqual(['Not collected', 'never whole', '9 000', '2', 'no such log']);
  expect(cells(/^history/)).toEqual([
    '1 of 4 down',
    '5 hours1 never whole',
    '9 000',
    '0',
    expect.stringMatching(/^in 4 min/),
  ]);
  expect(asked.some((url) => url.includes('/scopes'))).toBe(false);
  await expectAccessible(container);
});

it('groups many scopes, and asks for them when they are opened', async () => {
  const { asked, container } = open(
    {
      streams: [
        stream({ source: 'github', stream: 'pull_requests', scopes: 2000, ok: 2000, running: 1 }),
        stream({
          source: 'github',
          stream: 'audit_log',
          scopes: 1,
          ok: 0,
          absent: 1,
          error: 'this account may not read it',
          last_success_at: null,
        }),
        stream({ source: 'jira', stream: 'incidents', scopes: 1, failed: 1, ok: 0, error: 'refused' }),
        stream({ source: 'pagerduty', stream: 'incidents', scopes: 0, ok: 0, last_success_at: null }),
      ],
    },
    {
      '/api/v1/coverage/scopes': (url: URL) =>
        url.searchParams.has('cursor')
          ? scopeList([source({ scope: 'acme/r51' })], 2000)
          : scopeList([source({ scope: 'acme/r1' })], 2000, 'next'),
    },
  );
  await screen.findByText('pull_requests');
  expect(cells(/^pull_requests/).at(-1)).toBe('now');
  expect(cells(/^audit_log/)[0]).toBe('Not collectedthis account may not read it');
  expect(screen.getByText(/^Down since /).textContent).toContain('UTC');
  expect(screen.getByText('Not collected yet')).toBeTruthy();
  const opener = screen.getByRole('button', { name: /2.000 scopes of pull_requests/ });
  expect(opener.getAttribute('aria-expanded')).toBe('false');
  await userEvent.click(opener);
  await screen.findByText('acme/r1');
  await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
  await screen.findByText('acme/r51');
  expect(asked.filter((url) => url.includes('/scopes'))).toEqual([
    '/api/v1/coverage/scopes?source=github&stream=pull_requests&limit=50',
    '/api/v1/coverage/scopes?source=github&stream=pull_requests&limit=50&cursor=next',
  ]);
  await expectAccessible(container);
});

it('finds scopes by name and status', async () => {
  const { asked } = open(
    { streams: [stream({ scopes: 2000 })] },
    { '/api/v1/coverage/scopes': scopeList([source({ scope: 'acme/found' })]) },
  );
  await userEvent.type(await screen.findByLabelText(/^Find in/), 'found');
  await userEvent.selectOptions(screen.getByLabelText('Last run'), 'Down');
  await screen.findByText('acme/found');
  await waitFor(() =>
    expect(asked.at(-1)).toBe('/api/v1/coverage/scopes?scope=found&status=failed&limit=50'),
  );
});

it('runs and pauses a source where that is allowed, and says what came of it', async () => {
  const { asked } = open(
    { streams: [stream()], sources: [source()] },
    {
      '/api/v1/collections/run': { found: 2, begun: 2 },
      '/api/v1/collections/pause': new Refusal(403, {
        type: '',
        title: 'Collections cannot be paused from here',
        status: 403,
        code: 'controls_off',
      }),
    },
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Run git now' }));
  await screen.findByText('It begins.');
  await userEvent.click(screen.getByRole('button', { name: 'Pause git' }));
  await screen.findByText('Not done: Collections cannot be paused from here');
  expect(asked.filter((url) => url.includes('/collections/'))).toHaveLength(2);
});

it('has no buttons where they would do nothing', async () => {
  open({ controls: false, streams: [stream({ paused: true, next_run_at: null })], sources: [source()] });
  await screen.findByText('acme/app');
  expect(cells(/^history/).at(-1)).toBe('paused');
  expect(screen.queryByRole('button', { name: /Run/ })).toBeNull();
});

it('has a dash for what is not known, never a zero or a date of its own', async () => {
  open({ data_from: null, data_to: null, collected_at: null, classified: null, rules_version: '' });
  expect((await screen.findByText('Data from')).nextSibling?.textContent).toBe('–');
  expect(screen.getByText('Author class known').nextSibling?.textContent).toBe('– of changes');
  expect(screen.getByText('Last collected').nextSibling?.textContent).toBe('never whole');
  expect(screen.getByText(/Nothing has been collected yet/)).toBeTruthy();
  expect((await screen.findByRole('row', { name: /^git/ })).textContent).toBe('git31225.0\u202f%');
});
