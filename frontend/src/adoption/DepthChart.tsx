import { scaleBand, scaleLinear } from 'd3-scale';
import { useState } from 'react';

import { frame, useCursor, ValueAxis } from '../charts';
import { DASH, int, share } from '../format/number';
import { useWidth } from '../parts/useWidth';
import { DAY_NAMES, DAYS, sharesOf, type Depth } from './depth';

const HEIGHT = 230;

/** Bars of one week, with those of an earlier one beside them in grey. What is not shown is hatched, never empty. */
export function DepthChart({ week, before }: { week: Depth; before?: Depth }) {
  const [ref, width] = useWidth(900);
  const [at, setAt] = useState<number>();
  const box = frame(width, HEIGHT, false);
  const now = sharesOf(week);
  const then = before ? sharesOf(before) : [];
  const x = scaleBand(DAY_NAMES, [box.left, box.right]).padding(0.34);
  const y = scaleLinear([0, Math.max(0.1, ...[...now, ...then].map(Number))], [box.bottom, box.top]).nice(5);
  const places = DAY_NAMES.map((name) => x(name)! + x.bandwidth() / 2);
  const cursor = useCursor(places, at, setAt);
  const bar = x.bandwidth() / (before ? 2 : 1);
  return (
    <div ref={ref} className="plot-box">
      <p className="readout" aria-live="polite">
        {at !== undefined && (
          <>
            <b>{DAY_NAMES[at]}</b>: {words(week, at)}
            {before && ` · before ${words(before, at)}`}
          </>
        )}
      </p>
      <svg
        className="chart"
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        {...cursor}
        aria-label={`People by days with AI: ${DAY_NAMES.map((name, i) => `${name} ${words(week, i)}`).join('; ')}. The arrow keys go from day to day.`}
      >
        <Hatch />
        <ValueAxis y={y} box={box} unit="share" />
        {DAY_NAMES.map((name, i) => (
          <g key={name} aria-hidden="true">
            {before && (
              <Bar className="bar before" x={x(name)!} width={bar} value={then[i]} y={y} base={box.bottom} />
            )}
            <Bar
              className="bar"
              x={x(name)! + (before ? bar : 0)}
              width={bar}
              value={now[i]}
              y={y}
              base={box.bottom}
            />
            <text className="tick" x={places[i]} y={box.bottom + 22} textAnchor="middle">
              {width < 520
                ? name
                    .replace(/ days?$/, '')
                    .replace(' or more', '+')
                    .replace('No', '0')
                : name}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

interface BarProps {
  className: string;
  x: number;
  width: number;
  value: number | null | undefined;
  y: (value: number) => number;
  base: number;
}

function Bar({ className, x, width, value, y, base }: BarProps) {
  const gap = 2;
  if (value == null)
    return (
      <rect className="kept-back" fill="url(#hatch)" x={x} y={base - 16} width={width - gap} height={16} />
    );
  return <rect className={className} x={x} y={y(value)} width={width - gap} height={base - y(value)} />;
}

function Hatch() {
  return (
    <defs>
      <pattern id="hatch" width="5" height="5" patternTransform="rotate(45)" patternUnits="userSpaceOnUse">
        <line className="hatch" x1="0" y1="0" x2="0" y2="5" />
      </pattern>
    </defs>
  );
}

function words(week: Depth, at: number): string {
  const people = week[DAYS[at]!];
  if (people === null) return `${DASH} (not shown)`;
  return `${int(people)} of ${int(week.people)} people, ${share(sharesOf(week)[at])}`;
}
