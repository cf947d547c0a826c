import type { Measure } from '../api/types';

/** Numbers as the pages write them. What is not known is a dash, never 0 and never NaN. */

export const DASH = '–';

/** Narrow no-break space: between thousands and before the percent sign. */
const NARROW = '\u202f';
const MINUS = '\u2212';

type Maybe = number | null | undefined;
type Unit = Measure['unit'];

/** A whole number: 12 345. */
export function int(n: Maybe): string {
  if (!known(n)) return DASH;
  const digits = String(Math.abs(Math.round(n))).replace(/\B(?=(\d{3})+$)/g, NARROW);
  return n < 0 ? MINUS + digits : digits;
}

/** A share from 0 to 1 with one decimal: 23.4 %. */
export function share(x: Maybe): string {
  return percent(x, 1);
}

/** A rate of events with two decimals: 2.80 %. Without changes there is no rate. */
export function rate(events: Maybe, changes: Maybe): string {
  return known(events) && known(changes) && changes > 0 ? percent(events / changes, 2) : DASH;
}

/** A ratio with two decimals: 0.94. */
export function ratio(x: Maybe): string {
  return known(x) ? fixed(x, 2) : DASH;
}

/** The ends of an interval: 0.86 to 1.02. An end that is missing beside one that is there has no limit. */
export function interval(low: Maybe, high: Maybe): string {
  if (!known(low) && !known(high)) return DASH;
  if (!known(high)) return `from ${ratio(low)}, no upper end`;
  if (!known(low)) return `up to ${ratio(high)}`;
  return `${ratio(low)} to ${ratio(high)}`;
}

/** A value in its unit: 0.94, 23.4 %, 12 345, 3.2 h, 41 min. */
export function amount(x: Maybe, unit: Unit): string {
  if (!known(x)) return DASH;
  switch (unit) {
    case 'share':
      return share(x);
    case 'count':
      return Number.isInteger(x) ? int(x) : fixed(x, 1);
    case 'hours':
      return `${fixed(x, 1)}${NARROW}h`;
    case 'minutes':
      return `${fixed(x, x < 10 ? 2 : 0)}${NARROW}min`;
    case 'probability':
      return x > 0 && x < 0.001 ? '< 0.001' : fixed(x, 3);
    case 'ratio':
      return ratio(x);
  }
}

/** The ends of an interval in its unit. */
export function amounts(low: Maybe, high: Maybe, unit: Unit): string {
  if (!known(low) && !known(high)) return DASH;
  if (!known(high)) return `from ${amount(low, unit)}, no upper end`;
  if (!known(low)) return `up to ${amount(high, unit)}`;
  return `${amount(low, unit)} to ${amount(high, unit)}`;
}

/** "1 change", "2 changes". */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${int(n)} ${n === 1 ? one : many}`;
}

function percent(x: Maybe, decimals: number): string {
  return known(x) ? fixed(100 * x, decimals) + NARROW + '%' : DASH;
}

function fixed(x: number, decimals: number): string {
  const text = Math.abs(x).toFixed(decimals);
  return x < 0 && Number(text) !== 0 ? MINUS + text : text;
}

function known(n: Maybe): n is number {
  return n != null && Number.isFinite(n);
}
