import { scaleLog, scaleUtc } from 'd3-scale';
import { useState } from 'react';

import type { Exposure } from '../api/types';
import { frame, TimeAxis, useCursor } from '../charts';
import { int, interval, ratio } from '../format/number';
import { month as monthWords } from '../format/time';
import { axisFor } from '../overview/forest/scale';
import { Glyph } from '../parts/Glyph';
import { useWidth } from '../parts/useWidth';
import { EXPOSURE, markOf } from '../words';
import type { RatioMonth } from './MonthsFigure';
import { RatioAxis } from './RatioAxis';

const HEIGHT = 280;

interface Props {
  months: RatioMonth[];
  exposure: Exposure;
  margin?: number | null;
}

/** A point and its interval for every month, on a logarithmic axis. */
export function MonthsChart({ months, exposure, margin }: Props) {
  const [ref, width] = useWidth(560);
  const [at, setAt] = useState<number>();
  const box = frame(width, HEIGHT, false);
  const axis = axisFor(months.flatMap(({ low, high }) => [low ?? 0, high ?? 0]));
  const y = scaleLog([axis.low, axis.high], [box.bottom, box.top]).clamp(true);
  const x = scaleUtc(span(months), [box.left + 14, box.right - 14]);
  const places = months.map(({ month }) => x(new Date(month)));
  const cursor = useCursor(places, at, setAt);
  return (
    <div ref={ref} className="plot-box">
      <p className="readout" aria-live="polite">
        {words(months[at ?? months.findLastIndex((month) => month.ratio !== null)])}
      </p>
      <svg
        className="chart"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        {...cursor}
        aria-label={`Ratio of mistakes, ${EXPOSURE[exposure]} against no AI recorded, by month. The arrow keys go from month to month.`}
      >
        <RatioAxis y={y} box={box} ticks={axis.ticks} margin={margin} />
        <TimeAxis x={x} box={box} />
        {at !== undefined && (
          <line className="cursor" x1={places[at]} x2={places[at]} y1={box.top} y2={box.bottom} />
        )}
        {months.map((month, i) => (
          <g key={month.month} transform={`translate(${places[i]},0)`} aria-hidden="true">
            {month.ratio === null ? (
              <line className="base" y1={box.bottom} y2={box.bottom - 7} />
            ) : (
              <>
                <line
                  className={`whisker ${markOf(exposure)}`}
                  y1={y(month.low ?? axis.low)}
                  y2={y(month.high ?? axis.high)}
                />
                <g transform={`translate(0,${y(month.ratio)})`}>
                  <Glyph of={markOf(exposure)} r={4.4} />
                </g>
              </>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}

function words(month?: RatioMonth) {
  if (!month) return 'No month has enough mistakes in both groups.';
  return (
    <>
      <b>{monthWords(month.month)}</b>:{' '}
      {month.ratio === null ? month.hidden : `${ratio(month.ratio)}, ${interval(month.low, month.high)}`};{' '}
      {int(month.mistakes)} mistakes with AI, {int(month.reference_mistakes)} without
    </>
  );
}

function span(months: RatioMonth[]): [Date, Date] {
  const first = new Date(months[0]?.month ?? 0);
  const last = new Date(months.at(-1)?.month ?? 0);
  return first < last ? [first, last] : [new Date(+first - 86_400_000), last];
}
