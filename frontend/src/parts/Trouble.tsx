import { RequestError } from '../api/problem';

interface Props {
  what: string;
  error: Error;
  retry?: () => void;
}

/** Says in its place what could not be loaded, why, and what to do. The rest of the page lives on. */
export function Trouble({ what, error, retry }: Props) {
  const problem = error instanceof RequestError ? error.problem : undefined;
  const again = retry && (!(error instanceof RequestError) || error.retryable);
  return (
    <div className="trouble" role="alert">
      <p>
        <b>{what} could not be loaded.</b> {sentence(problem?.title ?? error.message)}
        {problem?.detail && <Cause field={problem.field} detail={problem.detail} />}
      </p>
      {problem?.action && <p>{sentence(problem.action)}</p>}
      <p>
        {again && (
          <button className="button" onClick={retry}>
            Try again
          </button>
        )}
        {problem?.request_id && <small>Request {problem.request_id}</small>}
      </p>
    </div>
  );
}

/** What exactly is wrong, and with which part of the filter. */
function Cause({ field, detail }: { field?: string; detail: string }) {
  if (!field) return ` ${sentence(detail)}`;
  return (
    <>
      {' '}
      <code>{field}</code>: {detail}
    </>
  );
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
