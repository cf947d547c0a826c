import { line } from 'd3-shape';

import { Glyph } from '../parts/Glyph';
import { runs, type Point, type Series, type Step } from './series';

interface Props {
  series: Series;
  days: Date[];
  open: boolean[];
  step: Step;
  x: (at: Date) => number;
  y: (value: number) => number;
}

/** One line: broken at gaps, dashed into the step that is not over, a mark at its end and where a step stands alone. */
export function Line({ series, days, open, step, x, y }: Props) {
  const draw = line<Point>(
    (point) => x(point.at),
    (point) => y(point.value),
  );
  const className = `line ${series.muted ? 'muted' : (series.of ?? 'ink')}`;
  const all = runs(days, series.values, open, step);
  const last = all.at(-1)?.at(-1);
  return (
    <g aria-hidden="true">
      {all.map((run) => {
        const whole = run.filter((point) => !point.open);
        const rest = run.length > whole.length ? run.slice(Math.max(0, whole.length - 1)) : [];
        return (
          <g key={+run[0]!.at}>
            {whole.length > 1 && <path className={className} d={draw(whole)!} />}
            {rest.length > 1 && <path className={`${className} open`} d={draw(rest)!} />}
            {run.length === 1 && run[0] !== last && <Mark series={series} point={run[0]!} x={x} y={y} />}
          </g>
        );
      })}
      {last && !series.muted && <Mark series={series} point={last} x={x} y={y} />}
    </g>
  );
}

function Mark({ series, point, x, y }: { series: Series; point: Point; x: Props['x']; y: Props['y'] }) {
  return (
    <g transform={`translate(${x(point.at)},${y(point.value)})`}>
      <Glyph of={series.of ?? 'human'} r={series.muted ? 2.5 : 4} hollow={point.open} />
    </g>
  );
}
