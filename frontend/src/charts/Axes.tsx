import type { ScaleTime } from 'd3-scale';

import { int } from '../format/number';
import type { Box } from './box';
import { numberWords, type Unit } from './units';

type Y = ((value: number) => number) & { ticks: (count: number) => number[] };

/** Ground lines with values to the left. Shares are percent, and the uppermost says so. */
export function ValueAxis({ y, box, unit, ticks }: { y: Y; box: Box; unit: Unit; ticks?: number[] }) {
  const all = ticks ?? y.ticks(5);
  return (
    <g aria-hidden="true">
      {all.map((tick) => (
        <g key={tick}>
          <line
            className={tick === 0 ? 'base' : 'ground'}
            x1={box.left}
            x2={box.right}
            y1={y(tick)}
            y2={y(tick)}
          />
          <text className="tick" x={box.left - 8} y={y(tick)} dy=".33em" textAnchor="end">
            {tickWords(tick, unit)}
            {unit === 'share' && tick === Math.max(...all) && '\u202f%'}
          </text>
        </g>
      ))}
    </g>
  );
}

function tickWords(tick: number, unit: Unit): string {
  if (unit === 'share') return String(Math.round(1000 * tick) / 10);
  return unit === 'count' || Number.isInteger(tick) ? int(tick) : numberWords(tick, 'ratio');
}

const PIXELS_A_TICK = 84;
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

/** Time below the plot: a year at its beginning, else the month, or the day in short spans. */
export function TimeAxis({ x, box }: { x: ScaleTime<number, number>; box: Box }) {
  const ticks = timeTicks(x, Math.max(2, Math.floor((box.right - box.left) / PIXELS_A_TICK)));
  return (
    <g aria-hidden="true">
      {ticks.map((tick) => (
        <text key={+tick} className="tick" x={x(tick)} y={box.bottom + 22} textAnchor="middle">
          {timeWords(tick)}
        </text>
      ))}
    </g>
  );
}

/** At most so many ticks: asked for a number, the scale may give more, of which every second or third is kept, January among them. */
export function timeTicks(x: ScaleTime<number, number>, most: number): Date[] {
  const ticks = x.ticks(most);
  const every = Math.ceil(ticks.length / most);
  const january = Math.max(
    0,
    ticks.findIndex((tick) => tick.getUTCMonth() === 0 && tick.getUTCDate() === 1),
  );
  return ticks.filter((_, i) => (i - january) % every === 0);
}

function timeWords(tick: Date): string {
  if (tick.getUTCDate() !== 1) return `${tick.getUTCDate()} ${MONTH.format(tick)}`;
  return tick.getUTCMonth() === 0 ? String(tick.getUTCFullYear()) : MONTH.format(tick);
}
