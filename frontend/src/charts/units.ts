import type { Cell, FigureColumn } from '../api/figures';
import { amount, DASH, int } from '../format/number';
import { date, dateTime } from '../format/time';
import { CLASS, word } from '../words';

export type Unit = FigureColumn['unit'];

const NUMERIC: Unit[] = ['count', 'share', 'ratio', 'number', 'hours', 'minutes'];

/** Whether values of a unit are numbers, which stand to the right. */
export function isNumeric(unit: Unit): boolean {
  return NUMERIC.includes(unit);
}

/** A number in the unit of its column; a dash for what is not known or not shown. */
export function numberWords(value: number | null | undefined, unit: Unit): string {
  if (unit === 'count' || unit === 'share' || unit === 'ratio' || unit === 'hours' || unit === 'minutes') {
    return amount(value, unit);
  }
  if (value == null) return DASH;
  return Number.isInteger(value) ? int(value) : amount(value, 'ratio');
}

/** A cell of a figure as the pages write it. */
export function cellWords(value: Cell | undefined, unit: Unit): string {
  if (value == null || value === '') return DASH;
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return numberWords(value, unit);
  if (unit === 'day') return date(value) ?? DASH;
  if (unit === 'moment') return dateTime(value) ?? DASH;
  if (unit === 'class') return word(CLASS, value);
  return isNumeric(unit) && !Number.isNaN(Number(value)) ? numberWords(Number(value), unit) : value;
}
