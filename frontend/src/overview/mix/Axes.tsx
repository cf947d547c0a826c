import type { ScaleLinear, ScaleTime } from 'd3-scale';

import type { Box } from './MixChart';

const SHARES = [0, 0.25, 0.5, 0.75, 1];
const PIXELS_A_TICK = 110;

/** Ground lines with percent to the left and time below. */
export function Axes({
  x,
  y,
  box,
}: {
  x: ScaleTime<number, number>;
  y: ScaleLinear<number, number>;
  box: Box;
}) {
  const ticks = x.ticks(Math.max(2, Math.floor((box.right - box.left) / PIXELS_A_TICK)));
  return (
    <g aria-hidden="true">
      {SHARES.map((share) => (
        <g key={share}>
          <line
            className={share === 0 ? 'base' : 'ground'}
            x1={box.left}
            x2={box.right}
            y1={y(share)}
            y2={y(share)}
          />
          <text className="tick" x={box.left - 8} y={y(share)} dy=".33em" textAnchor="end">
            {100 * share}
            {share === 1 && '\u202f%'}
          </text>
        </g>
      ))}
      {ticks.map((tick) => (
        <text key={+tick} className="tick" x={x(tick)} y={box.bottom + 22} textAnchor="middle">
          {tickWords(tick)}
        </text>
      ))}
    </g>
  );
}

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

/** A year at its beginning, else the month. */
function tickWords(tick: Date): string {
  return tick.getUTCMonth() === 0 ? String(tick.getUTCFullYear()) : MONTH.format(tick);
}
