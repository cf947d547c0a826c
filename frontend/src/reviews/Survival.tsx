import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';

import { useFigure } from '../api/figures';
import { ValueAxis } from '../charts/Axes';
import { frame, type Box } from '../charts/box';
import { pushApart } from '../charts/series';
import type { Scope } from '../filter/scope';
import { amount, int, share } from '../format/number';
import { useWidth } from '../parts/useWidth';
import { AtRisk } from './AtRisk';
import { glyphOf, type MedianRow, type WaitRow, WRITTEN_BY, type WrittenBy } from './rows';

interface Props {
  rows: WaitRow[];
  scope: Scope;
}

interface Curve {
  group: WrittenBy;
  points: WaitRow[];
}

const HEIGHT = 270;
const LAST = 48;

/** The share that still waits by hours, with bands, and below it how many that is. The medians are listed. */
export function Survival({ rows, scope }: Props) {
  const [ref, width] = useWidth(720);
  const medians = useFigure<MedianRow>('reviews_medians', scope).data?.items.map((item) => item.values) ?? [];
  const curves = curvesOf(rows);
  const box = frame(width, HEIGHT);
  const x = scaleLinear([0, LAST], [box.left, box.right]);
  const y = scaleLinear([0, 1], [box.bottom, box.top]);
  return (
    <div ref={ref} className="plot-box">
      <svg
        className="chart"
        role="img"
        aria-label={`Share of pull requests that still wait for a first review by hours. ${curves.map(words).join(' ')}`}
        width={width}
        height={HEIGHT + 14}
        viewBox={`0 0 ${width} ${HEIGHT + 14}`}
      >
        <ValueAxis y={y} box={box} unit="share" ticks={[0, 0.25, 0.5, 0.75, 1]} />
        {[0, 8, 16, 24, 32, 40, 48].map((hour) => (
          <text key={hour} className="tick" x={x(hour)} y={box.bottom + 20} textAnchor="middle">
            {hour}
          </text>
        ))}
        <text className="tick" x={(box.left + box.right) / 2} y={box.bottom + 40} textAnchor="middle">
          hours since it was ready for review
        </text>
        {curves.map((curve) => (
          <Step key={curve.group} curve={curve} x={x} y={y} />
        ))}
        <Labels curves={curves} y={y} box={box} />
      </svg>
      <AtRisk curves={curves} />
      <ul className="medians">
        {medians.map((median) => (
          <li key={median.written_by}>
            {WRITTEN_BY[median.written_by]}: half had a review within{' '}
            <b>{amount(median.median_hours, 'hours')}</b>;{' '}
            {median.proposals === null
              ? median.hidden
              : `${int(median.reviewed)} of ${int(median.proposals)} were reviewed, ${int(median.merged_unreviewed)} merged without`}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Step({
  curve: { group, points },
  x,
  y,
}: {
  curve: Curve;
  x: (n: number) => number;
  y: (n: number) => number;
}) {
  const banded = points.filter((point) => point.low !== null && point.high !== null);
  const band = area<WaitRow>()
    .curve(curveStepAfter)
    .x((point) => x(point.hour))
    .y0((point) => y(point.low ?? 0))
    .y1((point) => y(point.high ?? 0));
  const curve = line<WaitRow>()
    .curve(curveStepAfter)
    .x((point) => x(point.hour))
    .y((point) => y(point.waiting));
  return (
    <g>
      <path className={`band ${glyphOf(group)}`} d={band(banded) ?? ''} />
      <path className={`line ${glyphOf(group)}`} d={curve(points) ?? ''} />
    </g>
  );
}

function Labels({ curves, y, box }: { curves: Curve[]; y: (n: number) => number; box: Box }) {
  const ends = curves.map((curve) => ({ ...curve, y: y(curve.points.at(-1)?.waiting ?? 0) }));
  return (
    <g aria-hidden="true">
      {pushApart(ends, 17, box.top, box.bottom).map(({ group, points, y }) => (
        <text key={group} className={`label ${glyphOf(group)}`} x={box.right + 10} y={y} dy=".33em">
          {WRITTEN_BY[group]} {share(points.at(-1)?.waiting)}
        </text>
      ))}
    </g>
  );
}

function curvesOf(rows: WaitRow[]): Curve[] {
  const order: WrittenBy[] = ['no_ai', 'ai_assisted', 'ai_agent'];
  return order
    .map((group) => ({ group, points: rows.filter((row) => row.written_by === group && row.hour <= LAST) }))
    .filter(({ points }) => points.length > 0);
}

function words({ group, points }: Curve): string {
  const at = (hour: number) => share(points.find((point) => point.hour === hour)?.waiting);
  return `${WRITTEN_BY[group]}: ${at(8)} after 8 hours, ${at(24)} after 24, ${at(48)} after 48.`;
}
