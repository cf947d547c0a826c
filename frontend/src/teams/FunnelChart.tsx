import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useState } from 'react';

import { frame, useCursor, ValueAxis, type Box } from '../charts';
import { int, share } from '../format/number';
import { useWidth } from '../parts/useWidth';
import { limits, place, steps, Z, type FunnelRow } from './limits';

const HEIGHT = 360;
const LEAST = 100; // changes

interface Props {
  rows: FunnelRow[];
  own: string[]; // teams that the scope names
}

/** Rates by number of changes, with limits that narrow to the right. */
export function FunnelChart({ rows, own }: Props) {
  const [ref, width] = useWidth(900);
  const [at, setAt] = useState<number>();
  const shown = rows.filter((row) => row.rate !== null).toSorted((a, b) => a.changes - b.changes);
  const rate = rows[0]?.all_rate ?? 0;
  const most = Math.max(2 * LEAST, ...shown.map((row) => row.changes));
  const box = frame(width, HEIGHT - 16);
  const x = scaleLinear([0, 1.04 * most], [box.left, box.right]);
  const highest = Math.max(limits(LEAST, rate, Z.outer)[1], ...shown.map((row) => row.rate!));
  const y = scaleLinear([0, highest || 0.01], [box.bottom, box.top]).nice(5);
  const cursor = useCursor(
    shown.map((row) => x(row.changes)),
    at,
    setAt,
  );
  const named = shown.filter((row, i) => i === at || (at === undefined && own.includes(row.team)));
  return (
    <div ref={ref} className="plot-box">
      <p className="readout" aria-live="polite">
        {named.slice(0, 3).map((row) => (
          <span key={row.team} className="said-of">
            <b>{row.team}</b>: {int(row.mistakes)} of {int(row.changes)} changes, {share(row.rate)},{' '}
            {where(row)}
          </span>
        ))}
      </p>
      <svg
        className="chart"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        {...cursor}
        aria-label={`${summary(shown, rate)} The arrow keys go from team to team.`}
      >
        <ValueAxis y={y} box={box} unit="share" />
        <ChangesAxis x={x} box={box} />
        <Limits x={x} y={y} most={1.04 * most} rate={rate} right={box.right} />
        {shown.map((row, i) => (
          <circle
            key={row.team}
            className={[
              'team-dot',
              place(row) !== 'within' && 'outside',
              own.includes(row.team) && 'own',
              i === at && 'under',
            ]
              .filter(Boolean)
              .join(' ')}
            cx={x(row.changes)}
            cy={y(row.rate!)}
            r={i === at ? 6.5 : 5}
          />
        ))}
      </svg>
    </div>
  );
}

function ChangesAxis({ x, box }: { x: ReturnType<typeof scaleLinear<number, number>>; box: Box }) {
  return (
    <g aria-hidden="true">
      {x.ticks(Math.max(2, Math.floor((box.right - box.left) / 90))).map((tick) => (
        <text key={tick} className="tick" x={x(tick)} y={box.bottom + 20} textAnchor="middle">
          {int(tick)}
        </text>
      ))}
      <text className="tick" x={(box.left + box.right) / 2} y={box.bottom + 40} textAnchor="middle">
        changes old enough to tell
      </text>
    </g>
  );
}

interface LimitsProps {
  x: (changes: number) => number;
  y: (rate: number) => number;
  most: number;
  rate: number;
  right: number;
}

/** The rate of all teams and, around it, two pairs of limits with their names at the end. */
function Limits({ x, y, most, rate, right }: LimitsProps) {
  if (rate === 0) return null;
  const draw = line<[number, number]>(
    ([changes]) => x(changes),
    ([, value]) => y(value),
  );
  const curve = (z: number, side: 0 | 1) =>
    draw(steps(LEAST, most).map((n) => [n, limits(n, rate, z)[side]]))!;
  return (
    <g aria-hidden="true">
      <line className="all-rate" x1={x(LEAST)} x2={right} y1={y(rate)} y2={y(rate)} />
      <text className="label" x={right + 10} y={y(rate)} dy=".33em">
        All {share(rate)}
      </text>
      {([Z.inner, Z.outer] as const).map((z) => (
        <g key={z}>
          <path className={`limit ${z === Z.inner ? 'inner' : 'outer'}`} d={curve(z, 0)} />
          <path className={`limit ${z === Z.inner ? 'inner' : 'outer'}`} d={curve(z, 1)} />
          <text
            className="label"
            x={right + 10}
            y={y(limits(most, rate, z)[1]) - (z === Z.inner ? 0 : 6)}
            dy=".2em"
          >
            {z === Z.inner ? '95' : '99.8'}
            {'\u202f%'}
          </text>
        </g>
      ))}
    </g>
  );
}

function where(row: FunnelRow): string {
  return place(row) === 'within'
    ? 'within the limits of chance'
    : `${place(row).replace(' %', '\u202f%')} limits`;
}

function summary(rows: FunnelRow[], rate: number): string {
  const out = rows.filter((row) => place(row) === 'outside 99.8 %').length;
  return `Mistakes by changes of ${rows.length} teams; of all together ${share(rate)}. ${out} lie outside the 99.8\u202f% limits of chance.`;
}
