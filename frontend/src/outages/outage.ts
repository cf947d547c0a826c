import type { Cell } from '../api/figures';
import type { AuthorClass } from '../api/types';
import { date } from '../format/time';
import { int } from '../format/number';
import { PERMISSION, REVIEW, word } from '../words';

/** An outage as figure outages has it. What is told of a change is null where none is found. */
export interface Outage {
  id: string;
  title: string;
  began: string;
  ended: string | null;
  severity: number | null;
  minutes: number | null;
  services: string[];
  cause: 'change' | 'elsewhere' | 'unknown';
  cause_type: string;
  change_id: string | null;
  class: AuthorClass | null;
  tool: string | null;
  permission: string | null;
  review_state: string | null;
  method: string | null;
  score: number | null;
  probable: boolean | null;
  repo: string | null;
  team: string | null;
  tier: number | null;
  [column: string]: Cell;
}

/** What an outage is drawn as: by who wrote the change, or by what is known instead. */
export type Mark = 'ai_agent' | 'ai_assisted' | 'no_ai' | 'automation' | 'elsewhere' | 'not_known';

export const MARKS: Mark[] = ['no_ai', 'ai_assisted', 'ai_agent', 'automation', 'not_known', 'elsewhere'];

export const MARK_WORDS: Record<Mark, string> = {
  ai_agent: 'AI agent',
  ai_assisted: 'AI-assisted',
  no_ai: 'No AI recorded',
  automation: 'Bot',
  elsewhere: 'Not from a change',
  not_known: 'Cause unknown',
};

export function markOf(outage: Pick<Outage, 'cause' | 'class'>): Mark {
  if (outage.cause === 'elsewhere') return 'elsewhere';
  if (outage.cause === 'unknown' || outage.class === null) return 'not_known';
  return outage.class === 'human' || outage.class === 'unknown' ? 'no_ai' : outage.class;
}

/** How a link was found, in words. */
export const LINK: Record<string, string> = {
  confirmed: 'confirmed by a person',
  declared: 'declared in the incident',
  attachment: 'attached to the incident',
  change_event: 'change event of the incident',
  issue_link: 'linked issue',
  text: 'named in its text',
  deploy_window: 'last deployment before',
};

const UNSEEN = ['none', 'self', 'ai_only', 'stale', 'after_merge', 'bypassed'];

/** Whether it is known that no second person approved the change before it landed. Not collected is not that. */
export function unseen(outage: Pick<Outage, 'review_state'>): boolean {
  return UNSEEN.includes(outage.review_state ?? '');
}

/** Whether the account that landed the change could merge and deploy. */
export function operates(outage: Pick<Outage, 'permission'>): boolean {
  return outage.permission === 'operator';
}

/** The name of an outage at its source. */
export function shortID(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

export function severityWords(severity: number | null): string {
  return severity ? `Sev ${severity}` : 'No severity';
}

export function outageHref(id: string): string {
  return `/outages/${encodeURIComponent(id)}`;
}

/** All that a mark shows, in words. */
export function outageWords(outage: Outage): string {
  const mark = markOf(outage);
  const parts = [
    `${shortID(outage.id)} ${outage.title}`,
    severityWords(outage.severity),
    date(outage.began) ?? '',
    outage.minutes === null ? 'not over' : `${int(outage.minutes)} min`,
    mark === 'elsewhere' ? `not from a change: ${outage.cause_type}` : MARK_WORDS[mark],
  ];
  if (outage.review_state) parts.push(word(REVIEW, outage.review_state).toLowerCase());
  if (operates(outage)) parts.push('could merge and deploy');
  else if (outage.permission) parts.push(`permission: ${word(PERMISSION, outage.permission).toLowerCase()}`);
  if (outage.probable) parts.push(`probable link, ${outage.score}`);
  return parts.join(', ');
}
