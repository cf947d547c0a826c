import { Link } from 'wouter';

import type { Change } from '../api/types';
import { changeHref } from '../filter/codec';
import { DASH, int } from '../format/number';
import { date, dateTime } from '../format/time';
import { ClassKey } from '../parts/Glyph';
import { Scroll } from '../parts/Scroll';
import { CLASS, PERMISSION, REVIEW } from '../words';
import { outcomes } from './outcomes';

/** Changes, newest first. There is no column about a person, and there will be none. */
export function ChangesTable({ changes }: { changes: Change[] }) {
  return (
    <Scroll label="Table of changes">
      <table className="plain changes">
        <thead>
          <tr>
            <th scope="col">Landed</th>
            <th scope="col">Change</th>
            <th scope="col">Author class</th>
            <th scope="col">Review</th>
            <th scope="col">Permission</th>
            <th scope="col" className="number">
              Lines
            </th>
            <th scope="col" className="number">
              Files
            </th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <Line key={change.change_id} change={change} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Line({ change }: { change: Change }) {
  return (
    <tr>
      <td className="landed" title={dateTime(change.landed_at)}>
        {date(change.landed_at)}
      </td>
      <th scope="row" className="title">
        <Link href={changeHref(change.change_id)}>{change.title || '(no title)'}</Link>
        <small>
          {change.repo}
          {change.pr_number != null && ` #${change.pr_number}`}
          {change.team && ` · ${change.team}`} · <code>{change.sha.slice(0, 10)}</code>
        </small>
      </th>
      <td className="class">
        <ClassKey of={change.author_class}>
          {CLASS[change.author_class]}
          {change.tool && <small>{change.tool}</small>}
        </ClassKey>
      </td>
      <td className="review">{REVIEW[change.review_state]}</td>
      <td className="review">{change.permission === 'unknown' ? DASH : PERMISSION[change.permission]}</td>
      <td className="number">{int(change.size_lines)}</td>
      <td className="number">{int(change.files)}</td>
      <td className="outcome">{outcomes(change).join(', ')}</td>
    </tr>
  );
}
