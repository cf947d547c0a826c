import { int, plural } from '../format/number';
import { span } from '../format/time';
import type { Progress, Result, Run } from './run';

/** What the database has done, in words. */

/** Bytes in the largest unit that leaves a number: 0.9 GB. */
export function bytes(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let x = n;
  while (x >= 999.5 && unit < units.length - 1) {
    x /= 1000;
    unit++;
  }
  return `${unit === 0 || x >= 99.5 ? Math.round(x) : x.toFixed(1)} ${units[unit]}`;
}

/** 0.38 s, 12 s, 2 min. */
export function took(ms: number): string {
  return ms < 9_950 ? `${(ms / 1000).toFixed(2)} s` : span(ms / 1000);
}

/** A large count: 41.4 million rows. */
export function many(n: number): string {
  return n >= 1e6 ? `${(n / 1e6).toFixed(1)} million` : int(n);
}

/** "18.2 million of about 41.4 million rows, 0.9 GB, 1.30 s. About 2 s left." */
export function progressWords(p: Progress): string {
  const of = p.total_rows > p.read_rows ? ` of about ${many(p.total_rows)}` : '';
  const parts = [`${many(p.read_rows)}${of} rows`, bytes(p.read_bytes), took(p.elapsed_ms)];
  const left = secondsLeft(p);
  return `Reading: ${parts.join(', ')}.${left === undefined ? '' : ` About ${span(left)} left.`}`;
}

/** By the pace so far; unknown in the first second, and when the database cannot tell how much there is. */
export function secondsLeft(p: Progress): number | undefined {
  if (p.elapsed_ms < 1000 || p.read_rows === 0 || p.total_rows <= p.read_rows) return undefined;
  return ((p.total_rows - p.read_rows) / p.read_rows) * (p.elapsed_ms / 1000);
}

/** "78 rows", or how many of them there are at least. */
export function countWords(result: Result): string {
  if (!result.done) return `${plural(result.rows.length, 'row')} so far`;
  if (!result.truncated) return plural(result.rows.length, 'row');
  return `First ${int(result.rows.length)} of more rows`;
}

/** What was read for a result. */
export function costWords({ progress }: Result): string {
  const memory = progress.memory_bytes > 0 ? `, peak memory ${bytes(progress.memory_bytes)}` : '';
  return `in ${took(progress.elapsed_ms)}. Read ${many(progress.read_rows)} rows, ${bytes(progress.read_bytes)}${memory}.`;
}

/** How a failed run is told of, with its place in the editor. */
export function failureWords(run: Run): string {
  const { error } = run;
  if (!error) return '';
  const where = error.line > 0 ? `Line ${error.line}, column ${error.col}: ` : '';
  return where + error.message;
}
