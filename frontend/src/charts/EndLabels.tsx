import type { Box } from './box';
import { lastWhole, pushApart, type Series } from './series';
import { numberWords, type Unit } from './units';

const GAP = 17;

interface Props {
  series: Series[];
  open: boolean[];
  unit: Unit;
  x: number; // where the lines end
  y: (value: number) => number;
  box: Box;
}

const GLYPH = 7; // about the width of a letter, in pixels

/** How much room the labels need to the right of the plot. */
export function labelRoom(series: Series[], open: boolean[], unit: Unit): number {
  const longest = Math.max(0, ...series.map((one) => words(one, open, unit).length));
  return Math.max(28, 20 + GLYPH * longest);
}

function words(one: Series, open: boolean[], unit: Unit): string {
  const last = lastWhole(one.values, open);
  return one.muted || last === undefined
    ? one.name
    : `${one.name} ${numberWords(one.values[last], unit)}`.trim();
}

/** Names, and values of the last step that is over, at the ends of the lines instead of a legend. */
export function EndLabels({ series, open, unit, x, y, box }: Props) {
  const labels = series.flatMap((one) => {
    const last = lastWhole(one.values, open);
    const value = last === undefined ? null : one.values[last];
    return value == null ? [] : [{ one, y: y(value) }];
  });
  return (
    <g aria-hidden="true">
      {pushApart(labels, GAP, box.top, box.bottom).map(({ one, y }) => (
        <text
          key={one.id}
          className={`label ${one.muted ? 'muted' : (one.of ?? 'ink')}`}
          x={x + 12}
          y={y}
          dy=".33em"
        >
          {words(one, open, unit)}
        </text>
      ))}
    </g>
  );
}
