import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';

import type { Source } from '../api/types';
import { coverage } from '../testing/facts';
import { expectAccessible, serve, show } from '../testing/render';
import { DataPage } from './DataPage';

const HOUR = 3_600_000;
const WHOLE: Source = {
  source: 'git',
  scope: 'acme/app',
  stream: 'history',
  status: 'ok',
  rows: 9000,
  started_at: new Date(Date.now() - 5 * HOUR).toISOString(),
  finished_at: new Date(Date.now() - 5 * HOUR).toISOString(),
  last_success_at: new Date(Date.now() - 5 * HOUR).toISOString(),
  warnings: 0,
};

it('lists sources with status, age, errors and warnings', async () => {
  const failed: Source = {
    ...WHOLE,
    scope: '/srv/x',
    status: 'failed',
    rows: 0,
    last_success_at: null,
    error: 'not a repository',
  };
  const partial: Source = {
    ...WHOLE,
    scope: 'acme/web',
    status: 'partial',
    warnings: 3,
    warning_details: [{ code: 'shallow', detail: 'cut off' }],
  };
  serve({ '/api/v1/coverage': coverage({ sources: [failed, partial, WHOLE] }) });
  const { container } = show(<DataPage />, '/data');
  const cells = (name: RegExp) =>
    within(screen.getByRole('row', { name }))
      .getAllByRole('cell')
      .map((cell) => cell.textContent?.replaceAll('\u202f', ' '));
  await screen.findByText('not a repository');
  expect(cells(/srv\/x/)).toEqual(['Failed', '0', '5 hours ago', '–', 'not a repository']);
  expect(cells(/acme\/web/)).toEqual([
    'Partial',
    '9 000',
    '5 hours ago',
    '5 hours ago',
    '3 warningsshallow cut offand 2 more',
  ]);
  expect(cells(/acme\/app/)).toEqual(['Whole', '9 000', '5 hours ago', '5 hours ago', 'none']);
  await expectAccessible(container);
});

it('has a dash for what is not known, never a zero or a date of its own', async () => {
  serve({
    '/api/v1/coverage': coverage({
      data_from: null,
      data_to: null,
      collected_at: null,
      classified: null,
      rules_version: '',
    }),
  });
  show(<DataPage />, '/data');
  expect((await screen.findByText('Data from')).nextSibling?.textContent).toBe('–');
  expect(screen.getByText('Author class known').nextSibling?.textContent).toBe('– of changes');
  expect(screen.getByText('Last collected').nextSibling?.textContent).toBe('never whole');
  expect(screen.getByText(/Nothing has been collected yet/)).toBeTruthy();
});
