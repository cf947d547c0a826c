import { date } from '../format/time';
import { CLASS, KIND, OUTCOME, PERMISSION, REVIEW, word } from '../words';
import { FILTER_KEYS, isList, type Filter, type FilterKey } from './codec';

/** A part of a filter that can be taken off: one value, or both values of "No AI recorded". */
export interface Chip {
  key: FilterKey;
  label: string;
  without: Filter;
}

const KEY: Record<FilterKey, string> = {
  repo: 'Repository',
  class: 'Class',
  tool: 'Tool',
  kind: 'Kind',
  review: 'Review',
  team: 'Team',
  tier: 'Tier',
  permission: 'Permission',
  above_usual: 'Against the usual',
  instant: 'Speed',
  min_lines: 'Size',
  max_lines: 'Size, at most',
  change: 'Change',
  outcome: 'Outcome',
  mature: 'Maturity',
  followed: 'Followed',
  from: 'Landed from',
  to: 'Landed before',
};

export const RAISED = { true: 'permission above the usual', false: 'usual permission or less' };
export const MATURE = { true: '14 days over', false: 'younger than 14 days' };

/** What may be said of the values of a list. */
const VALUES: Partial<Record<FilterKey, Record<string, string>>> = {
  class: CLASS,
  kind: KIND,
  review: REVIEW,
  permission: PERMISSION,
};

/** One chip for each key that is set. */
export function chips(filter: Filter): Chip[] {
  return FILTER_KEYS.filter((key) => filter[key] !== undefined).map((key) => {
    const without = { ...filter };
    delete without[key];
    return { key, label: `${KEY[key]}: ${valueWords(key, filter)}`, without };
  });
}

/** The filter in words, such as "AI agent · Reverted within 14 days"; "" when it lets everything through. */
export function filterWords(filter: Filter): string {
  return FILTER_KEYS.filter((key) => filter[key] !== undefined)
    .map((key) => (key === 'from' ? 'from ' : key === 'to' ? 'before ' : '') + valueWords(key, filter))
    .join(' · ');
}

function valueWords(key: FilterKey, filter: Filter): string {
  if (isList(key)) return either(key, filter[key] ?? []);
  const value = filter[key] ?? '';
  if (key === 'outcome') return word(OUTCOME, value);
  if (key === 'mature') return word(MATURE, value);
  if (key === 'above_usual') return word(RAISED, value);
  if (key === 'instant')
    return word({ true: 'landed within a minute', false: 'not landed within a minute' }, value);
  if (key === 'min_lines') return `${value} lines or more`;
  if (key === 'max_lines') return `${value} lines or less`;
  if (key === 'followed') return `${value} days over`;
  return date(value) ?? value;
}

function either(key: FilterKey, values: string[]): string {
  if (key === 'class' && values.join() === 'human,unknown') return 'No AI recorded';
  return values.map((value) => word(VALUES[key] ?? {}, value)).join(' or ');
}
