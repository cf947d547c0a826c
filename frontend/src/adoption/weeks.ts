import type { FigureRow } from '../api/figures';
import { int, share } from '../format/number';

/** A row of figure adoption_weeks. */
export interface Week {
  week: string;
  open: boolean;
  people: number | null;
  users: number | null;
  marked: number | null;
  share: number | null;
  floor: boolean;
  hidden: string;
}

type Rows = FigureRow<Week>[];

/** The last week that is over and shown. */
export function lastWhole(items: Rows): Week | undefined {
  return items.map(({ values }) => values).findLast((week) => !week.open && week.share !== null);
}

/** The shares of an earlier period beside those of this one: the last of the one under the last of the other. */
export function aligned(items: Rows, earlier: Rows): (number | null)[] {
  const shift = earlier.length - items.length;
  return items.map((_, i) => earlier[i + shift]?.values.share ?? null);
}

/** "265 of 388 people, 68.3 %": the counts stand beside every share. */
export function counts(week: Pick<Week, 'people' | 'users' | 'share' | 'hidden'>): string {
  if (week.share === null) return `not shown: ${week.hidden || 'nobody landed a change'}`;
  return `${int(week.users)} of ${int(week.people)} people, ${share(week.share)}`;
}

/** How far a share is from the target, in points: a distance, not an answer. */
export function fromTarget(value: number, target: number): string {
  const points = Math.round(1000 * (value - target)) / 10;
  if (points === 0) return 'at the target';
  return `${Math.abs(points).toFixed(1)} points ${points < 0 ? 'below' : 'above'}`;
}
