import type { Scope } from './scope';

const DAY = 86_400_000;

/** The spans that move with the data; without a range all of time is shown. */
export const RANGES: { range?: string; name: string }[] = [
  { range: '12w', name: '12 weeks' },
  { range: '26w', name: '26 weeks' },
  { range: '52w', name: '52 weeks' },
  { name: 'All' },
];

/** The day after one, as the API takes the end of a time. */
export function dayAfter(day: string): string {
  return moved(day, 1);
}

/** The last day of a time that ends before a day. */
export function dayBefore(day: string): string {
  return moved(day, -1);
}

/**
 * The period before or after the one that is shown, of the same length: a range stands for days that end with the data. Undefined
 * where there is none, because time is open.
 */
export function shifted(scope: Scope, direction: -1 | 1, dataTo?: string | null): Scope | undefined {
  const { from, to } = daysOf(scope, dataTo);
  if (!from || !to) return undefined;
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY);
  return { ...unranged(scope), from: moved(from, direction * days), to: moved(to, direction * days) };
}

/** The same weeks a year before: 52 weeks, so that days of the week match. Time that is open stays so. */
export function yearBefore(scope: Scope, dataTo?: string | null): Scope {
  const { from, to } = daysOf(scope, dataTo);
  return { ...unranged(scope), from: from && aYearBefore(from), to: to && aYearBefore(to) };
}

/** The day 52 weeks before one. */
export function aYearBefore(day: string): string {
  return moved(day, -364);
}

function unranged(scope: Scope): Scope {
  const others = { ...scope };
  delete others.range;
  return others;
}

/** The days that a scope stands for: those of a range end with the week of the data. */
function daysOf({ range, from, to }: Scope, dataTo?: string | null): Pick<Scope, 'from' | 'to'> {
  if (!range || !dataTo) return { from, to };
  const end = moved(monday(dataTo.slice(0, 10)), 7);
  return { from: moved(end, -7 * Number.parseInt(range, 10)), to: end };
}

function monday(day: string): string {
  return moved(day, -((new Date(day).getUTCDay() + 6) % 7));
}

function moved(day: string, days: number): string {
  const at = Date.parse(day);
  return Number.isNaN(at) ? day : new Date(at + days * DAY).toISOString().slice(0, 10);
}
