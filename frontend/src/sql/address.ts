/** The workbench's part of the address: a text to begin with, and the values of its parameters. */
export interface Address {
  sql?: string;
  params: Record<string, string>;
}

export function parseAddress(search: string): Address {
  const params: Record<string, string> = {};
  const query = new URLSearchParams(search);
  for (const [key, value] of query) {
    if (/^p_[A-Za-z_]\w*$/.test(key)) params[key.slice(2)] = value;
  }
  const sql = query.get('sql') ?? undefined;
  return sql === undefined ? { params } : { sql, params };
}

export function formatAddress({ sql, params }: Address): string {
  const query = new URLSearchParams(sql === undefined ? {} : { sql });
  for (const name of Object.keys(params).sort()) {
    if (params[name] !== '') query.set(`p_${name}`, params[name] ?? '');
  }
  return query.toString();
}

/** Where a statement opens in the workbench, for links from other pages. It is never run by itself. */
export function openInSQL(sql: string, params: Record<string, string> = {}): string {
  return `/sql?${formatAddress({ sql, params })}`;
}
