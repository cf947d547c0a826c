const KEYS: Record<string, string> = {
  from: 'time',
  to: 'time',
  repo: 'repository',
  team: 'team',
  tier: 'tier',
  class: 'class',
  severity: 'severity',
  cause: 'cause',
};

/** What a figure says of the parts of the scope that it does not obey: "Not narrowed by tier or class." */
export function ignoredWords(keys: string[]): string {
  const names = [...new Set(keys.map((key) => KEYS[key] ?? key))];
  if (names.length === 0) return '';
  const last = names.pop();
  return `Not narrowed by ${names.length > 0 ? `${names.join(', ')} or ` : ''}${last}.`;
}
