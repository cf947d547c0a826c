/** A row of figure adoption_teams. */
export interface TeamShare {
  week: string;
  kind: 'team' | 'none' | 'small';
  team: string;
  groups: number;
  people: number | null;
  users: number | null;
  share: number | null;
  hidden: string;
}

export interface Dot {
  row: TeamShare;
  x: number;
  level: number; // how many dots it stands above the line
}

/** Puts dots of a width on a line by their shares, in the order of these; those that would touch stand above one another. */
export function stacked(rows: TeamShare[], x: (share: number) => number, width: number): Dot[] {
  const dots: Dot[] = [];
  const shown = rows.filter((row) => row.share !== null).toSorted((a, b) => a.share! - b.share!);
  for (const row of shown) {
    const at = x(row.share!);
    const near = dots.filter((dot) => at - dot.x < width).map((dot) => dot.level);
    let level = 0;
    while (near.includes(level)) level++;
    dots.push({ row, x: at, level });
  }
  return dots;
}

/** How a row is called; small groups have no names. */
export function nameOf(row: Pick<TeamShare, 'kind' | 'team' | 'groups'>): string {
  if (row.kind === 'none') return 'Team not known';
  if (row.kind === 'small') return row.groups === 1 ? '1 small group' : `${row.groups} small groups`;
  return row.team;
}
