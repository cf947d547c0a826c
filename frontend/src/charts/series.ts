import type { AuthorClass } from '../api/types';

const DAY = 86_400_000;

/** One line: a value for each step of time, null where there is none. */
export interface Series {
  id: string;
  name: string; // as its label says
  of?: AuthorClass; // whose colour and mark it has
  values: (number | null)[];
  muted?: boolean; // for comparison alone: thin and grey
}

export interface Point {
  at: Date;
  value: number;
  open: boolean;
}

/** How far apart steps of time are, at most, in milliseconds: what is further apart has a gap between. */
export const STEP = { day: 1.5 * DAY, week: 10 * DAY, month: 45 * DAY } as const;
export type Step = keyof typeof STEP;

/** A series as runs without gaps. open are the steps that are not over. */
export function runs(days: Date[], values: (number | null)[], open: boolean[], step: Step): Point[][] {
  const all: Point[][] = [];
  let before: Point | undefined;
  days.forEach((at, i) => {
    const value = values[i];
    if (value == null) {
      before = undefined;
      return;
    }
    const point = { at, value, open: open[i] ?? false };
    if (before && +at - +before.at <= STEP[step]) all.at(-1)!.push(point);
    else all.push([point]);
    before = point;
  });
  return all;
}

/** The last step that is over and has a value: what the label at the end of a line says. */
export function lastWhole(values: (number | null)[], open: boolean[]): number | undefined {
  for (let i = values.length - 1; i >= 0; i--) if (values[i] != null && !open[i]) return i;
  for (let i = values.length - 1; i >= 0; i--) if (values[i] != null) return i;
  return undefined;
}

/** Moves places apart so that no two are nearer than gap, and keeps them between top and bottom. */
export function pushApart<T extends { y: number }>(
  places: T[],
  gap: number,
  top: number,
  bottom: number,
): T[] {
  const placed = places.toSorted((a, b) => a.y - b.y).map((place) => ({ ...place }));
  placed.forEach((place, i) => {
    place.y = Math.max(place.y, i === 0 ? top : placed[i - 1]!.y + gap);
  });
  for (let i = placed.length - 1, limit = bottom; i >= 0; i--, limit -= gap) {
    placed[i]!.y = Math.min(placed[i]!.y, limit);
  }
  return placed;
}
