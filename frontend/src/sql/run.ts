import type { components } from '../api/schema.gen';
import type { Cell, Column } from './grid';

type Schemas = components['schemas'];
export type Progress = Schemas['QueryProgress'];
export type QueryError = Schemas['QueryError'];

/** The rows of a run, as far as they came. */
export interface Result {
  id: string;
  columns: Column[];
  rows: Cell[][];
  done: boolean;
  truncated: boolean;
  progress: Progress;
  at: number; // milliseconds since 1970
}

export type Phase = 'idle' | 'starting' | 'running' | 'cancelling' | 'done' | 'failed' | 'cancelled';

/** What is going on, and the rows on the screen, which are those of the run before until this one has any. */
export interface Run {
  phase: Phase;
  id?: string;
  progress?: Progress;
  error?: QueryError;
  columns?: Column[]; // of the run under way
  result?: Result;
}

export const IDLE: Run = { phase: 'idle' };
export const NOTHING: Progress = {
  read_rows: 0,
  total_rows: 0,
  read_bytes: 0,
  memory_bytes: 0,
  elapsed_ms: 0,
};

export type Happening =
  | { kind: 'asked' }
  | { kind: 'started'; id: string }
  | { kind: 'meta'; columns: Column[] }
  | { kind: 'progress'; progress: Progress }
  | { kind: 'rows'; rows: Cell[][] }
  | { kind: 'done'; truncated: boolean; progress: Progress; at: number }
  | { kind: 'cancelling' }
  | { kind: 'error'; error: QueryError };

/** The state after something happened. */
export function next(run: Run, what: Happening): Run {
  switch (what.kind) {
    case 'asked':
      return { phase: 'starting', ...(run.result && { result: run.result }) };
    case 'started':
      return { ...run, phase: run.phase === 'cancelling' ? 'cancelling' : 'running', id: what.id };
    case 'meta':
      return { ...run, columns: what.columns };
    case 'progress':
      return { ...run, progress: what.progress };
    case 'rows':
      return { ...run, result: grown(run, what.rows) };
    case 'done':
      return {
        ...run,
        phase: 'done',
        progress: what.progress,
        result: {
          ...grown(run, []),
          done: true,
          truncated: what.truncated,
          progress: what.progress,
          at: what.at,
        },
      };
    case 'cancelling':
      return { ...run, phase: 'cancelling' };
    case 'error':
      return { ...run, phase: what.error.code === 'cancelled' ? 'cancelled' : 'failed', error: what.error };
  }
}

/** The rows of this run with more of them. The first take the place of those of the run before. */
function grown(run: Run, rows: Cell[][]): Result {
  const mine = run.result?.id === run.id ? run.result : undefined;
  return {
    id: run.id ?? '',
    columns: run.columns ?? [],
    rows: mine ? mine.rows.concat(rows) : rows,
    done: false,
    truncated: false,
    progress: run.progress ?? NOTHING,
    at: Date.now(),
  };
}

export function underWay(run: Run): boolean {
  return run.phase === 'starting' || run.phase === 'running' || run.phase === 'cancelling';
}
