import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { scaleUtc } from 'd3-scale';
import { describe, expect, it, vi } from 'vitest';

import type { Figure } from '../api/figures';
import { expectAccessible, Refusal, serve, show } from '../testing/render';
import { timeTicks } from './Axes';
import { svgText } from './export';
import { FigureFrame } from './FigureFrame';
import { LineChart } from './LineChart';
import { lastWhole, pushApart, runs } from './series';
import { cellWords } from './units';

const plain = (element: Element | null) => element?.textContent?.replaceAll('\u202f', ' ');

function figure(facts: Partial<Figure> = {}): Figure {
  return {
    id: 'weeks',
    version: 1,
    title: 'Weeks',
    columns: [
      { name: 'week', label: 'Week', unit: 'day', about: '' },
      { name: 'n', label: 'Changes', unit: 'count', about: 'that landed' },
      { name: 'part', label: 'Share', unit: 'share', about: '' },
    ],
    ignored: [],
    items: [
      { values: { week: '2026-09-21', n: 1200, part: 0.25 }, rows: { n: '/changes?from=2026-09-21' } },
      { values: { week: '2026-09-28', n: 0, part: null }, rows: { n: '/changes?from=2026-09-28' } },
    ],
    total: 2,
    truncated: false,
    limit: 1000,
    from: null,
    to: null,
    data_to: null,
    ...facts,
  };
}

function frame(facts: Partial<Parameters<typeof FigureFrame>[0]> = {}) {
  return (
    <FigureFrame
      id="weeks"
      scope={{ team: ['a', 'b'] }}
      title="Weeks"
      chart={() => (
        <svg className="chart" role="img" aria-label="A picture">
          <path className="line" d="M0 0H9" />
        </svg>
      )}
      {...facts}
    />
  );
}

describe('a figure', () => {
  it('is its picture, and on demand a table whose numbers lead to their rows', async () => {
    const asked = serve({ '/api/v1/figures/weeks': figure({ ignored: ['tier', 'class'] }) });
    const { container } = show(frame());
    await screen.findByRole('img', { name: 'A picture' });
    expect(asked).toEqual(['/api/v1/figures/weeks?team=a,b']);
    expect(screen.getByText('Not narrowed by tier or class.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'CSV' }).getAttribute('href')).toBe(
      '/api/v1/figures/weeks/csv?team=a,b',
    );

    await userEvent.click(screen.getByRole('button', { name: 'Table' }));
    const table = within(screen.getByRole('region', { name: 'Table: Weeks' }));
    expect(table.getAllByRole('row').map(plain)).toEqual([
      'WeekChangesShare',
      '21 Sep 20261 20025.0 %',
      '28 Sep 20260–',
    ]);
    const link = table.getByRole('link', { name: '1\u202f200' });
    expect([link.getAttribute('href'), link.getAttribute('data-count')]).toEqual([
      '/changes?from=2026-09-21',
      '1200',
    ]);
    await expectAccessible(container);
  });

  it('says what is missing, and that it is not all', async () => {
    serve({ '/api/v1/figures/weeks': figure({ items: [], total: 0 }) });
    show(frame({ empty: 'No week is over.' }));
    expect(await screen.findByText('No week is over.')).toBeTruthy();
  });

  it('that could not be loaded says why, with its request, and can be asked again', async () => {
    let answer: unknown = new Refusal(503, {
      type: 'about:blank',
      title: 'The database is away',
      status: 503,
      code: 'unavailable',
      request_id: 'R1',
    });
    serve({ '/api/v1/figures/weeks': () => answer });
    show(frame());
    const alert = await screen.findByRole('alert');
    expect(plain(alert)).toContain('Weeks could not be loaded. The database is away.');
    expect(plain(alert)).toContain('Request R1');
    answer = figure();
    await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
    await screen.findByRole('img', { name: 'A picture' });
  });

  it('whose drawing fails leaves the others alone', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    serve({ '/api/v1/figures/weeks': figure() });
    show(
      frame({
        chart: () => {
          throw new Error('no scale');
        },
      }),
    );
    expect(plain(await screen.findByRole('alert'))).toContain('Weeks could not be drawn. no scale.');
  });
});

describe('a line chart', () => {
  const chart = (
    <LineChart
      label="Shares."
      days={['2026-09-14', '2026-09-21', '2026-09-28']}
      open={[false, false, true]}
      series={[
        { id: 'a', name: 'Agents', of: 'ai_agent', values: [0.1, 0.2, 0.3] },
        { id: 'b', name: 'Before', values: [0.3, null, null], muted: true },
      ]}
      target={{ value: 0.8, label: 'Target' }}
    />
  );

  it('labels its lines with the last step that is over, and reads out the others by keys', async () => {
    const { container } = show(chart);
    const texts = [...container.querySelectorAll('.label')].map(plain);
    expect(texts).toEqual(expect.arrayContaining(['Target', 'Agents 20.0 %', 'Before']));
    const readout = () => plain(container.querySelector('.readout'));
    expect(readout()).toBe('Week of 21 Sep 2026: Agents 20.0 % · Before –');
    const drawing = screen.getByRole('img', { name: /^Shares\./ });
    drawing.focus();
    await userEvent.keyboard('{Home}');
    expect(readout()).toBe('Week of 14 Sep 2026: Agents 10.0 % · Before 30.0 %');
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(readout()).toBe('Week of 28 Sep 2026 (not over): Agents 30.0 % · Before –');
    await userEvent.keyboard('{Escape}');
    expect(readout()).toContain('21 Sep 2026');
    await expectAccessible(container);
  });

  it('dashes the step that is not over, and ends in a hollow mark', () => {
    const { container } = show(chart);
    expect(container.querySelectorAll('.line.ai_agent:not(.open)')).toHaveLength(1);
    expect(container.querySelectorAll('.line.ai_agent.open')).toHaveLength(1);
    expect(container.querySelectorAll('.glyph.ai_agent.hollow')).toHaveLength(1);
  });
});

describe('runs', () => {
  const days = ['2026-09-07', '2026-09-14', '2026-09-28', '2026-10-05'].map((day) => new Date(day));
  it('break at a missing week and at a missing value', () => {
    expect(runs(days, [1, 2, 3, 4], [], 'week').map((run) => run.length)).toEqual([2, 2]);
    expect(runs(days, [1, null, 3, 4], [], 'week').map((run) => run.length)).toEqual([1, 2]);
  });
  it('end where the last whole step is', () => {
    expect(lastWhole([1, 2, null], [])).toBe(1);
    expect(lastWhole([1, 2], [false, true])).toBe(0);
    expect(lastWhole([null, 2], [false, true])).toBe(1);
    expect(lastWhole([null], [])).toBeUndefined();
  });
});

describe('pushApart', () => {
  const places = (ys: number[]) =>
    pushApart(
      ys.map((y) => ({ y })),
      17,
      0,
      100,
    ).map(({ y }) => y);
  it('leaves alone what does not touch', () => expect(places([10, 40, 90])).toEqual([10, 40, 90]));
  it('pushes down what does', () => expect(places([12, 10, 11])).toEqual([10, 27, 44]));
  it('and up from the bottom', () => expect(places([98, 99, 100])).toEqual([66, 83, 100]));
});

it('keeps the turn of the year when there is room for few ticks', () => {
  const x = scaleUtc([new Date('2025-06-01'), new Date('2026-11-22')], [0, 250]);
  const shown = (most: number) => timeTicks(x, most).map((tick) => tick.toISOString().slice(0, 7));
  expect(shown(3)).toEqual(['2025-07', '2026-01', '2026-07']);
  expect(shown(1)).toEqual(['2026-01']);
});

it.each([
  [null, 'count', '–'],
  [0, 'count', '0'],
  [0.5, 'share', '50.0 %'],
  [1.2345, 'ratio', '1.23'],
  [12345, 'number', '12 345'],
  ['ai_agent', 'class', 'AI agent'],
  [true, 'flag', 'yes'],
  ['2026-10-04', 'day', '4 Oct 2026'],
  [['a', 'b'], 'list', 'a, b'],
] as const)('a cell of %j in %s is %s', (value, unit, words) => {
  expect(cellWords(value as never, unit).replaceAll('\u202f', ' ')).toBe(words);
});

it('an exported drawing stands by itself: styles within, no classes, on paper', () => {
  const { container } = show(
    <svg className="chart" style={{ fill: 'rgb(1, 2, 3)' }}>
      <path className="line" style={{ stroke: 'rgb(4, 5, 6)' }} d="M0 0H9" />
      <rect data-tool="" />
    </svg>,
  );
  const text = svgText(container.querySelector('svg')!);
  const drawn = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  expect(drawn.namespaceURI).toBe('http://www.w3.org/2000/svg');
  expect(drawn.querySelector('path')!.getAttribute('stroke')).toBe('rgb(4, 5, 6)');
  expect(text).not.toMatch(/class=|style=|data-tool/); // the content security policy refuses style attributes
  expect(drawn.firstElementChild!.tagName).toBe('rect');
});
