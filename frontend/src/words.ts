import type { AnswerCode, AuthorClass, Change, Effect, Exposure, Outcome, Permission } from './api/types';

/** The words of the pages for the API's codes. The words of an answer itself come from the server. */

export const CLASS: Record<AuthorClass, string> = {
  ai_agent: 'AI agent',
  ai_assisted: 'AI-assisted',
  human: 'Human, by evidence',
  automation: 'Bot',
  unknown: 'Unknown',
};

export const EXPOSURE: Record<Exposure, string> = {
  ai_agent: 'AI agent',
  ai_assisted: 'AI-assisted',
  ai: 'With AI',
};

/** The mark that an exposure is drawn with: both classes of AI together have no mark of their own. */
export function markOf(exposure: Exposure): AuthorClass {
  return exposure === 'ai' ? 'ai_assisted' : exposure;
}

export const OUTCOME: Record<Outcome, string> = {
  mistake: 'Any mistake',
  incident: 'Caused an incident',
  major: 'Caused a severe incident',
  reverted_14d: 'Reverted within 14 days',
  hotfixed_72h: 'Hot-fixed within 72 hours',
  failed_deployment: 'Failed its deployment',
  rework_21d: 'Reworked within 21 days',
  control: 'Struck by an incident that no change caused',
  mistake_3d: 'Any mistake within 3 days',
  mistake_7d: 'Any mistake within 7 days',
  mistake_30d: 'Any mistake within 30 days',
  mistake_sure: 'Any mistake, by sure links alone',
  reverted: 'Reverted at any time',
};

export const PERMISSION: Record<Permission, string> = {
  none: 'No permission',
  read: 'Read',
  triage: 'Triage',
  write: 'Write',
  maintain: 'Maintain',
  admin: 'Admin',
  operator: 'Operator',
  unknown: 'Permission not known',
};

export const DESIGN: Record<Effect['design'], string> = {
  repository: 'Same repository and quarter',
  developer: 'Same developer',
};

export const ADJUSTMENT: Record<Effect['adjustment'], string> = {
  direct: 'Direct effect: at equal permission, size and review',
  total: 'Total effect: with what follows from using AI',
};

export const KIND: Record<Change['kind'], string> = {
  pull_request: 'Pull request',
  push: 'Direct push',
  action: 'Action',
};

export const METHOD: Record<Change['method'], string> = {
  merge: 'merge commit',
  squash: 'squash commit',
  direct: 'pushed to the default branch',
};

export const REVIEW: Record<Change['review_state'], string> = {
  independent: 'Reviewed',
  stale: 'Approved, then changed',
  ai_only: 'Reviewed by AI only',
  self: 'Approved by its author',
  after_merge: 'Reviewed after landing',
  none: 'Not reviewed',
  bypassed: 'Rules bypassed',
  not_collected: 'Not collected',
};

export const AUTONOMY: Record<Change['autonomy'], string> = {
  agent: 'an agent wrote it',
  assist: 'a person wrote it with AI',
  unknown: 'not known',
  none: 'none',
};

/** An answer is told by its mark and its words, never by colour alone. */
export const MARK: Record<AnswerCode, string> = {
  gated: '!',
  no_data: '·',
  equivalent: '=',
  more: '+',
  fewer: '−',
  not_more: '✓',
  undecided: '?',
  supported: '✓',
  contradicted: '×',
  described: 'n',
};

/** The word for a code, or the code itself where a newer server knows more of them. */
export function word(table: Record<string, string>, code: string): string {
  return Object.hasOwn(table, code) ? table[code]! : code;
}
