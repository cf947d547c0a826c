import type { Filter } from '../filter/codec';

/** A statement over the view of changes, with the values of its parameters. */
export interface Statement {
  sql: string;
  params: Record<string, string>;
}

const COLUMNS =
  'landed_at, repo, change_id, title, author_class, tool, review_state, permission, team, tier, size_lines, mistake';

const LISTS: Partial<Record<keyof Filter, string>> = {
  repo: 'repo IN {repo:Array(String)}',
  class: 'author_class IN {class:Array(String)}',
  tool: 'hasAny(tools, {tool:Array(String)})',
  kind: 'kind IN {kind:Array(String)}',
  review: 'review_state IN {review:Array(String)}',
  team: 'team IN {team:Array(String)}',
  tier: 'tier IN {tier:Array(UInt8)}',
  permission: 'permission IN {permission:Array(String)}',
};

const LEVELS = "['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator']";
const ABOVE = `indexOf(${LEVELS}, permission) > indexOf(${LEVELS}, usual_permission)`;
const KNOWN = `permission != 'unknown' AND usual_permission != 'unknown'`;

const SINGLES: Partial<Record<keyof Filter, (value: string) => string>> = {
  change: () => 'change_id = {change:String}',
  from: () => 'landed_at >= {from:Date}',
  to: () => 'landed_at < {to:Date}',
  followed: () => 'followed_days >= {followed:UInt16}',
  min_lines: () => 'size_lines >= {min_lines:UInt64}',
  max_lines: () => 'size_lines <= {max_lines:UInt64}',
  mature: (value) => (value === 'true' ? 'mature' : 'NOT mature'),
  above_usual: (value) => `${KNOWN} AND ${value === 'true' ? ABOVE : `NOT (${ABOVE})`}`,
  instant: (value) => `${value === 'true' ? '' : 'NOT '}(landed_at <= opened_at + INTERVAL 1 MINUTE)`,
};

const within = (days: number) =>
  `mature${days > 14 ? ` AND followed_days >= ${days}` : ''} AND (hotfixed OR incident_at <= landed_at + INTERVAL ${days} DAY ` +
  `OR reverted_at <= landed_at + INTERVAL ${days} DAY OR failed_at <= landed_at + INTERVAL ${days} DAY)`;

/** Outcomes as the list of changes counts them: but for reverted, only among changes old enough to tell. */
const OUTCOMES: Record<string, string> = {
  reverted: 'reverted',
  mistake: 'mature AND mistake',
  incident: 'mature AND incident',
  major: 'mature AND major',
  reverted_14d: 'mature AND reverted_14d',
  hotfixed_72h: 'mature AND hotfixed',
  failed_deployment: 'mature AND failed_deployment',
  control: 'mature AND control',
  rework_21d: 'mature AND followed_days >= 21 AND reworked',
  mistake_sure:
    'mature AND (incident AND incident_score >= 0.8 OR reverted_14d OR hotfixed AND hotfix_score >= 0.8 OR failed_deployment)',
  mistake_3d: within(3),
  mistake_7d: within(7),
  mistake_30d: within(30),
};

/** The list of changes behind a filter as SQL; nothing where it has a key that SQL is not known for. */
export function filterSql(filter: Filter): Statement | undefined {
  const wheres: string[] = [];
  const params: Record<string, string> = {};
  for (const [key, value] of Object.entries(filter) as [keyof Filter, string | string[]][]) {
    const where = Array.isArray(value)
      ? LISTS[key]
      : key === 'outcome'
        ? OUTCOMES[value]
        : SINGLES[key]?.(value);
    if (!where) return undefined;
    wheres.push(where);
    if (where.includes(`{${key}:`)) params[key] = Array.isArray(value) ? array(value, key === 'tier') : value;
  }
  const conditions = wheres.map((where) => `(${where})`).join('\n    AND ');
  return {
    sql: `SELECT ${COLUMNS}\nFROM changes${conditions && `\nWHERE ${conditions}`}\nORDER BY landed_at DESC, change_id DESC`,
    params,
  };
}

/** A list as ClickHouse reads it. */
function array(values: string[], numbers: boolean): string {
  const items = values.map((value) =>
    numbers ? value : `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
  );
  return `[${items.join(',')}]`;
}
