import type { ScaleLinear, ScaleTime } from 'd3-scale';

import type { AuthorClass, Month } from '../../api/types';
import { share } from '../../format/number';
import { CLASS } from '../../words';
import type { Box } from './MixChart';
import { changesIn, lastWhole, pushApart } from './series';

const GAP = 18;
const SHORT: Partial<Record<AuthorClass, string>> = { human: 'Human' };

interface Props {
  months: Month[];
  classes: AuthorClass[];
  x: ScaleTime<number, number>;
  y: ScaleLinear<number, number>;
  box: Box;
}

/** Names, and values of the last whole month, at the ends of the lines instead of a legend. */
export function EndLabels({ months, classes, x, y, box }: Props) {
  const last = lastWhole(months);
  const total = changesIn(last);
  const end = x(new Date(months.at(-1)!.month));
  const labels = pushApart(
    classes.map((of) => ({ of, share: last[of] / total, y: y(last[of] / total) })),
    GAP,
    box.top,
    box.bottom,
  );
  return (
    <g aria-hidden="true">
      {labels.map((label) => (
        <text key={label.of} className={`label ${label.of}`} x={end + 13} y={label.y} dy=".33em">
          {SHORT[label.of] ?? CLASS[label.of]} {share(label.share)}
        </text>
      ))}
    </g>
  );
}
