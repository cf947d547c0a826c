import { scaleLinear, scaleUtc } from 'd3-scale';
import { useState } from 'react';

import type { Month } from '../../api/types';
import { share } from '../../format/number';
import { month as monthWords } from '../../format/time';
import { useWidth } from '../../parts/useWidth';
import { CLASS } from '../../words';
import { Axes } from './Axes';
import { EndLabels } from './EndLabels';
import { MixLine } from './MixLine';
import { Readout } from './Readout';
import { changesIn, lastWhole, occurring } from './series';
import { useCursor } from './useCursor';

/** Lines and not a filled stack: shares are to be compared with one another. */
export function MixChart({ months, height }: { months: Month[]; height: number }) {
  const [ref, width] = useWidth(900);
  const shown = months.filter((month) => changesIn(month) > 0);
  const [at, setAt] = useState<number>();
  const box = frame(width, height);
  const classes = occurring(shown);
  const first = new Date(shown[0]!.month);
  const last = new Date(shown.at(-1)!.month);
  const x = scaleUtc(first < last ? [first, last] : [new Date(+first - 1), last], [box.left, box.right]);
  const y = scaleLinear([0, 1], [box.bottom, box.top]);
  const cursor = useCursor(shown, x, at, setAt);
  return (
    <div ref={ref} className="mix">
      <Readout month={at === undefined ? undefined : shown[at]} />
      <svg
        className="chart"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        {...cursor}
        aria-label={summary(shown)}
      >
        <Axes x={x} y={y} box={box} />
        {at !== undefined && (
          <line
            className="cursor"
            x1={x(new Date(shown[at]!.month))}
            x2={x(new Date(shown[at]!.month))}
            y1={box.top}
            y2={box.bottom}
          />
        )}
        {classes.map((of) => (
          <MixLine key={of} of={of} months={shown} x={x} y={y} />
        ))}
        <EndLabels months={shown} classes={classes} x={x} y={y} box={box} />
      </svg>
    </div>
  );
}

/** Where the plot lies in its drawing: room for ticks to the left, for labels to the right. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function frame(width: number, height: number): Box {
  return { left: 46, right: Math.max(width - (width < 520 ? 132 : 172), 60), top: 14, bottom: height - 30 };
}

function summary(months: Month[]): string {
  const last = lastWhole(months);
  const parts = occurring(months).map((of) => `${CLASS[of]} ${share(last[of] / changesIn(last))}`);
  return `Share of changes by author class. In ${monthWords(last.month)}: ${parts.join(', ')}. The arrow keys go from month to month.`;
}
