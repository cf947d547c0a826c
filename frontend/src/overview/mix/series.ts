import type { AuthorClass, Month } from '../../api/types';

/** In the order in which the classes are listed. */
export const CLASSES: AuthorClass[] = ['ai_agent', 'ai_assisted', 'human', 'automation', 'unknown'];

/** A month of one class: its part of all changes of that month. */
export interface Point {
  month: Date;
  share: number;
  complete: boolean;
}

/** A place at the end of a line for its label. */
export interface EndLabel {
  of: AuthorClass;
  share: number;
  y: number;
}

export function changesIn(month: Month): number {
  return CLASSES.reduce((sum, of) => sum + month[of], 0);
}

/** The classes that occur at all: a line along zero says nothing that a sentence does not. */
export function occurring(months: Month[]): AuthorClass[] {
  return CLASSES.filter((of) => months.some((month) => month[of] > 0));
}

const LEAD_MONTHS = 12;

/** The months from a year before the first mark of AI on; all of them when there is none. */
export function sinceAI(months: Month[]): Month[] {
  const first = months.find((month) => month.ai_agent + month.ai_assisted > 0);
  if (!first) return months;
  const at = new Date(first.month);
  const from = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - LEAD_MONTHS, 1));
  return months.filter((month) => new Date(month.month) >= from);
}

/** The last month that is over, or the last there is. */
export function lastWhole(months: Month[]): Month {
  return months.filter((month) => month.complete).at(-1) ?? months.at(-1)!;
}

/** One class as runs of months that follow on each other: a month without changes is a gap, not a zero. */
export function runs(months: Month[], of: AuthorClass): Point[][] {
  const all: Point[][] = [];
  let next = NaN;
  for (const month of months) {
    const total = changesIn(month);
    if (total === 0) continue;
    const start = new Date(month.month);
    const point = { month: start, share: month[of] / total, complete: month.complete };
    if (start.getTime() === next) all.at(-1)!.push(point);
    else all.push([point]);
    next = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1);
  }
  return all;
}

/** Moves labels apart so that none covers another, and keeps them between top and bottom. */
export function pushApart(labels: EndLabel[], gap: number, top: number, bottom: number): EndLabel[] {
  const placed = labels.toSorted((a, b) => a.y - b.y).map((label) => ({ ...label }));
  placed.forEach((label, i) => {
    label.y = Math.max(label.y, i === 0 ? top : placed[i - 1]!.y + gap);
  });
  for (let i = placed.length - 1, limit = bottom; i >= 0; i--, limit -= gap) {
    placed[i]!.y = Math.min(placed[i]!.y, limit);
  }
  return placed;
}
