import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import type { FigureRow } from '../api/figures';
import { expectAccessible, show } from '../testing/render';
import { Heat, type HeatCell } from './Heat';
import type { PermissionsRow } from './rows';
import { Sentence } from './Sentence';

function cell(facts: Partial<HeatCell>, rows = {}): FigureRow<HeatCell> {
  return {
    values: {
      permission: 'write',
      review: 'independent',
      classes: ['ai_agent'],
      states: ['independent'],
      changes: 500,
      few: false,
      mistakes: 10,
      per_1000: 20,
      ratio: 1,
      ...facts,
    },
    rows,
  };
}

describe('the heat table', () => {
  const items = [
    cell({}, { mistakes: '/changes?permission=write', changes: '/changes?mature=true' }),
    cell({ permission: 'operator', review: 'none', changes: 40, few: true, mistakes: null, per_1000: null }),
  ];

  it('shows rates with their counts, and how many where they are too few', async () => {
    const { container } = show(<Heat items={items} />);
    expect(screen.getByRole('link', { name: '20' }).getAttribute('href')).toBe('/changes?permission=write');
    expect(screen.getByRole('link', { name: '500' }).closest('small')?.textContent).toBe('10 of 500');
    expect(screen.getByText('too few to show').closest('td')?.textContent).toContain('n = 40');
    expect(container.querySelector<HTMLElement>('td[style]')?.style.getPropertyValue('--k')).toBe('1');
    await expectAccessible(container);
  });

  it('shows counts to whoever asks', () => {
    show(<Heat items={items} />);
    fireEvent.click(screen.getByRole('button', { name: 'Mistakes' }));
    expect(screen.getByRole('link', { name: '10' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Mistakes' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('shows ratios to what a second person approved, and none of too few mistakes', () => {
    const self = cell({ review: 'self', mistakes: 9, ratio: null });
    const unseen = cell({ review: 'none', ratio: 2.71828 });
    show(<Heat items={[cell({}), self, unseen]} />);
    fireEvent.click(screen.getByRole('button', { name: 'Ratio to approved by a second person' }));
    expect(screen.getByText('2.72').closest('td')?.style.getPropertyValue('--k')).toBe('1');
    expect(screen.getByText('under 10 mistakes').closest('td')?.textContent).toContain('9 of 500');
  });
});

describe('the sentence', () => {
  const row = (facts: Partial<PermissionsRow>): FigureRow<PermissionsRow> => ({
    values: {
      written_by: 'ai',
      classes: ['ai_agent'],
      known: 100,
      operator: 7,
      operator_share: 0.07,
      operator_collected: 7,
      operator_skipped: 1,
      skipped_share: 0.143,
      limit: 0.05,
      usual_known: 50,
      raised: 5,
      raised_share: 0.1,
      unknown: 0,
      hidden: '',
      ...facts,
    },
    rows: {},
  });

  it('takes the limit from the figure, and says when it is passed', () => {
    show(<Sentence rows={[row({})]} />);
    expect(screen.getByRole('heading').textContent).toContain('over the limit of 5.0');
  });

  it('says so when it is kept', () => {
    show(<Sentence rows={[row({ skipped_share: 0.04 })]} />);
    expect(screen.getByRole('heading').textContent).toContain('(limit 5.0');
  });

  it('gives no share where nothing is known', () => {
    show(
      <Sentence rows={[row({ operator_share: null, hidden: 'fewer than five people stand behind them' })]} />,
    );
    expect(screen.getByRole('heading').textContent).toContain('is not known: fewer than five people');
  });
});
