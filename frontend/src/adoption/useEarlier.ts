import { useFigure, type FigureRow } from '../api/figures';
import { aYearBefore, shifted, yearBefore } from '../filter/range';
import type { Scope } from '../filter/scope';

/** The rows of a figure for the period before this one, of the same length; none where time has no beginning. */
export function useEarlier<V>(id: string, scope: Scope): { rows: FigureRow<V>[]; scope?: Scope } {
  const now = useFigure<V>(id, scope);
  const before = shifted(scope, -1, now.data?.data_to);
  const earlier = useFigure<V>(id, before ?? scope);
  return before && earlier.data && !earlier.isPlaceholderData
    ? { rows: earlier.data.items, scope: before }
    : { rows: [] };
}

/** What a figure of weeks has for the same week a year before, by week. */
export function useYearBefore<V extends { week: string }>(
  id: string,
  scope: Scope,
): (week: string) => V | undefined {
  const now = useFigure<V>(id, scope);
  const earlier = useFigure<V>(id, now.data ? yearBefore(scope, now.data.data_to) : scope);
  const weeks = new Map(earlier.data?.items.map(({ values }) => [values.week, values]));
  return (week) => weeks.get(aYearBefore(week));
}
