import type { ScaleTime } from 'd3-scale';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';

import type { Box } from '../charts/box';
import { dayAfter } from '../filter/range';
import { date } from '../format/time';

interface Props {
  x: ScaleTime<number, number>;
  box: Box;
  /** Told the first day and the day after the last. */
  zoom: (from: string, to: string) => void;
}

type Part = [number, number]; // moments, in milliseconds; not in order while it is drawn

const DAY = 86_400_000;
const STEPS: Record<string, number> = {
  ArrowLeft: -7 * DAY,
  ArrowRight: 7 * DAY,
  PageDown: -28 * DAY,
  PageUp: 28 * DAY,
};
const LEAST = 6; // pixels: what is shorter is a click

/** Draws a part of the time: by dragging over the ground, or by its two ends with the arrow keys and Enter. */
export function Brush({ x, box, zoom }: Props) {
  const [part, setPart] = useState<Part>();
  const whole = x.domain().map(Number) as Part;
  const [first, last] = (part ?? whole).toSorted((a, b) => a - b) as Part;
  const at = (event: PointerEvent<SVGElement>) => {
    const drawing = event.currentTarget.ownerSVGElement!.getBoundingClientRect();
    return clamp(+x.invert(event.clientX - drawing.left), whole);
  };
  const apply = () => zoom(dayOf(first), dayAfter(dayOf(last)));
  const end = () => {
    if (part && x(last) - x(first) >= LEAST) apply();
    setPart(undefined);
  };
  const move = (which: 0 | 1) => (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined && event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation(); // the arrow keys go through the outages elsewhere
    if (step !== undefined) {
      const ends: Part = [first, last];
      ends[which] = clamp(ends[which] + step, which === 0 ? [whole[0], last - DAY] : [first + DAY, whole[1]]);
      return setPart(ends);
    }
    if (event.key === 'Enter' && part) apply();
    setPart(undefined);
  };
  return (
    <g className="brush" data-tool="">
      <rect
        className="ground-area"
        x={box.left}
        y={box.top}
        width={box.right - box.left}
        height={box.bottom - box.top}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture?.(event.pointerId);
          setPart([at(event), at(event)]);
        }}
        onPointerMove={(event) => part && event.buttons > 0 && setPart([part[0], at(event)])}
        onPointerUp={end}
        onPointerCancel={() => setPart(undefined)}
      />
      {part && (
        <rect
          className="part"
          x={x(first)}
          y={box.top}
          width={x(last) - x(first)}
          height={box.bottom - box.top}
        />
      )}
      {([first, last] as const).map((moment, i) => (
        <g
          key={i}
          className="end"
          role="slider"
          tabIndex={0}
          aria-label={`${i === 0 ? 'First' : 'Last'} day of the part to show; Enter shows it`}
          aria-valuemin={whole[0]}
          aria-valuemax={whole[1]}
          aria-valuenow={moment}
          aria-valuetext={date(dayOf(moment)) ?? ''}
          transform={`translate(${x(moment).toFixed(1)} ${box.bottom})`}
          onKeyDown={move(i as 0 | 1)}
          onBlur={(event) => event.relatedTarget?.getAttribute('role') !== 'slider' && setPart(undefined)}
        >
          <rect x={-12} y={-8} width={24} height={24} fill="transparent" />
          <path d="M0-6V8" />
          {part && (
            <text className="tick halo" y={-12} textAnchor={i === 0 ? 'end' : 'start'}>
              {date(dayOf(moment))}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

function clamp(moment: number, [least, most]: Part): number {
  return Math.min(Math.max(moment, least), most);
}

function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
