import type { Cell, FigureRow } from '../api/figures';
import type { Mark } from './outage';

/** A row of figure outages_classes. */
export interface ClassRow extends Record<string, Cell> {
  written_by: Mark;
  classes: string[];
  cause: 'change' | 'elsewhere' | 'unknown';
  outages: number;
  probable: number;
  going_on: number;
  median_minutes: number | null;
  no_median: string;
  longest_minutes: number | null;
  minutes: number | null;
}

/** A row of figure outages_expected. */
export interface ExpectedRow extends Record<string, Cell> {
  outcome: 'incident' | 'major';
  written_by: 'ai' | 'ai_agent' | 'ai_assisted' | 'no_ai';
  classes: string[];
  changes: number | null;
  of: number | null;
  expected: number | null;
  hidden: string;
}

export type ClassRows = FigureRow<ClassRow>[];
export type ExpectedRows = FigureRow<ExpectedRow>[];
