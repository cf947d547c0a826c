import { scaleLog } from 'd3-scale';

import { int, plural } from '../format/number';
import { useWidth } from '../parts/useWidth';
import { MARK_WORDS, type Outage, markOf } from './outage';
import { Shape } from './OutageMark';
import type { ClassRow } from './rows';

interface Props {
  outages: Outage[];
  classes: ClassRow[];
}

const ROW = 46;
const TOP = 8;
const TICKS = [1, 3, 10, 30, 100, 300, 1000, 3000, 10000];

/** How long outages took, each a point, by who wrote the change; a line marks the middle. Minutes stand on a scale of powers. */
export function Minutes({ outages, classes }: Props) {
  const [ref, width] = useWidth(720);
  const over = outages.filter((outage) => outage.minutes !== null);
  const left = width < 520 ? 112 : 150;
  const right = Math.max(width - 84, left + 80);
  const most = Math.max(10, ...over.map((outage) => outage.minutes ?? 0));
  const x = scaleLog([1, most], [left, right]).clamp(true);
  const bottom = TOP + classes.length * ROW;
  return (
    <div ref={ref} className="plot-box">
      <svg
        className="chart"
        role="img"
        aria-label={`Minutes of outage by who wrote the change. ${classes.map(words).join(' ')}`}
        width={width}
        height={bottom + 26}
        viewBox={`0 0 ${width} ${bottom + 26}`}
      >
        {TICKS.filter((tick) => tick <= most).map((tick) => (
          <g key={tick}>
            <line className="ground" x1={x(tick)} x2={x(tick)} y1={TOP} y2={bottom} />
            <text className="tick" x={x(tick)} y={bottom + 18} textAnchor="middle">
              {int(tick)}
            </text>
          </g>
        ))}
        <text className="tick" x={right + 12} y={bottom + 18}>
          minutes
        </text>
        {classes.map((row, i) => (
          <Points
            key={row.written_by}
            row={row}
            y={TOP + (i + 0.5) * ROW}
            xs={over
              .filter((outage) => markOf(outage) === row.written_by)
              .map((outage) => x(outage.minutes ?? 1))}
            median={row.median_minutes === null ? undefined : x(row.median_minutes)}
            right={right}
          />
        ))}
      </svg>
    </div>
  );
}

interface PointsProps {
  row: ClassRow;
  y: number;
  xs: number[];
  median?: number;
  right: number;
}

function Points({ row, y, xs, median, right }: PointsProps) {
  return (
    <g>
      <text className="label ink" x={0} y={y} dy=".33em">
        {MARK_WORDS[row.written_by]}
      </text>
      <g className="points" data-class={row.written_by}>
        {xs.map((x, i) => (
          <g key={i} transform={`translate(${x.toFixed(1)} ${(y + spread(i) * 26).toFixed(1)}) scale(.62)`}>
            <Shape of={row.written_by} />
          </g>
        ))}
      </g>
      {median !== undefined && (
        <>
          <line className="median" x1={median} x2={median} y1={y - 18} y2={y + 18} />
          <text className="label strong" x={right + 12} y={y} dy=".33em">
            {int(row.median_minutes)} min
          </text>
        </>
      )}
    </g>
  );
}

/** Even places between −½ and ½, the same at every drawing: the golden ratio's multiples. */
function spread(i: number): number {
  return ((i * 0.61803398875) % 1) - 0.5;
}

function words(row: ClassRow): string {
  const median = row.median_minutes === null ? row.no_median : `median ${int(row.median_minutes)} minutes`;
  return `${MARK_WORDS[row.written_by]}: ${plural(row.outages, 'outage')}, ${median}.`;
}
