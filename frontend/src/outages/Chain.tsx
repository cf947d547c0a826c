import { Fragment } from 'react';

import { dateTime } from '../format/time';
import type { OutageFacts } from './useOutage';

interface Event {
  name: string;
  at: string;
}

/** From the landing of the change to the end of the outage: what happened when, and how long it was from each to the next. */
export function Chain({ outage }: { outage: OutageFacts }) {
  const events = eventsOf(outage);
  return (
    <ol className="chain">
      {events.map(({ name, at }, i) => (
        <Fragment key={name}>
          {i > 0 && (
            <li className={i === events.length - 1 && outage.ended ? 'between during' : 'between'}>
              <span>{between((Date.parse(at) - Date.parse(events[i - 1]!.at)) / 60_000)}</span>
            </li>
          )}
          <li className="event">
            <b>{name}</b>
            <small>{dateTime(at)}</small>
          </li>
        </Fragment>
      ))}
      {!outage.ended && <li className="between open">goes on</li>}
    </ol>
  );
}

/** Minutes up to three hours, then hours, then days. */
function between(minutes: number): string {
  if (minutes < 180) return `${Math.round(minutes)} min`;
  if (minutes < 3 * 24 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 60 / 24)} days`;
}

/** In the order of time: sources may say that something was mitigated after its end. */
function eventsOf(outage: OutageFacts): Event[] {
  const all: [string, string | null | undefined][] = [
    ['Change landed', outage.landed_at],
    ['Deployed', outage.deployed_at],
    ['Outage began', outage.began],
    ['Detected', outage.detected_at],
    ['Mitigated', outage.mitigated_at],
    ['Ended', outage.ended],
  ];
  return all
    .flatMap(([name, at]) => (at ? [{ name, at }] : []))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
