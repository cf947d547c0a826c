/** A row of figure teams_funnel. */
export interface FunnelRow {
  team: string;
  changes: number;
  mistakes: number;
  rate: number | null;
  all_rate: number;
  low_95: number;
  high_95: number;
  low_998: number;
  high_998: number;
}

/** How many standard errors lie between the rate of all and each limit, as the figure's query has them. */
export const Z = { inner: 1.959964, outer: 3.090232 } as const;

/** The limits of teams with so many changes at the rate of all. */
export function limits(changes: number, rate: number, z: number): [number, number] {
  const error = Math.sqrt((rate * (1 - rate)) / changes);
  return [Math.max(0, rate - z * error), rate + z * error];
}

/** Numbers of changes to draw the limits at: close together where they bend. */
export function steps(from: number, to: number): number[] {
  const n = 60;
  return Array.from({ length: n + 1 }, (_, i) => from * (to / from) ** (i / n));
}

/** Where a team lies, in words that say no more than the picture. */
export function place(row: FunnelRow): 'within' | 'outside 95 %' | 'outside 99.8 %' {
  if (row.rate === null) return 'within';
  if (row.rate < row.low_998 || row.rate > row.high_998) return 'outside 99.8 %';
  return row.rate < row.low_95 || row.rate > row.high_95 ? 'outside 95 %' : 'within';
}
