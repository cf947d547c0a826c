import type { Change } from '../api/types';
import { span } from '../format/time';

/** What became of a change, in words: how soon it was reverted or repaired, or that it is too early to tell. */
export function outcomes(change: Change): string[] {
  const found: string[] = [];
  if (change.incident) {
    const incident = change.severity ? `Severity ${change.severity} incident` : 'Incident';
    found.push(after(incident, change.landed_at, change.incident_at));
  }
  if (change.failed_at) found.push(after('Failed deployment', change.landed_at, change.failed_at));
  if (change.reverted) found.push(after('Reverted', change.landed_at, change.reverted_at));
  if (change.hotfixed) found.push(after('Hot-fixed', change.landed_at, change.hotfixed_at));
  if (change.reworked_at && !change.hotfixed)
    found.push(after('Reworked', change.landed_at, change.reworked_at));
  if (found.length > 0) return found;
  return [change.mature ? 'None seen' : 'Too early to tell'];
}

function after(what: string, landed: string, at?: string | null): string {
  if (!at) return what;
  const seconds = (Date.parse(at) - Date.parse(landed)) / 1000;
  return seconds < 0 ? what : `${what} after ${span(seconds)}`;
}
