import { useHistory } from '../api/queries';
import { date } from '../format/time';

const WEEKS = 12;

/** The answers of the last weeks as a row of marks, so that one that flips is seen. */
export function Strip({ id }: { id: string }) {
  const weeks = useHistory(id).data?.items.slice(0, WEEKS).toReversed() ?? []; // the API has the newest first
  if (weeks.length < 2) return null;
  const seen = new Map(weeks.map(({ code, word }) => [code, word]));
  return (
    <div className="strip">
      <ol aria-label={`Answers of the last ${weeks.length} weeks`}>
        {weeks.map(({ week, code, word }) => (
          <li key={week} className={code} title={`Week of ${date(week)}: ${word}`}>
            <span className="hidden">
              Week of {date(week)}: {word}
            </span>
          </li>
        ))}
      </ol>
      <p aria-hidden="true">
        {[...seen].map(([code, word]) => (
          <span key={code}>
            <i className={code} /> {word}
          </span>
        ))}
      </p>
    </div>
  );
}
