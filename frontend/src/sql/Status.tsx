import { int } from '../format/number';
import { underWay, type Run } from './run';
import { costWords, countWords, failureWords, progressWords } from './words';

/** How far the run is, or how it ended. The bar keeps its place, so that nothing moves. */
export function Status({ run, complete }: { run: Run; complete: string | undefined }) {
  const running = underWay(run);
  const { progress } = run;
  const part =
    progress && progress.total_rows > 0 ? Math.min(1, progress.read_rows / progress.total_rows) : undefined;
  return (
    <>
      <div
        className="sql-bar"
        role="progressbar"
        aria-label="Query progress"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={running && part !== undefined ? Math.round(100 * part) : undefined}
      >
        <i style={{ width: running ? `${100 * (part ?? 0.02)}%` : 0 }} />
      </div>
      <p className={`sql-status ${run.phase}`} role={run.phase === 'failed' ? 'alert' : 'status'}>
        <Words run={run} complete={complete} />
      </p>
    </>
  );
}

function Words({ run, complete }: { run: Run; complete: string | undefined }) {
  const { phase, result, progress } = run;
  switch (phase) {
    case 'idle':
      return 'Ctrl ↵ runs the selection, else the statement at the cursor.';
    case 'starting':
      return 'Starting…';
    case 'running':
      return progress ? progressWords(progress) : 'Running…';
    case 'cancelling':
      return 'Ending it in the database…';
    case 'cancelled':
      return 'Cancelled; nothing of it runs on in the database.';
    case 'failed':
      return failureWords(run);
    case 'done':
      if (!result) return null;
      return (
        <>
          <b>{countWords(result)}</b> {costWords(result)}
          {result.truncated && (
            <>
              {' '}
              At most {int(result.rows.length)} are shown.{' '}
              <a href={complete} download>
                Get all as CSV
              </a>
            </>
          )}
        </>
      );
  }
}
