import { scaleLinear, scaleUtc } from 'd3-scale';
import { useState, type ReactNode } from 'react';

import { date } from '../format/time';
import { useWidth } from '../parts/useWidth';
import { TimeAxis, ValueAxis } from './Axes';
import { frame, type Box } from './box';
import { EndLabels, labelRoom } from './EndLabels';
import { Line } from './Line';
import { lastWhole, type Series, type Step } from './series';
import { numberWords, type Unit } from './units';
import { useCursor } from './useCursor';

interface Props {
  /** What the picture shows, in a sentence, for those who do not see it. */
  label: string;
  days: string[]; // first day of each step, in order
  open?: boolean[]; // the steps that are not over
  series: Series[];
  unit?: Unit;
  step?: Step;
  height?: number;
  target?: { value: number; label: string };
  /** Where the value axis ends; by itself where the values do. Shares may be told to go to 1. */
  max?: number;
  /** Replaces the words for the step under the cursor. */
  readout?: (step: number) => ReactNode;
  /** Drawn behind the lines, such as bands and annotations. */
  behind?: (x: (day: Date) => number, y: (value: number) => number, box: Box) => ReactNode;
}

/** Lines over time, each with its name at its end: read by pointer, by the arrow keys, and in a line of words above. */
export function LineChart(props: Props) {
  const { days, series, open = [], unit = 'share', step = 'week', height = 264, target } = props;
  const [ref, width] = useWidth(640);
  const [at, setAt] = useState<number>();
  const box = frame(width, height, labelRoom(series, open, unit));
  const times = days.map((day) => new Date(day));
  const x = scaleUtc(span(times), [box.left, box.right]);
  const y = scaleLinear([0, props.max ?? top(series, target?.value)], [box.bottom, box.top]);
  if (props.max === undefined) y.nice(5);
  const cursor = useCursor(times.map(x), at, setAt);
  const shown = at ?? lastShown(series, open);
  return (
    <div ref={ref} className="plot-box">
      <p className="readout" aria-live="polite">
        {shown !== undefined && (props.readout?.(shown) ?? words(props, shown))}
      </p>
      <svg
        className="chart"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        {...cursor}
        aria-label={`${props.label} The arrow keys go from ${step} to ${step}.`}
      >
        <ValueAxis y={y} box={box} unit={unit} />
        <TimeAxis x={x} box={box} />
        {props.behind?.(x, y, box)}
        {target && (
          <Target {...target} y={y(target.value)} box={box} below={startsAbove(series, target.value)} />
        )}
        {at !== undefined && (
          <line className="cursor" x1={x(times[at]!)} x2={x(times[at]!)} y1={box.top} y2={box.bottom} />
        )}
        {series.map((one) => (
          <Line key={one.id} series={one} days={times} open={open} step={step} x={x} y={y} />
        ))}
        <EndLabels series={series} open={open} unit={unit} x={box.right} y={y} box={box} />
      </svg>
    </div>
  );
}

function Target({ label, y, box, below }: { label: string; y: number; box: Box; below: boolean }) {
  return (
    <g aria-hidden="true">
      <line className="target" x1={box.left} x2={box.right} y1={y} y2={y} />
      <text className="label halo" x={box.left + 4} y={below ? y + 16 : y - 6}>
        {label}
      </text>
    </g>
  );
}

/** Whether the lines begin above a value, where a label over it would lie in their way. */
function startsAbove(series: Series[], value: number): boolean {
  const first = series.find((one) => !one.muted)?.values.find((x) => x !== null);
  return first != null && first > 0.9 * value;
}

function words({ days, series, open = [], unit = 'share', step = 'week' }: Props, at: number): ReactNode {
  const values = series.map((one) => `${one.name} ${numberWords(one.values[at], unit)}`);
  return (
    <>
      <b>
        {step === 'week' ? 'Week of ' : ''}
        {date(days[at])}
      </b>
      {open[at] && ' (not over)'}: {values.join(' · ')}
    </>
  );
}

function lastShown(series: Series[], open: boolean[]): number | undefined {
  const all = series.map((one) => lastWhole(one.values, open)).filter((last) => last !== undefined);
  return all.length > 0 ? Math.max(...all) : undefined;
}

function span(times: Date[]): [Date, Date] {
  const first = times[0] ?? new Date(0);
  const last = times.at(-1) ?? first;
  return first < last ? [first, last] : [new Date(+first - 86_400_000), last];
}

function top(series: Series[], target = 0): number {
  const values = series.flatMap((one) => one.values).filter((value) => value !== null);
  return Math.max(target * 1.1, ...values) || 1;
}
