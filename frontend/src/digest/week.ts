/** ISO weeks as the digest's addresses name them: 2026-W40 begins on Monday, 28 September 2026. */

const DAY = 86_400_000;

/** The Monday that an ISO week begins on, as a day; undefined for what names no week. */
export function mondayOf(week: string): string | undefined {
  const found = /^(\d{4})-W(\d{2})$/.exec(week);
  if (!found) return undefined;
  const fourth = Date.UTC(Number(found[1]), 0, 4); // always in the first week
  const first = fourth - weekday(fourth) * DAY;
  const monday = new Date(first + (Number(found[2]) - 1) * 7 * DAY).toISOString().slice(0, 10);
  return weekOf(monday) === week ? monday : undefined;
}

/** The ISO week of a day. */
export function weekOf(day: string): string {
  const at = Date.parse(day.slice(0, 10));
  const thursday = at + (3 - weekday(at)) * DAY;
  const year = new Date(thursday).getUTCFullYear();
  const number = 1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY));
  return `${year}-W${String(number).padStart(2, '0')}`;
}

/** The week so many weeks later, or earlier. */
export function weeksLater(week: string, weeks: number): string {
  return weekOf(new Date(Date.parse(mondayOf(week) ?? '') + 7 * weeks * DAY).toISOString());
}

/** Days since Monday. */
function weekday(at: number): number {
  return (new Date(at).getUTCDay() + 6) % 7;
}
