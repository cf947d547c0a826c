import { Link } from 'wouter';

import { changeHref } from '../filter/codec';
import { DASH, int } from '../format/number';
import { date, dateTime } from '../format/time';
import { Scroll } from '../parts/Scroll';
import { PERMISSION, REVIEW, word } from '../words';
import { LINK, MARK_WORDS, type Outage, markOf, outageHref, severityWords, shortID } from './outage';
import { OutageMark } from './OutageMark';

/** Outages, newest first, each with the change that it comes from and how sure that is. */
export function OutagesTable({ items, label = 'Table of outages' }: { items: Outage[]; label?: string }) {
  return (
    <Scroll label={label}>
      <table className="plain outages">
        <thead>
          <tr>
            <th scope="col">Began</th>
            <th scope="col">Outage</th>
            <th scope="col">Severity</th>
            <th scope="col" className="number">
              Minutes
            </th>
            <th scope="col">Change</th>
            <th scope="col">Review</th>
            <th scope="col">Permission</th>
            <th scope="col">Link</th>
          </tr>
        </thead>
        <tbody>
          {items.map((outage) => (
            <Line key={outage.id} outage={outage} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Line({ outage }: { outage: Outage }) {
  const { change_id, review_state, permission } = outage;
  return (
    <tr>
      <td title={dateTime(outage.began)}>{date(outage.began)}</td>
      <th scope="row" className="title">
        <Link href={outageHref(outage.id)}>{outage.title || shortID(outage.id)}</Link>
        <small>
          {shortID(outage.id)}
          {outage.services.length > 0 && ` · ${outage.services.join(', ')}`}
          {outage.team && ` · ${outage.team}`}
        </small>
      </th>
      <td>{severityWords(outage.severity)}</td>
      <td className="number">{outage.minutes === null ? 'not over' : int(outage.minutes)}</td>
      <td className="class">
        <span className="class-key">
          <svg width="20" height="20" viewBox="-10 -10 20 20" aria-hidden="true">
            <OutageMark outage={outage} />
          </svg>
          <span>
            {change_id ? (
              <Link href={changeHref(change_id)}>{MARK_WORDS[markOf(outage)]}</Link>
            ) : (
              MARK_WORDS[markOf(outage)]
            )}
            {(outage.tool ?? outage.cause === 'elsewhere') && (
              <small>{outage.tool ?? outage.cause_type}</small>
            )}
          </span>
        </span>
      </td>
      <td>{review_state ? word(REVIEW, review_state) : DASH}</td>
      <td>{permission && permission !== 'unknown' ? word(PERMISSION, permission) : DASH}</td>
      <td>
        {outage.method ? word(LINK, outage.method) : DASH}
        {outage.score !== null && (
          <small>
            {outage.probable ? 'probable, ' : ''}
            {outage.score.toFixed(2)}
          </small>
        )}
      </td>
    </tr>
  );
}
