import { MARK_WORDS, MARKS, markOf, type Outage, severityWords } from './outage';

/** A mark in its place: outages that would cover one another stand above and below the middle of their lane. */
export interface Placed {
  outage: Outage;
  x: number;
  y: number;
}

export interface Lane {
  name: string;
  y: number; // its middle
  marks: Placed[];
}

/** What the lanes of a timeline are. */
export type By = 'severity' | 'service' | 'class';

const STEP = 13; // from one mark to the next beside it or above it
const EDGE = 16; // above and below the marks of a lane
const MOST = 9; // rows of marks in a lane; what is more covers what is there

/** Lanes as high as their marks need: by severity the worst first and those without one last. */
export function lanes(
  outages: Outage[],
  x: (at: Date) => number,
  top: number,
  by: By = 'severity',
): { lanes: Lane[]; bottom: number } {
  let y = top;
  const all = GROUPS[by](outages).map(({ name, own }) => {
    const { rows, places } = pack(own.map((outage) => x(new Date(outage.began))));
    const height = 2 * EDGE + (rows - 1) * STEP;
    const middle = y + height / 2;
    y += height;
    return {
      name,
      y: middle,
      marks: own.map((outage, i) => ({ outage, x: places[i]!.x, y: middle + offset(places[i]!.row) })),
    };
  });
  return { lanes: all, bottom: y };
}

interface Group {
  name: string;
  own: Outage[];
}

const SERVICES = 12; // lanes; the services with fewer outages share one

const GROUPS: Record<By, (outages: Outage[]) => Group[]> = {
  severity: (outages) =>
    [...new Set(outages.map(({ severity }) => severity))]
      .sort((a, b) => (a ?? 9) - (b ?? 9))
      .map((level) => ({
        name: severityWords(level),
        own: outages.filter(({ severity }) => severity === level),
      })),
  class: (outages) =>
    MARKS.map((mark) => ({
      name: MARK_WORDS[mark],
      own: outages.filter((outage) => markOf(outage) === mark),
    })).filter(({ own }) => own.length > 0),
  service: byService,
};

/** By the first service that each struck: the services struck most in the order of their names, then the others in one lane. */
function byService(outages: Outage[]): Group[] {
  const struck = new Map<string, Outage[]>();
  for (const outage of outages) {
    const service = outage.services[0] ?? '';
    struck.set(service, [...(struck.get(service) ?? []), outage]);
  }
  const known = [...struck].filter(([service]) => service !== '').sort((a, b) => b[1].length - a[1].length);
  const rest = known.slice(SERVICES);
  const groups = known
    .slice(0, SERVICES)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, own]) => ({ name, own }));
  const others = new Set(rest.flatMap(([, own]) => own));
  return [
    ...groups,
    { name: `${rest.length} other services`, own: outages.filter((outage) => others.has(outage)) },
    { name: 'Not known', own: struck.get('') ?? [] },
  ].filter(({ own }) => own.length > 0);
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
