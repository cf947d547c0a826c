import { scaleLog } from 'd3-scale';
import { line } from 'd3-shape';

import type { Exposure } from '../api/types';
import { frame } from '../charts';
import { int, ratio } from '../format/number';
import { Glyph } from '../parts/Glyph';
import { useWidth } from '../parts/useWidth';
import { markOf } from '../words';
import { curve, type Power } from './power';

const HEIGHT = 280;
const RATIOS = [1.1, 1.25, 1.5, 2, 3, 5, 10];
const MISTAKES = [10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000];

interface Props {
  power: Power;
  of: Exposure;
  margin?: number | null;
}

/** Mistakes across, the smallest ratio that they would show upwards; where one is, and where the margin is reached. */
export function PowerChart({ power, of, margin }: Props) {
  const [ref, width] = useWidth(560);
  const box = frame(width, HEIGHT, false);
  const across: [number, number] = [
    Math.min(10, power.events),
    3 * Math.max(power.events, power.needed ?? 0, 100),
  ];
  const x = scaleLog(across, [box.left, box.right]);
  const y = scaleLog([1, 10], [box.bottom, box.top]).clamp(true);
  const draw = line<[number, number]>(
    ([mistakes]) => x(mistakes),
    ([, seen]) => y(seen),
  );
  const needed = margin && power.needed;
  return (
    <div ref={ref} className="plot-box">
      <svg
        className="chart"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-label={`Here: ${int(power.events)} mistakes, ratio ${ratio(power.seen)}.${needed ? ` Needed for a margin of ${ratio(margin)}: ${int(power.needed)} mistakes.` : ''}`}
      >
        {RATIOS.map((tick) => (
          <g key={tick}>
            <line className="ground" x1={box.left} x2={box.right} y1={y(tick)} y2={y(tick)} />
            <text className="tick" x={box.left - 8} y={y(tick)} dy=".33em" textAnchor="end">
              {tick}
            </text>
          </g>
        ))}
        {MISTAKES.filter((tick) => tick >= across[0] && tick <= across[1]).map((tick) => (
          <text key={tick} className="tick" x={x(tick)} y={box.bottom + 22} textAnchor="middle">
            {int(tick)}
          </text>
        ))}
        <line className="base" x1={box.left} x2={box.right} y1={box.bottom} y2={box.bottom} />
        {margin && (
          <line className="margin-line" x1={box.left} x2={box.right} y1={y(margin)} y2={y(margin)} />
        )}
        <path
          className="line ink"
          d={draw(curve(power, across).filter(([, seen]) => seen <= 10)) ?? undefined}
        />
        <Point x={x(power.events)} y={y(power.seen)} words={`here: × ${ratio(power.seen)}`}>
          <Glyph of={markOf(of)} r={6} />
        </Point>
        {needed && (
          <Point x={x(needed)} y={y(margin)} words={`${int(needed)} for the margin`} before>
            <circle className="needed" r={5} />
          </Point>
        )}
      </svg>
    </div>
  );
}

interface PointProps {
  x: number;
  y: number;
  words: string;
  before?: boolean; // the words stand to the left of it
  children: React.ReactNode;
}

function Point({ x, y, words, before, children }: PointProps) {
  return (
    <g transform={`translate(${x},${y})`}>
      {children}
      <text
        className="label ink halo"
        x={before ? -10 : 11}
        y={before ? 20 : -10}
        textAnchor={before ? 'end' : 'start'}
      >
        {words}
      </text>
    </g>
  );
}
