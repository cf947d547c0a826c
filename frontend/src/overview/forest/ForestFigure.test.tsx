import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { comparison, mistakes, ratio } from '../../testing/facts';
import { expectAccessible, show } from '../../testing/render';
import { ForestFigure } from './ForestFigure';

function row(name: RegExp): HTMLElement {
  return screen.getByRole('row', { name });
}

describe('a comparison', () => {
  it('is a row of raw counts, ratio with interval, and answer', () => {
    show(<ForestFigure claim={mistakes()} />);
    const cells = within(row(/^Reverted within 14 days/)).getAllByRole('cell');
    expect(cells.map((cell) => cell.textContent?.replaceAll('\u202f', ' '))).toEqual([
      'AI 1.58 %21 of 1 330',
      'No AI 1.05 %30 of 2 870',
      '1.51',
      '',
      'Ratio 0.940.72 to 1.21 (one planned look: 0.80 to 1.10)',
      '✓Not more common',
    ]);
  });

  it('leads from each count to its changes', () => {
    show(<ForestFigure claim={mistakes()} />);
    const links = within(row(/^Reverted within 14 days/)).getAllByRole('link');
    expect(
      links.map((link) => [link.textContent?.replaceAll('\u202f', ''), link.getAttribute('href')]),
    ).toEqual([
      ['Reverted within 14 days', '/changes?class=ai_assisted&outcome=reverted_14d&mature=true'],
      ['21', '/changes?class=ai_assisted&outcome=reverted_14d&mature=true'],
      ['1330', '/changes?class=ai_assisted&mature=true'],
      ['30', '/changes?class=human,unknown&outcome=reverted_14d&mature=true'],
      ['2870', '/changes?class=human,unknown&mature=true'],
    ]);
  });

  it('without enough data says why, and shows counts but no ratio', () => {
    const few = comparison({
      code: 'no_data',
      word: 'Not enough data',
      reason: '4 events in one group; shown from 10',
    });
    show(<ForestFigure claim={mistakes({ comparisons: [few] })} />);
    const cells = within(row(/^Reverted within 14 days/));
    expect(cells.getByText('4 events in one group; shown from 10')).toBeTruthy();
    expect(cells.getByText('1 330')).toBeTruthy();
    expect(cells.queryByText('0.94')).toBeNull();
    expect(row(/Could have been seen 8 times in 10: a ratio of 1.90/)).toBeTruthy();
  });

  it('under a failed check has no ratio either', () => {
    show(
      <ForestFigure claim={mistakes({ comparisons: [comparison({ code: 'gated', word: 'No verdict' })] })} />,
    );
    expect(screen.getByText('No ratio while a check fails')).toBeTruthy();
    expect(screen.queryByText('0.94')).toBeNull();
    expect(screen.queryByText('1.51')).toBeNull();
  });
});

describe('adjustments', () => {
  const secondary = comparison({ outcome: 'mistake', primary: false });

  it('stand under the primary outcome always, under the others on demand', async () => {
    show(<ForestFigure claim={mistakes({ comparisons: [comparison(), secondary] })} />);
    const total = () => screen.getAllByRole('row', { name: /^Total effect/ });
    expect(total()).toHaveLength(1);
    expect(total()[0]?.textContent).toContain('0.97');
    expect(row(/^Direct effect, same developer/).textContent).toContain('0.94');
    expect(row(/^If every unknown were AI/).textContent).toContain('1.12');
    await userEvent.click(screen.getByRole('button', { name: 'Every adjustment' }));
    expect(total()).toHaveLength(2);
  });

  it('that cannot be estimated say so', () => {
    const none = comparison({ total: { ...ratio(null), reason: 'no stratum has changes in both arms' } });
    show(<ForestFigure claim={mistakes({ comparisons: [none] })} />);
    expect(row(/^Total effect/).textContent).toContain('no stratum has changes in both arms');
  });
});

it('is nothing where there is nothing to compare', () => {
  const { container } = show(<ForestFigure claim={mistakes({ comparisons: [] })} />);
  expect(container.textContent).toBe('');
});

it('is accessible', async () => {
  const agent = comparison({ exposure: 'ai_agent', direct: ratio(1.2, 0.3, 9) });
  const { container } = show(<ForestFigure claim={mistakes({ comparisons: [comparison(), agent] })} />);
  await expectAccessible(container);
});
