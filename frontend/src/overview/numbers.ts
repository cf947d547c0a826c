import type { FigureRow } from '../api/figures';

/** Rows of the figures outages_expected, reviews_classes and permissions_classes, as far as the key numbers need them. */
export interface Caused {
  outcome: string;
  written_by: string;
  changes: number | null;
  of: number | null;
  expected: number | null;
  hidden: string;
}

export interface Skipped {
  written_by: string;
  skipped: number | null;
  collected: number | null;
  share: number | null;
}

export interface Landed {
  written_by: string;
  operator_collected: number | null;
  operator_skipped: number | null;
  skipped_share: number | null;
  limit: number | null;
}

/** The row of both classes of AI together. */
export function ofAI<V extends { written_by: string; outcome?: string }>(
  items?: FigureRow<V>[],
  outcome?: string,
): FigureRow<V> | undefined {
  return items?.find(
    ({ values }) => values.written_by === 'ai' && (outcome === undefined || values.outcome === outcome),
  );
}

/** A difference of shares in points: "+1.8 pts"; empty where there is nothing to compare with. */
export function points(now?: number | null, before?: number | null): string {
  if (now == null || before == null) return '';
  return `${signed(Number((100 * (now - before)).toFixed(1)))}\u00a0pts`;
}

export function signed(n: number): string {
  return `${n > 0 ? '+' : n < 0 ? '\u2212' : '±'}${Math.abs(n)}`;
}
