import type { FigureRow } from '../api/figures';

/** A row of figure teams. */
export interface Team {
  team: string;
  members: number | null;
  hidden: string;
  repos: number;
  changes: number;
  ai: number;
  ai_share: number;
  mature: number;
  mistakes: number;
  rate: number | null;
  reviewed: number | null;
  alone: number | null;
  alone_share: number | null;
}

export type TeamRow = FigureRow<Team>;

/** The teams whose names have all the words of a search, in the order that they came in. */
export function found(rows: TeamRow[], search: string): TeamRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ values }) => words.every((word) => values.team.toLowerCase().includes(word)));
}
