import { isNumber, isTime, shown, type Column } from './grid';
import type { Result } from './run';

/** Which columns a chart is drawn from, by their places. */
export interface Choice {
  x: number;
  y: number;
  series: number; // -1 for none
}

export const MOST_SERIES = 8;

/** The columns that a chart is likely wanted of; undefined when no column is a number. */
export function choose(columns: Column[]): Choice | undefined {
  const numbers = columns.flatMap((column, i) => (isNumber(column.type) ? [i] : []));
  const others = columns.flatMap((column, i) => (isNumber(column.type) ? [] : [i]));
  const x = columns.findIndex((column) => isTime(column.type));
  const first = x >= 0 ? x : (others[0] ?? (numbers.length > 1 ? numbers[0] : undefined));
  const y = numbers.findLast((i) => i !== first);
  if (first === undefined || y === undefined) return undefined;
  return { x: first, y, series: others.find((i) => i !== first) ?? -1 };
}

export interface Point {
  x: Date | number | string;
  y: number;
  series: string;
}

/** The points of a chart. Rows without a number are left out, and counted. */
export function points(
  result: Result,
  { x, y, series }: Choice,
): { points: Point[]; series: string[]; left: number } {
  const column = result.columns[x];
  const found: Point[] = [];
  let left = 0;
  for (const row of result.rows) {
    const value = row[y] === null || row[y] === undefined ? Number.NaN : Number(row[y]);
    const place = column && placed(row[x], column);
    if (!Number.isFinite(value) || place === undefined) left++;
    else found.push({ x: place, y: value, series: series < 0 ? '' : shown(row[series]) });
  }
  const names = [...new Set(found.map((point) => point.series))];
  return { points: found, series: names, left };
}

function placed(cell: Result['rows'][number][number] | undefined, { type }: Column): Point['x'] | undefined {
  if (cell === null || cell === undefined) return undefined;
  if (isNumber(type)) return Number.isFinite(Number(cell)) ? Number(cell) : undefined;
  if (!isTime(type)) return shown(cell);
  const at = new Date(`${String(cell).replace(' ', 'T')}${String(cell).includes(' ') ? 'Z' : ''}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
