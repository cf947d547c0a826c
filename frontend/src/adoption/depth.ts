/** A row of figure adoption_depth. */
export interface Depth {
  week: string;
  people: number | null;
  days_0: number | null;
  days_1: number | null;
  days_2: number | null;
  days_3: number | null;
  days_4: number | null;
  days_5: number | null;
  hidden: string;
}

export const DAYS = ['days_0', 'days_1', 'days_2', 'days_3', 'days_4', 'days_5'] as const;

export const DAY_NAMES = ['No day', '1 day', '2 days', '3 days', '4 days', '5 or more'];

/** The shares of people by days, null where a cell is not shown. */
export function sharesOf(week: Depth): (number | null)[] {
  return DAYS.map((day) => {
    const people = week[day];
    return people === null || !week.people ? null : people / week.people;
  });
}
