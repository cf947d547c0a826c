import { usePause, useRun } from '../api/queries';

/** Runs a source now, and pauses it or lets it again. */
export function Controls({ source, paused }: { source: string; paused: boolean }) {
  const run = useRun();
  const pause = usePause();
  const error = run.error ?? pause.error;
  return (
    <div className="tools">
      <button className="quiet" disabled={run.isPending} onClick={() => run.mutate({ source })}>
        Run {source} now
      </button>
      <button
        className="quiet"
        aria-pressed={paused}
        disabled={pause.isPending}
        onClick={() => pause.mutate({ source, paused: !paused })}
      >
        Pause {source}
      </button>
      <span role="status">
        {error ? `Not done: ${error.message}` : run.data && began(run.data.begun, run.data.found)}
      </span>
    </div>
  );
}

function began(begun: number, found: number): string {
  return begun === found ? 'It begins.' : 'It is under way.';
}
