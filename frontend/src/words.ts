import type { AnswerCode, AuthorClass, Change } from './api/types';

/** The words of the pages for the API's codes. The words of an answer itself come from the server. */

export const CLASS: Record<AuthorClass, string> = {
  ai_agent: 'AI agent',
  ai_assisted: 'AI-assisted',
  human: 'Human, by evidence',
  automation: 'Bot',
  unknown: 'Unknown',
};

export const OUTCOME = {
  mistake: 'Any mistake',
  reverted_14d: 'Reverted within 14 days',
  hotfixed_72h: 'Hot-fixed within 72 hours',
  reverted: 'Reverted at any time',
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
  described: 'n',
};

/** The word for a code, or the code itself where a newer server knows more of them. */
export function word(table: Record<string, string>, code: string): string {
  return Object.hasOwn(table, code) ? table[code]! : code;
}
