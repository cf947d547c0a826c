import { base } from '../fleet/base';

/**
 * The one codec of filters: the page's address, the API's query string and the CSV link are the same text. Keys stand
 * in a fixed order, values are sorted and joined by commas, and what is not set is left out.
 */

const LISTS = ['repo', 'class', 'tool', 'kind', 'review', 'team', 'tier', 'permission'] as const;
const SINGLES = [
  'above_usual',
  'outcome',
  'mature',
  'followed',
  'instant',
  'min_lines',
  'max_lines',
  'change',
  'from',
  'to',
] as const;

/** What a page asks for beside its filter. */
const PAGING = ['limit', 'cursor'] as const;

export const FILTER_KEYS = [...LISTS, ...SINGLES] as const;

export type ListKey = (typeof LISTS)[number];
export type SingleKey = (typeof SINGLES)[number];
export type FilterKey = ListKey | SingleKey;

/** Which changes: any value within a list, all keys together. A value the API does not know is its to refuse. */
export type Filter = { [K in ListKey]?: string[] } & { [K in SingleKey]?: string };

export function isList(key: FilterKey): key is ListKey {
  return (LISTS as readonly string[]).includes(key);
}

/** Reads a query string. Keys that are no filters, such as those of a mailing, are passed over. */
export function parseFilter(search: string): Filter {
  const params = new URLSearchParams(search);
  const filter: Filter = {};
  for (const key of LISTS) {
    const values = canonical(params.getAll(key).flatMap((value) => value.split(',')));
    if (values.length > 0) filter[key] = values;
  }
  for (const key of SINGLES) {
    const value = params.get(key)?.trim();
    if (value) filter[key] = value;
  }
  return filter;
}

/** Writes a query string without its question mark. */
export function formatQuery(query: Record<string, unknown>): string {
  const parts: string[] = [];
  for (const key of [...FILTER_KEYS, ...PAGING]) {
    const value = query[key];
    const values = Array.isArray(value) ? canonical(value.map(String)) : value == null ? [] : [String(value)];
    if (values.length > 0) parts.push(`${key}=${values.map(escape).join(',')}`);
  }
  return parts.join('&');
}

/** The address of the list of changes behind a filter. */
export function changesHref(filter: Filter): string {
  return withQuery('/changes', filter);
}

/** The address of the same rows as CSV. It is no page, so it is not below the router's base by itself. */
export function csvHref(filter: Filter): string {
  return withQuery(`${base()}/api/v1/changes.csv`, filter);
}

/** The same rows as Parquet. */
export function parquetHref(filter: Filter): string {
  return withQuery(`${base()}/api/v1/changes.parquet`, filter);
}

/** The address of one change. */
export function changeHref(id: string): string {
  return `/changes/${encodeURIComponent(id)}`;
}

function withQuery(path: string, filter: Filter): string {
  const query = formatQuery(filter);
  return query ? `${path}?${query}` : path;
}

function canonical(values: string[]): string[] {
  return [...new Set(values.map((value) => value.trim()).filter(Boolean))].sort();
}

/** Percent-encodes what would end or split a value, and leaves the slash of a repository's name readable. */
function escape(value: string): string {
  return encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%40', '@').replaceAll('%3A', ':');
}
