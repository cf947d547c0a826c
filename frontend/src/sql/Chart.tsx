import { axisX, axisY, barY, dot, gridY, lineY, plot, ruleY, text } from '@observablehq/plot';
import { useEffect, useRef } from 'react';

import { useWidth } from '../parts/useWidth';
import { MOST_SERIES, type Point } from './chart';

interface Props {
  points: Point[];
  series: string[];
  names: { x: string; y: string; series: string | undefined };
}

/** Colours of author classes are theirs; other series are told apart by ink and dashes, and named at their ends. */
const CLASS: Record<string, string> = {
  human: 'var(--human)',
  ai_assisted: 'var(--assisted)',
  ai_agent: 'var(--agent)',
  automation: 'var(--bot)',
  unknown: 'var(--ink3)',
};
const DASHES = ['', '6 3', '2 3', '10 3 2 3', '', '6 3', '2 3', '10 3 2 3'];

/** A chart of a result, drawn by a library for any columns: lines over time, bars of names, else dots. */
export default function Chart({ points, series, names }: Props) {
  const [box, width] = useWidth(700);
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const shown = series.slice(0, MOST_SERIES);
    const data = points.filter((point) => shown.includes(point.series));
    const drawn = plot({
      width,
      height: 300,
      marginLeft: 56,
      marginRight: shown.length > 1 ? 110 : 20,
      marginBottom: 36,
      style: { fontFamily: 'var(--sans)', fontSize: '13px', background: 'transparent', overflow: 'visible' },
      x: data[0]?.x instanceof Date ? { type: 'utc' } : {},
      marks: [
        gridY({ stroke: 'var(--rule)', strokeOpacity: 1 }),
        axisY({ tickSize: 0, label: names.y, color: 'var(--ink3)' }),
        axisX({ tickSize: 0, label: null, color: 'var(--ink3)' }),
        ruleY([0], { stroke: 'var(--ink3)' }),
        ...marks(data, shown),
      ],
    });
    drawn.querySelectorAll('style').forEach((style) => style.remove()); // the policy lets no inline style through; ours is in sql.css
    drawn.querySelectorAll('g[aria-label]').forEach((g) => g.removeAttribute('aria-label')); // not allowed on a bare <g>
    drawn.setAttribute('role', 'img');
    drawn.setAttribute(
      'aria-label',
      `${names.y} by ${names.x}${names.series ? ` and ${names.series}` : ''}. The rows are the same numbers.`,
    );
    host.current?.replaceChildren(drawn);
    return () => drawn.remove();
  }, [points, series, names.x, names.y, names.series, width]);
  return (
    <div className="sql-chart" ref={box}>
      <div ref={host} />
    </div>
  );
}

function marks(data: Point[], shown: string[]) {
  const colour = (p: Point) => CLASS[p.series] ?? 'var(--ink)';
  if (typeof data[0]?.x === 'string') {
    return [barY(data, { x: 'x', y: 'y', fill: colour, sort: null } as never)];
  }
  const lines = data[0]?.x instanceof Date;
  return [
    ...(lines
      ? shown.map((name, i) =>
          lineY(
            data.filter((p) => p.series === name),
            {
              x: 'x',
              y: 'y',
              stroke: CLASS[name] ?? 'var(--ink)',
              strokeWidth: 2,
              strokeDasharray: CLASS[name] ? '' : DASHES[i],
            },
          ),
        )
      : []),
    dot(data, { x: 'x', y: 'y', fill: colour, r: lines ? 2.2 : 3 }),
    ...(shown.length > 1
      ? [
          text(ends(data, shown), {
            x: 'x',
            y: 'y',
            text: 'series',
            dx: 8,
            textAnchor: 'start',
            fill: colour,
            fontWeight: 600,
          }),
        ]
      : []),
  ];
}

/** The last point of each series, pushed apart so that their names can be read. */
function ends(data: Point[], shown: string[]): Point[] {
  const last = shown
    .flatMap((name) => data.findLast((p) => p.series === name) ?? [])
    .map((p) => ({ ...p }))
    .sort((a, b) => a.y - b.y);
  const span = data.reduce((most, p) => Math.max(most, Math.abs(p.y)), 0);
  last.forEach((p, i) => {
    const below = last[i - 1];
    if (below && p.y - below.y < span * 0.07) p.y = below.y + span * 0.07;
  });
  return last;
}
