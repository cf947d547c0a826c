import { scaleLinear, scaleUtc } from 'd3-scale';
import { line } from 'd3-shape';
import { useState } from 'react';

import { numberWords, runs, useCursor } from '../charts';
import { int } from '../format/number';
import { date } from '../format/time';
import { useWidth } from '../parts/useWidth';
import type { SmallLineOf, TeamWeek } from './trend';

const HEIGHT = 74;

interface Props {
  what: SmallLineOf;
  weeks: TeamWeek[];
  fleet: Map<string, TeamWeek>;
}

/** A line without axes: its last whole week in words above, any other under the cursor. */
export function SmallLine({ what, weeks, fleet }: Props) {
  const [ref, width] = useWidth(260);
  const [at, setAt] = useState<number>();
  const days = weeks.map(({ week }) => new Date(week));
  const open = weeks.map((week) => week.open);
  const own = weeks.map(what.of);
  const others = weeks.map(({ week }) => {
    const same = what.alone ? undefined : fleet.get(week);
    return same ? what.of(same) : null;
  });
  const most = Math.max(...[...own, ...others].map(Number), what.unit === 'share' ? 0.05 : 1);
  const x = scaleUtc(
    [days[0]!, days.at(-1)! > days[0]! ? days.at(-1)! : new Date(+days[0]! + 1)],
    [4, width - 8],
  );
  const y = scaleLinear([0, most], [HEIGHT - 6, 8]);
  const cursor = useCursor(days.map(x), at, setAt);
  const last = own.findLastIndex((value, i) => value !== null && !open[i]);
  const shown = at ?? (last < 0 ? undefined : last);
  return (
    <div ref={ref} className="small-line">
      <h3>{what.name}</h3>
      <p aria-live="polite">
        {shown === undefined ? 'Not known in this time' : words(what, weeks[shown]!, others[shown])}
      </p>
      <svg
        className="chart"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        {...cursor}
        aria-label={`${what.name} by week, from 0 to ${numberWords(most, what.unit)}. The arrow keys go from week to week.`}
      >
        <line className="base" x1={4} x2={width - 8} y1={y(0)} y2={y(0)} />
        <Runs days={days} values={others} open={open} x={x} y={y} className="line muted" />
        <Runs days={days} values={own} open={open} x={x} y={y} className="line ink" />
        {shown !== undefined && own[shown] !== null && (
          <circle
            className={open[shown] ? 'spot hollow' : 'spot'}
            cx={x(days[shown]!)}
            cy={y(own[shown]!)}
            r="3.5"
          />
        )}
      </svg>
    </div>
  );
}

interface RunsProps {
  days: Date[];
  values: (number | null)[];
  open: boolean[];
  x: (at: Date) => number;
  y: (value: number) => number;
  className: string;
}

function Runs({ days, values, open, x, y, className }: RunsProps) {
  const draw = line<{ at: Date; value: number }>(
    (point) => x(point.at),
    (point) => y(point.value),
  );
  return runs(days, values, open, 'week').map((run) => {
    const whole = run.filter((point) => !point.open);
    const rest = run.length > whole.length ? run.slice(Math.max(0, whole.length - 1)) : [];
    return (
      <g key={+run[0]!.at}>
        <path className={className} d={draw(whole) ?? undefined} />
        {rest.length > 1 && <path className={`${className} open`} d={draw(rest)!} />}
      </g>
    );
  });
}

function words(what: SmallLineOf, week: TeamWeek, fleet: number | null | undefined): string {
  const [part, of] = what.counts?.(week) ?? [];
  const counted = part != null && of != null ? ` (${int(part)} of ${int(of)})` : '';
  const others = fleet == null ? '' : `, fleet ${numberWords(fleet, what.unit)}`;
  return `${numberWords(what.of(week), what.unit)}${counted}${others} · ${date(week.week)}${week.open ? ', not over' : ''}`;
}
