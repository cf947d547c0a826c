import type { Unit } from '../charts';

/** A row of figure teams_weeks. */
export interface TeamWeek {
  week: string;
  open: boolean;
  changes: number;
  ai: number;
  ai_share: number;
  agent: number;
  agent_share: number;
  mature: number;
  mistakes: number;
  rate: number | null;
  reviewed: number | null;
  alone: number | null;
  alone_share: number | null;
  unknown: number;
  unknown_share: number;
  levels: number | null;
  operator: number | null;
  operator_share: number | null;
  hours: number | null;
  lines: number | null;
}

/** One small line: a value of the week, and the counts that a share is made from. */
export interface SmallLineOf {
  name: string;
  unit: Unit;
  of: (week: TeamWeek) => number | null;
  counts?: (week: TeamWeek) => [number | null, number | null];
  alone?: boolean; // the fleet's value is no measure for a team's
}

export const LINES: SmallLineOf[] = [
  { name: 'Changes', unit: 'count', of: (week) => week.changes, alone: true },
  { name: 'With AI', unit: 'share', of: (week) => week.ai_share, counts: (week) => [week.ai, week.changes] },
  {
    name: 'By agents',
    unit: 'share',
    of: (week) => week.agent_share,
    counts: (week) => [week.agent, week.changes],
  },
  { name: 'Mistakes', unit: 'count', of: (week) => (week.mature === 0 ? null : week.mistakes), alone: true },
  {
    name: 'Without a second person',
    unit: 'share',
    of: (week) => week.alone_share,
    counts: (week) => [week.alone, week.reviewed],
  },
  {
    name: 'Landed as operator',
    unit: 'share',
    of: (week) => week.operator_share,
    counts: (week) => [week.operator, week.levels],
  },
  {
    name: 'No author class',
    unit: 'share',
    of: (week) => week.unknown_share,
    counts: (week) => [week.unknown, week.changes],
  },
  { name: 'Hours to land, median', unit: 'hours', of: (week) => week.hours },
  { name: 'Lines, median', unit: 'number', of: (week) => week.lines },
];
