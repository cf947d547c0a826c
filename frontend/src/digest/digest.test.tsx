import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';

import { App } from '../App';
import { coverage, fleet } from '../testing/facts';
import { expectAccessible, Refusal, serve, show } from '../testing/render';
import type { Digest, Item } from './useDigest';

function item(claim: string, facts: Partial<Item> = {}): Item {
  return {
    claim,
    question: `Is it ${claim}?`,
    code: 'not_more',
    word: 'Not more common',
    sentence: `The sentence of ${claim}.`,
    detail: '',
    before: null,
    ...facts,
  };
}

const DIGEST: Digest = {
  week: '2026-W40',
  from: '2026-09-28',
  over: true,
  headline: '1 answer changed.',
  first: false,
  before: '2026-W38',
  after: null,
  sections: [
    {
      id: 'changed',
      title: 'Answers that changed',
      items: [item('mistakes', { before: { code: 'undecided', word: 'Undecided' } })],
    },
    { id: 'limits', title: 'Limits and targets crossed', items: [] },
    { id: 'adoption', title: 'Adoption', items: [item('adoption')] },
    { id: 'same', title: 'Unchanged', items: [item('adoption')] },
  ],
};

const ANSWERS = {
  '/api/v1/coverage': coverage(),
  '/api/v1/fleet': fleet(),
  '/api/v1/digests/2026-W40': DIGEST,
  '/api/v1/digests/newest': DIGEST,
};

describe('the page of a week', () => {
  it('tells what changed first, and what it was before', async () => {
    serve(ANSWERS);
    const { container } = show(<App />, '/digest/2026-W40');
    expect((await screen.findByText('1 answer changed.')).tagName).toBe('H1');
    const headings = screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent);
    expect(headings).toEqual(['Answers that changed', 'Limits and targets crossed', 'Adoption', 'Unchanged']);
    const changed = within(screen.getByRole('region', { name: 'Answers that changed' }));
    expect(changed.getByRole('listitem').textContent).toMatch(/Undecided → .*Not more common/);
    expect(screen.getByRole('link', { name: '← 2026-W38' }).getAttribute('href')).toBe('/digest/2026-W38');
    expect(screen.getByRole('link', { name: 'Adoption now' }).getAttribute('href')).toBe('/adoption');
    await expectAccessible(container);
  });

  it('is a text that the server writes, to be saved or copied', async () => {
    const asked = serve({ ...ANSWERS, '/api/v1/digests/2026-W40/markdown': 'the text' });
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
    show(<App />, '/digest/2026-W40');
    const save = await screen.findByRole('link', { name: 'Save as text' });
    expect(save.getAttribute('href')).toBe('/api/v1/digests/2026-W40/markdown');
    fireEvent.click(screen.getByRole('button', { name: 'Copy as text' }));
    expect(await screen.findByText('Copied')).toBeTruthy();
    expect(asked).toContain('/api/v1/digests/2026-W40/markdown');
    expect(writeText).toHaveBeenCalledTimes(1);
    vi.unstubAllGlobals();
  });

  it('is reached from the newest', async () => {
    serve(ANSWERS);
    show(<App />, '/digest');
    await screen.findByText('1 answer changed.');
    expect(location.pathname).toBe('/digest/2026-W40');
  });

  it('says so where nothing was recorded', async () => {
    const none = {
      type: 'about:blank',
      title: 'Nothing was recorded',
      status: 404,
      code: 'nothing_recorded',
    };
    serve({ ...ANSWERS, '/api/v1/digests/2020-W01': new Refusal(404, none) });
    show(<App />, '/digest/2020-W01');
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing was recorded.');
  });
});
