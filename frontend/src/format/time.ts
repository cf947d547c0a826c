/** Times as the pages write them, all in UTC, as the data are counted. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type When = string | number | Date;

/** 4 Oct 2026; undefined where there is no such time. */
export function date(when: When | null | undefined): string | undefined {
  const t = parse(when);
  return t && `${t.getUTCDate()} ${MONTHS[t.getUTCMonth()]} ${t.getUTCFullYear()}`;
}

/** 4 Oct 2026, 06:00 UTC. */
export function dateTime(when: When | null | undefined): string | undefined {
  const t = parse(when);
  return t && `${date(t)}, ${pad(t.getUTCHours())}:${pad(t.getUTCMinutes())} UTC`;
}

/** Oct 2026. */
export function month(when: When): string {
  const t = parse(when);
  return t ? `${MONTHS[t.getUTCMonth()]} ${t.getUTCFullYear()}` : '';
}

/** First day of the month after, as the API takes it: 2026-11-01. */
export function monthAfter(first: string): string {
  const t = new Date(first);
  return new Date(Date.UTC(t.getUTCFullYear(), t.getUTCMonth() + 1, 1)).toISOString().slice(0, 10);
}

/** A span in its two largest units at most: "4 s", "2 min", "31 hours", "12 days". */
export function span(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 90) return `${s} s`;
  if (s < 90 * MINUTE) return `${Math.round(s / MINUTE)} min`;
  if (s < 72 * HOUR) return `${Math.round(s / HOUR)} hours`;
  return `${Math.round(s / DAY)} days`;
}

/** Seconds from a time until now. */
export function age(when: When, now = Date.now()): number {
  return (now - new Date(when).getTime()) / 1000;
}

function parse(when: When | null | undefined): Date | undefined {
  if (when == null || when === '') return undefined;
  const t = new Date(when);
  return Number.isNaN(t.getTime()) ? undefined : t;
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}
