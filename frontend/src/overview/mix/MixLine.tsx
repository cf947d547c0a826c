import type { ScaleLinear, ScaleTime } from 'd3-scale';
import { line } from 'd3-shape';

import type { AuthorClass, Month } from '../../api/types';
import { Glyph } from '../../parts/Glyph';
import { runs, type Point } from './series';

interface Props {
  of: AuthorClass;
  months: Month[];
  x: ScaleTime<number, number>;
  y: ScaleLinear<number, number>;
}

/** The line of one class: broken at gaps, dashed into the month that is not over, a dot where a month stands alone. */
export function MixLine({ of, months, x, y }: Props) {
  const draw = line<Point>(
    (point) => x(point.month),
    (point) => y(point.share),
  );
  const all = runs(months, of);
  const last = all.at(-1)?.at(-1);
  return (
    <g aria-hidden="true">
      {all.map((run) => {
        const whole = run.filter((point) => point.complete);
        const open = run.length > whole.length ? run.slice(Math.max(0, whole.length - 1)) : [];
        return (
          <g key={+run[0]!.month}>
            {whole.length > 1 && <path className={`line ${of}`} d={draw(whole)!} />}
            {open.length > 1 && <path className={`line open ${of}`} d={draw(open)!} />}
            {run.length === 1 && run[0] !== last && <Dot of={of} point={run[0]!} x={x} y={y} />}
          </g>
        );
      })}
      {last && <Dot of={of} point={last} x={x} y={y} />}
    </g>
  );
}

function Dot({ of, point, x, y }: { of: AuthorClass; point: Point; x: Props['x']; y: Props['y'] }) {
  return (
    <g transform={`translate(${x(point.month)},${y(point.share)})`}>
      <Glyph of={of} r={4} hollow={!point.complete} />
    </g>
  );
}
