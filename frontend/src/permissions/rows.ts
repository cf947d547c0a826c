import type { Cell } from '../api/figures';
import type { AuthorClass } from '../api/types';
import type { WrittenBy } from '../reviews/rows';

/** A row of figure permissions_classes. */
export interface PermissionsRow extends Record<string, Cell> {
  written_by: WrittenBy;
  classes: string[];
  known: number | null;
  operator: number | null;
  operator_share: number | null;
  operator_collected: number | null;
  operator_skipped: number | null;
  skipped_share: number | null;
  limit: number;
  usual_known: number | null;
  raised: number | null;
  raised_share: number | null;
  unknown: number | null;
  hidden: string;
}

/** A row of figure permissions_weeks: changes by level. */
export interface LevelsRow extends Record<string, Cell> {
  written_by: WrittenBy;
  classes: string[];
  week: string;
  open: boolean;
  known: number;
  reading: number;
  write: number;
  maintain: number;
  admin: number;
  operator: number;
}

/** A row of figure permissions_raised. */
export interface RaisedRow extends Record<string, Cell> {
  landed: string;
  change_id: string;
  repo: string;
  team: string | null;
  tier: number | null;
  class: AuthorClass;
  usual: string;
  permission: string;
  by: string | null;
  review_state: string;
  outage: boolean;
}

/** A row of figure permissions_bypasses. */
export interface BypassRow extends Record<string, Cell> {
  at: string;
  repo: string;
  change_id: string | null;
  team: string | null;
  class: AuthorClass | null;
  rules: string[];
  asks_review: boolean;
  review_state: string | null;
}
