import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import type { FigureRow } from '../api/figures';
import { expectAccessible, serve, show } from '../testing/render';
import { Effort } from './Effort';
import { Reasons } from './Reasons';
import type { EffortRow, ReasonRow, ReviewsRow, WaitRow } from './rows';
import { Sentence } from './Sentence';
import { Survival } from './Survival';

describe('the sentence', () => {
  const row = (facts: Partial<ReviewsRow>, rows = {}) =>
    ({
      values: {
        written_by: 'ai',
        classes: [],
        skipped: 26,
        collected: 1000,
        share: 0.026,
        not_collected: 0,
        hidden: '',
        ...facts,
      },
      rows,
    }) as FigureRow<ReviewsRow>;

  it('says the share, and of how many nothing is known', () => {
    show(
      <Sentence
        rows={[
          row({}),
          row({ written_by: 'ai_agent' }, { skipped: '/changes?review=none' }),
          row(
            { written_by: 'no_ai', share: 0.019, not_collected: 3 },
            { not_collected: '/changes?review=not_collected' },
          ),
        ]}
      />,
    );
    expect(screen.getByRole('heading').textContent).toMatch(
      /^2\.6.% of changes with AI .* no AI recorded: 1\.9.%\.$/,
    );
    expect(screen.getByRole('link', { name: '26' }).getAttribute('href')).toBe('/changes?review=none');
    expect(screen.getByRole('link', { name: '3 changes' }).getAttribute('href')).toBe(
      '/changes?review=not_collected',
    );
    expect(document.querySelector('.lede')?.textContent).toContain('neither reviewed nor skipped');
  });

  it('does not make a share of nothing', () => {
    show(
      <Sentence
        rows={[
          row({
            skipped: null,
            collected: null,
            share: null,
            hidden: 'fewer than five people stand behind them',
          }),
        ]}
      />,
    );
    expect(screen.getByRole('heading').textContent).toContain('is not known: fewer than five people');
    expect(document.body.textContent).not.toContain('NaN');
  });
});

describe('the survival curves', () => {
  const curve = (written_by: WaitRow['written_by']): WaitRow[] =>
    Array.from({ length: 73 }, (_, hour) => ({
      written_by,
      hour,
      at_risk: 1000 - 10 * hour,
      waiting: hour === 0 ? 1 : 0.9 ** hour,
      low: hour === 0 ? null : 0.9 ** hour * 0.9,
      high: hour === 0 ? null : 0.9 ** hour * 1.05,
    }));

  it('stand on numbers at risk, and list the medians', async () => {
    serve({
      '/api/v1/figures/reviews_medians': {
        items: [
          {
            values: {
              written_by: 'ai_agent',
              proposals: 1000,
              reviewed: 800,
              merged_unreviewed: 100,
              median_hours: 6.6,
              hidden: '',
            },
            rows: {},
          },
        ],
      },
    });
    const { container } = show(<Survival rows={[...curve('ai_agent'), ...curve('no_ai')]} scope={{}} />);
    expect(container.querySelectorAll('path.band')).toHaveLength(2);
    expect(screen.getByRole('img').getAttribute('aria-label')).toContain('AI agent: 43.0');
    const risk = [...container.querySelectorAll('.at-risk tbody tr:first-child td')].map(
      (td) => td.textContent,
    );
    expect(risk[1]).toMatch(/^920 43\.0/);
    expect(risk).toHaveLength(4);
    expect((await screen.findByText(/half had a review within/)).textContent).toContain(
      '800 of 1 000'.replace(' 000', '\u202f000'),
    );
    await expectAccessible(container);
  });
});

describe('tables', () => {
  it('draw reasons on one scale and hide what is hidden', () => {
    const reason = (facts: Partial<ReasonRow>) =>
      ({
        values: {
          reason: 'none',
          written_by: 'ai_agent',
          classes: [],
          changes: 10,
          of: 100,
          share: 0.1,
          hidden: '',
          ...facts,
        },
        rows: { changes: '/changes?review=none' },
      }) as FigureRow<ReasonRow>;
    const { container } = show(
      <Reasons
        items={[
          reason({}),
          reason({ reason: 'self', changes: 5, share: 0.05 }),
          reason({ written_by: 'no_ai', changes: null, of: null, share: null, hidden: 'few' }),
        ]}
      />,
    );
    const bars = [...container.querySelectorAll<HTMLElement>('.bar')].map((bar) => bar.style.width);
    expect(bars).toEqual(['100%', '50%']);
    expect(container.querySelector('td[title=few]')?.textContent).toBe('–');
  });

  it('say that a cell is too small', () => {
    const effort = {
      values: {
        lines: 'up to 10',
        written_by: 'ai_agent',
        changes: 99,
        comments_per_100: null,
        hidden: 'too few to show',
      },
      rows: { changes: '/changes?max_lines=10' },
    } as unknown as FigureRow<EffortRow>;
    show(<Effort items={[effort]} />);
    expect(screen.getByText('too few to show').closest('td')?.textContent).toBe('too few to shown = 99');
  });
});
