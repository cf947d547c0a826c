import { Link } from 'wouter';

import { changeHref } from '../filter/codec';
import { DASH, int } from '../format/number';
import { dateTime } from '../format/time';
import { ClassKey } from '../parts/Glyph';
import { Scroll } from '../parts/Scroll';
import { CLASS, PERMISSION, REVIEW, word } from '../words';
import { LINK } from './outage';
import type { Candidate } from './useOutage';

const DECISION: Record<string, string> = {
  confirmed: 'Confirmed by a person',
  rejected: 'Rejected by a person',
};

/** Changes that an outage may come from, with how each was found and what a person decided. */
export function Candidates({ label, candidates }: { label: string; candidates: Candidate[] }) {
  if (candidates.length === 0) return <p>There is none.</p>;
  return (
    <Scroll label={label}>
      <table className="plain outages">
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">Landed</th>
            <th scope="col">Written by</th>
            <th scope="col">Review</th>
            <th scope="col">Permission</th>
            <th scope="col">Link</th>
            <th scope="col" className="number">
              Trust
            </th>
          </tr>
        </thead>
        <tbody>
          {candidates.map((candidate) => (
            <Line key={candidate.change_id} candidate={candidate} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Line({ candidate }: { candidate: Candidate }) {
  const { change_id, decision, author_class, permission, window_minutes } = candidate;
  return (
    <tr>
      <th scope="row" className="title">
        <Link href={changeHref(change_id)}>{candidate.title || '(no title)'}</Link>
        <small>
          {[candidate.repo, candidate.team, change_id.slice(change_id.lastIndexOf('@') + 1).slice(0, 10)]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </th>
      <td>{dateTime(candidate.landed_at)}</td>
      <td className="class">
        <ClassKey of={author_class}>
          {CLASS[author_class]}
          {candidate.tool && <small>{candidate.tool}</small>}
        </ClassKey>
      </td>
      <td>{REVIEW[candidate.review_state]}</td>
      <td>
        {permission === 'unknown'
          ? DASH
          : permission === 'operator'
            ? 'Could merge and deploy'
            : PERMISSION[permission]}
      </td>
      <td>
        {word(LINK, candidate.method)}
        {decision && <small>{word(DECISION, decision)}</small>}
        {window_minutes != null && (
          <small>
            {int(window_minutes)} min after it was deployed
            {candidate.service && `, service ${candidate.service}`}
          </small>
        )}
      </td>
      <td className="number">{candidate.score.toFixed(2)}</td>
    </tr>
  );
}
