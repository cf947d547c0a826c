/** Where a team's own page is. */
export function teamHref(team: string): string {
  return `/teams/${encodeURIComponent(team)}`;
}

/** The team that an address below /teams/ names. */
export function teamOf(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug; // a stray percent sign: there will be no such team
  }
}
