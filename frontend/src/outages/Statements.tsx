import { dateTime } from '../format/time';
import { word } from '../words';
import { LINK } from './outage';
import type { Candidate, OutageDetail } from './useOutage';

interface Props {
  statements: OutageDetail['statements'];
  chosen?: Candidate;
}

/** What sources state, and how the change was found where none does. */
export function Statements({ statements, chosen }: Props) {
  return (
    <>
      <ul className="statements">
        {statements.map((statement, i) => (
          <li key={i}>
            {statement.role === 'fix' ? 'Fixed by ' : 'Caused by '}
            {statement.kind.replace('_', ' ')} <code>{short(statement.ref)}</code> of {statement.repo}:{' '}
            {word(LINK, statement.method)}, trust {statement.score.toFixed(2)}, stated{' '}
            {dateTime(statement.stated_at)}
            {statement.url && (
              <>
                {' '}
                (<a href={statement.url}>where</a>)
              </>
            )}
          </li>
        ))}
        {chosen?.method === 'deploy_window' && (
          <li>
            No source names a change. This one was in the last deployment to production of a struck service
            before the outage: a guess, with a trust of 0.3 at most.
          </li>
        )}
        {statements.length === 0 && !chosen && <li>No source states anything.</li>}
      </ul>
      <p className="note">
        Wrong link? A person’s word goes before all of this: <code>baserate link</code> confirms or rejects a
        change as the cause.
      </p>
    </>
  );
}

function short(ref: string): string {
  return /^[0-9a-f]{40}$/i.test(ref) ? ref.slice(0, 10) : ref;
}
