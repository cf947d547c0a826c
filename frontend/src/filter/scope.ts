/**
 * What all pages are narrowed by: the keys stand in the page's address, in the API's query string and in the CSV link in the same
 * form. They are kept from page to page.
 */
export const SCOPE_LISTS = ['repo', 'team', 'tier', 'class', 'severity', 'cause'] as const;
export const SCOPE_SINGLES = ['range', 'from', 'to'] as const;
export const SCOPE_KEYS = [...SCOPE_LISTS, ...SCOPE_SINGLES] as const;

export type Scope = { [K in (typeof SCOPE_LISTS)[number]]?: string[] } & {
  [K in (typeof SCOPE_SINGLES)[number]]?: string;
};

/** Reads a query string; other keys are passed over. A range gives way to a from or to. */
export function parseScope(search: string): Scope {
  const params = new URLSearchParams(search);
  const scope: Scope = {};
  for (const key of SCOPE_LISTS) {
    const values = canonical(params.getAll(key).flatMap((value) => value.split(',')));
    if (values.length > 0) scope[key] = values;
  }
  for (const key of SCOPE_SINGLES) {
    const value = params.get(key)?.trim();
    if (value) scope[key] = value;
  }
  if (scope.from || scope.to) delete scope.range;
  return scope;
}

/** Writes a query string without its question mark: keys in a fixed order, what is not set left out. */
export function formatScope(scope: Scope): string {
  return SCOPE_KEYS.flatMap((key) => {
    const value = scope[key];
    const values = Array.isArray(value) ? canonical(value) : value ? [value] : [];
    return values.length > 0 ? [`${key}=${values.map(escape).join(',')}`] : [];
  }).join('&');
}

/** An address with a scope. */
export function withScope(path: string, scope: Scope): string {
  const query = formatScope(scope);
  return query ? `${path}?${query}` : path;
}

function canonical(values: string[]): string[] {
  return [...new Set(values.map((value) => value.trim()).filter(Boolean))].sort();
}

function escape(value: string): string {
  return encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%40', '@').replaceAll('%3A', ':');
}
