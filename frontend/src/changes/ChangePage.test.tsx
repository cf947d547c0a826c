import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { change } from '../testing/facts';
import { expectAccessible, Refusal, serve, show } from '../testing/render';
import { ChangePage } from './ChangePage';

const ADDRESS = '/changes/acme%2Fapp@0f3c5d7e9b';
const API = '/api/v1/changes/acme%2Fapp%400f3c5d7e9b';

const EVIDENCE = {
  subject: '0f3c5d7e9b11',
  rule: 'trailer.co-author',
  tool: 'claude-code',
  mode: 'agent',
  evidence: 'Co-Authored-By: Claude',
  confidence: 0.99,
};
const LINK = {
  relation: 'reverted_by',
  change_id: 'acme/app@22',
  method: 'sha',
  effective: false,
  at: '2026-10-02T00:00:00Z',
};

describe('one change', () => {
  it('shows facts, evidence and links', async () => {
    serve({ [API]: { change: change({ pr_number: 12 }), attributions: [EVIDENCE], links: [LINK] } });
    const { container } = show(<ChangePage />, ADDRESS);
    await screen.findByRole('heading', { level: 1, name: 'Add a cache' });
    expect(screen.getByText('1 Oct 2026, 00:00 UTC')).toBeTruthy();
    expect(
      within(screen.getByRole('row', { name: /Co-Authored-By: Claude/ })).getByText('0.99'),
    ).toBeTruthy();
    expect(screen.getByRole('link', { name: 'acme/app@22' }).getAttribute('href')).toBe(
      '/changes/acme%2Fapp%4022',
    );
    expect(
      screen.getByText(/the message names the commit; undone by a later revert, so it does not count/),
    ).toBeTruthy();
    await expectAccessible(container);
  });

  it('without a mark does not call itself human', async () => {
    const plain = change({
      author_class: 'unknown',
      tool: '',
      autonomy: 'none',
      size_lines: null,
      files: null,
    });
    serve({ [API]: { change: plain, attributions: [], links: [] } });
    show(<ChangePage />, ADDRESS);
    expect(await screen.findByText(/That is not evidence that a human wrote it/)).toBeTruthy();
    expect(screen.getByText(/lines could not be counted/)).toBeTruthy();
    expect(screen.getByText('None was seen.')).toBeTruthy();
  });

  it('that is not there says so', async () => {
    serve({
      [API]: new Refusal(404, {
        type: 'about:blank',
        title: 'There is no such change',
        status: 404,
        code: 'not_found',
      }),
    });
    show(<ChangePage />, ADDRESS);
    expect((await screen.findByRole('alert')).textContent).toContain('There is no such change.');
    expect(screen.queryByRole('button')).toBeNull();
  });
});
