import { scaleLinear } from 'd3-scale';
import { useState } from 'react';

import { useCursor } from '../charts';
import { share } from '../format/number';
import { useWidth } from '../parts/useWidth';
import { nameOf, stacked, type TeamShare } from './strip';
import { counts } from './weeks';

const RADIUS = 6;
const STEP = 2 * RADIUS + 2;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

interface Props {
  rows: TeamShare[];
  own: string[]; // teams that the scope names
  target?: number;
}

/** Dots on a line from none to all, with names where the cursor or the scope is. */
export function StripChart({ rows, own, target }: Props) {
  const [ref, width] = useWidth(900);
  const [at, setAt] = useState<number>();
  const x = scaleLinear([0, 1], [16, Math.max(width - 28, 80)]);
  const dots = stacked(
    rows.filter(({ kind }) => kind !== 'small'),
    x,
    STEP,
  );
  const top = 34;
  const line = top + STEP * Math.max(1, ...dots.map(({ level }) => level + 1));
  const cursor = useCursor(
    dots.map((dot) => dot.x),
    at,
    setAt,
  );
  const under = at === undefined ? undefined : dots[at];
  const mine = dots.filter(({ row }) => own.includes(row.team));
  return (
    <div ref={ref} className="plot-box">
      <p className="readout" aria-live="polite">
        {(under ? [under] : mine).map(({ row }) => (
          <span key={row.team} className="said-of">
            <b>{nameOf(row)}</b>: {counts(row)}
          </span>
        ))}
        {!under && mine.length === 0 && reached(rows, target)}
      </p>
      <svg
        className="chart"
        width={width}
        height={line + 36}
        viewBox={`0 0 ${width} ${line + 36}`}
        {...cursor}
        aria-label={`${summary(dots.length, rows, target)} The arrow keys go from team to team.`}
      >
        <Ground x={x} line={line} target={target} top={top - 12} />
        {dots.map((dot, i) => (
          <circle
            key={dot.row.team}
            className={`team-dot${own.includes(dot.row.team) ? ' own' : ''}${i === at ? ' under' : ''}`}
            cx={dot.x}
            cy={line - RADIUS - 3 - dot.level * STEP}
            r={RADIUS}
          />
        ))}
        {mine.length > 0 &&
          mine.length <= 3 &&
          mine.map((dot) => (
            <text
              key={dot.row.team}
              className="label strong halo"
              x={dot.x}
              y={line - RADIUS - 3 - dot.level * STEP - 12}
              textAnchor={dot.x > width / 2 ? 'end' : 'start'}
            >
              {nameOf(dot.row)}
            </text>
          ))}
      </svg>
    </div>
  );
}

function Ground({
  x,
  line,
  target,
  top,
}: {
  x: (share: number) => number;
  line: number;
  target?: number;
  top: number;
}) {
  return (
    <g aria-hidden="true">
      <line className="base" x1={x(0)} x2={x(1)} y1={line} y2={line} />
      {TICKS.map((tick) => (
        <text key={tick} className="tick" x={x(tick)} y={line + 22} textAnchor="middle">
          {Math.round(100 * tick)}
          {tick === 1 && '\u202f%'}
        </text>
      ))}
      {target !== undefined && (
        <>
          <line className="target" x1={x(target)} x2={x(target)} y1={top} y2={line} />
          <text className="label" x={x(target)} y={top - 6} textAnchor="middle">
            Target {share(target)}
          </text>
        </>
      )}
    </g>
  );
}

function summary(dots: number, rows: TeamShare[], target?: number): string {
  return `Share of people who used AI, by team: ${dots} dots. ${reached(rows, target)}`;
}

/** How many teams are where the target is or above. */
function reached(rows: TeamShare[], target?: number): string {
  const teams = rows.filter(({ kind, share }) => kind === 'team' && share !== null);
  if (target === undefined || teams.length === 0) return '';
  const there = teams.filter((row) => row.share! >= target).length;
  return `${there} of ${teams.length} teams that are shown are at the target or above.`;
}
