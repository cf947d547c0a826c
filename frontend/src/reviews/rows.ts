import type { Cell } from '../api/figures';
import type { AuthorClass } from '../api/types';

/** Author classes as reviews are told of: ai is both of AI, no_ai human by evidence and unknown. */
export type WrittenBy = 'ai' | 'ai_agent' | 'ai_assisted' | 'no_ai' | 'automation';

export const WRITTEN_BY: Record<WrittenBy, string> = {
  ai: 'With AI',
  ai_agent: 'AI agent',
  ai_assisted: 'AI-assisted',
  no_ai: 'No AI recorded',
  automation: 'Bot',
};

/** The mark and colour of a group. */
export function glyphOf(group: WrittenBy): AuthorClass {
  return group === 'no_ai' ? 'human' : group === 'ai' ? 'ai_assisted' : group;
}

/** A row of figure reviews_classes. */
export interface ReviewsRow extends Record<string, Cell> {
  written_by: WrittenBy;
  classes: string[];
  skipped: number | null;
  collected: number | null;
  share: number | null;
  not_collected: number | null;
  hidden: string;
}

/** A row of figure reviews_weeks. */
export interface WeekRow extends Record<string, Cell> {
  week: string;
  open: boolean;
  agent_of: number | null;
  agent_skipped: number | null;
  agent_share: number | null;
  assisted_of: number | null;
  assisted_skipped: number | null;
  assisted_share: number | null;
  no_ai_of: number | null;
  no_ai_skipped: number | null;
  no_ai_share: number | null;
}

/** A row of figure reviews_reasons. */
export interface ReasonRow extends Record<string, Cell> {
  reason: string;
  written_by: WrittenBy;
  classes: string[];
  changes: number | null;
  of: number | null;
  share: number | null;
  hidden: string;
}

/** A row of figure reviews_waits. */
export interface WaitRow extends Record<string, Cell> {
  written_by: WrittenBy;
  hour: number;
  at_risk: number;
  waiting: number;
  low: number | null;
  high: number | null;
}

/** A row of figure reviews_medians. */
export interface MedianRow extends Record<string, Cell> {
  written_by: WrittenBy;
  proposals: number | null;
  reviewed: number | null;
  merged_unreviewed: number | null;
  closed_unreviewed: number | null;
  still_waiting: number | null;
  median_hours: number | null;
  hidden: string;
}

/** A row of figure reviews_effort. */
export interface EffortRow extends Record<string, Cell> {
  lines: string;
  written_by: WrittenBy;
  classes: string[];
  min_lines: number;
  max_lines: number;
  changes: number;
  comments_per_100: number | null;
  without_comment: number | null;
  rounds_mean: number | null;
  hidden: string;
}

/** A row of figure reviews_skipped. */
export interface SkippedRow extends Record<string, Cell> {
  change_id: string;
  title: string;
  landed: string;
  repo: string;
  team: string | null;
  tier: number | null;
  class: AuthorClass;
  reason: string;
  permission: string;
  lines: number | null;
  afterwards: boolean;
}
