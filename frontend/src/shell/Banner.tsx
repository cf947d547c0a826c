import { RequestError } from '../api/problem';
import { useCoverage, useFleet } from '../api/queries';
import { age, dateTime, span } from '../format/time';

/** Data older than this are called old: the same 36 hours as in the gate "Freshness". */
const STALE_SECONDS = 36 * 3600;

/** Says when the server is away or the data are old; the numbers stay. */
export function Banner() {
  const { data, error, dataUpdatedAt } = useCoverage();
  const simulated = useFleet().data?.simulated; // its clock stands still
  if (error && data) {
    const title = error instanceof RequestError ? error.problem.title : error.message;
    return (
      <Line>{`${title}. What you see is from ${dateTime(dataUpdatedAt)}; it is asked for again by itself.`}</Line>
    );
  }
  if (simulated || !data?.collected_at || data.running.length > 0) return null;
  const seconds = age(data.collected_at);
  if (seconds < STALE_SECONDS) return null;
  return <Line>{`Data are ${span(seconds)} old: last collected ${dateTime(data.collected_at)}.`}</Line>;
}

function Line({ children }: { children: string }) {
  return (
    <p className="banner" role="status">
      {children}
    </p>
  );
}
