import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { App } from '../App';
import type { Claim, Measure } from '../api/types';
import { comparison, coverage, effect, fleet, mistakes, ratio, share } from '../testing/facts';
import { expectAccessible, Refusal, serve, show } from '../testing/render';

const SHELL = { '/api/v1/coverage': coverage(), '/api/v1/fleet': fleet() };
const PAST = {
  week: '2026-11-16',
  version: 1,
  code: 'undecided',
  word: 'Undecided',
  answered_at: '2026-11-20T00:00:00Z',
};

function one(claim: Claim) {
  return {
    ...SHELL,
    [`/api/v1/claims/${claim.id}`]: claim,
    [`/api/v1/claims/${claim.id}/history`]: { items: [{ ...PAST, flipped: true, redefined: false }] },
  };
}

const plain = (element: HTMLElement) => element.textContent?.replaceAll('\u202f', ' ');

describe('the list of claims', () => {
  it('has each with its answer, and what to connect where there is none', async () => {
    const missing = mistakes({
      code: 'no_data',
      word: 'Not enough data',
      sentence: 'Nothing can be said.',
      connect: ['incidents: a file of incidents'],
      comparisons: [],
    });
    serve({
      ...SHELL,
      '/api/v1/claims': { claims: [{ ...missing, id: 'limited' }, share()], data_to: null },
    });
    const { container } = show(<App />, '/claims');
    const rows = await screen.findAllByRole('row');
    expect(rows.map(plain)[1]).toContain('Nothing can be said.incidents: a file of incidents');
    expect(rows.map(plain)[2]).toContain('At least 30 %');
    expect(
      screen.getAllByRole('link', { name: 'Are mistakes more common with AI?' })[0]?.getAttribute('href'),
    ).toBe('/claims/limited');
    await expectAccessible(container);
  });
});

describe('a claim', () => {
  it('shows four ways to compare, the one that decides first', async () => {
    const few = effect({
      design: 'developer',
      adjustment: 'total',
      deciding: false,
      ratio: ratio(null),
      reason: '4 events',
      code: 'no_data',
      word: 'Not enough data',
    });
    serve(
      one(
        mistakes({
          comparisons: [comparison({ effects: [effect({ control: ratio(1.1, 0.8, 1.3) }), few] })],
        }),
      ),
    );
    const { container } = show(<App />, '/claims/mistakes');
    const table = within(await screen.findByRole('region', { name: 'Table of effects' }));
    const [, , first, second] = table.getAllByRole('row').map(plain);
    expect(first).toMatch(
      /^Same repository and quarterDirect effect.*0\.940\.72 to 1\.210\.80 to 1\.105180\.0 % of all12× 1\.20/,
    );
    expect(first).toContain('400 events for the margin, at this pace by 1 Mar 2027');
    expect(first).toContain('1.100.72 to 1.43');
    expect(second).toContain('Same developerTotal effect');
    expect(second).toContain('4 events');
    await expectAccessible(container);
  });

  it('shows what else it could be', async () => {
    serve(one(mistakes()));
    show(<App />, '/claims/mistakes');
    const table = within(await screen.findByRole('region', { name: 'Table of other definitions' }));
    expect(table.getAllByRole('row').map(plain).slice(2)).toEqual([
      'as it decides0.940.72 to 1.2151',
      'if every unknown change were human0.940.72 to 1.21–',
      'if every unknown change were AI1.120.81 to 1.54–',
      'within 7 days1.020.63 to 1.6540',
      expect.stringMatching(
        /^corrected for the measured errors.*only 41\.0 % of AI’s mistakes were recognised0\.960\.70 to 1\.30$/,
      ),
    ]);
  });
});

describe('a claim of its own kind', () => {
  it('shows its tables, with counts that lead to their changes', async () => {
    const measures: Measure[] = [
      {
        id: 'a',
        label: 'Seen',
        unit: 'share',
        value: 0.25,
        interval: { low: 0.2, high: 0.3 },
        part: 5,
        of: 20,
        rows: 'review=none',
        class: 'ai_agent',
        suppressed: false,
      },
      {
        id: 'b',
        label: 'Small',
        unit: 'share',
        value: null,
        reason: 'fewer than 5 people',
        suppressed: true,
      },
      { id: 'c', label: 'How many', unit: 'count', value: 7, rows: 'mature=true', suppressed: false },
      { id: 'd', label: 'Wait', unit: 'hours', value: 3.14159, suppressed: false },
    ];
    serve(
      one(
        mistakes({
          comparisons: [],
          tables: [{ id: 't', title: 'Second look', note: 'A full count', measures }],
        }),
      ),
    );
    const { container } = show(<App />, '/claims/mistakes');
    const rows = within(await screen.findByRole('region', { name: 'Table: Second look' })).getAllByRole(
      'row',
    );
    expect(rows.map(plain).slice(1)).toEqual([
      'Seen25.0 %20.0 % to 30.0 %5 of 20',
      'Small–fewer than 5 people',
      'How many77',
      'Wait3.1 h',
    ]);
    expect(within(rows[1]!).getByRole('link', { name: '5' }).getAttribute('href')).toBe(
      '/changes?review=none',
    );
    await expectAccessible(container);
  });

  it('shows what it was answered before, and what would change it', async () => {
    serve(one(mistakes()));
    show(<App />, '/claims/mistakes');
    expect(plain(await screen.findByRole('row', { name: /^16 Nov 2026/ }))).toContain(
      'another than the week before',
    );
    expect(screen.getByText(/What would change the answer: The interval moves off 1/)).toBeTruthy();
  });

  it('that is not there says so', async () => {
    const none = { type: 'about:blank', title: 'There is no such claim', status: 404, code: 'no_such_claim' };
    serve({ ...SHELL, '/api/v1/claims/nothing': new Refusal(404, none) });
    show(<App />, '/claims/nothing');
    expect((await screen.findByRole('alert')).textContent).toContain('There is no such claim.');
  });
});
