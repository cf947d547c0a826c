import type { Outage } from './outage';

/** A mark in its place: outages that would cover one another stand above and below the middle of their lane. */
export interface Placed {
  outage: Outage;
  x: number;
  y: number;
}

export interface Lane {
  severity: number | null;
  y: number; // its middle
  marks: Placed[];
}

const STEP = 13; // from one mark to the next beside it or above it
const EDGE = 16; // above and below the marks of a lane
const MOST = 9; // rows of marks in a lane; what is more covers what is there

/** Lanes by severity, the worst first and those without one last, as high as their marks need. */
export function lanes(
  outages: Outage[],
  x: (at: Date) => number,
  top: number,
): { lanes: Lane[]; bottom: number } {
  const severities = [...new Set(outages.map((outage) => outage.severity))].sort(
    (a, b) => (a ?? 9) - (b ?? 9),
  );
  let y = top;
  const all = severities.map((severity) => {
    const own = outages.filter((outage) => outage.severity === severity);
    const { rows, places } = pack(own.map((outage) => x(new Date(outage.began))));
    const height = 2 * EDGE + (rows - 1) * STEP;
    const middle = y + height / 2;
    y += height;
    return {
      severity,
      y: middle,
      marks: own.map((outage, i) => ({ outage, x: places[i]!.x, y: middle + offset(places[i]!.row) })),
    };
  });
  return { lanes: all, bottom: y };
}

/** Puts places from left to right into as few rows as keep them apart. */
function pack(xs: number[]): { rows: number; places: { x: number; row: number }[] } {
  const ends: number[] = [];
  const places = xs.map((x) => {
    let row = ends.findIndex((end) => x - end >= STEP);
    if (row < 0) row = ends.length < MOST ? ends.length : ends.indexOf(Math.min(...ends));
    ends[row] = x;
    return { x, row };
  });
  return { rows: Math.max(1, ends.length), places };
}

/** Row 0 lies in the middle, 1 above it, 2 below, 3 above those. */
function offset(row: number): number {
  const steps = Math.ceil(row / 2);
  return (row % 2 === 1 ? -steps : steps) * STEP;
}
