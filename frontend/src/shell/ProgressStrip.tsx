import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { useCoverage } from '../api/queries';
import type { Running } from '../api/types';
import { int, plural } from '../format/number';
import { span } from '../format/time';

const SHOWN = 3;

/** How far the collections under way have come. Gone when there are none, and then the pages are asked anew. */
export function ProgressStrip() {
  const { data } = useCoverage();
  const running = data?.running ?? [];
  useFreshWhenDone(running.length);
  if (running.length === 0) return null;
  return (
    <section className="progress-strip" aria-label="Collecting">
      <p>
        <b>Collecting {plural(running.length, 'history', 'histories')}.</b> Numbers follow as they come in.
      </p>
      <ul>
        {running.slice(0, SHOWN).map((run) => (
          <Line key={`${run.source} ${run.scope}`} run={run} />
        ))}
      </ul>
      {running.length > SHOWN && <p>and {int(running.length - SHOWN)} more</p>}
    </section>
  );
}

function Line({ run }: { run: Running }) {
  const known = run.total > 0;
  return (
    <li>
      <span className="scope">{run.scope}</span>
      <progress
        max={known ? run.total : undefined}
        value={known ? run.done : undefined}
        aria-label={run.scope}
      />
      <span className="number">{progressWords(run)}</span>
    </li>
  );
}

/** "12 000 of 41 702 commits, 8 400 a second, about 4 s left", as far as it is known. */
export function progressWords({ done, total, unit, per_second, seconds_left }: Running): string {
  if (done === 0 && total === 0) return 'just begun';
  const parts = [total > 0 ? `${int(done)} of ${int(total)} ${unit}` : `${int(done)} ${unit}`];
  if (per_second) parts.push(`${int(per_second)} a second`);
  if (seconds_left != null) parts.push(`about ${span(seconds_left)} left`);
  return parts.join(', ');
}

function useFreshWhenDone(running: number) {
  const client = useQueryClient();
  const before = useRef(running);
  useEffect(() => {
    if (running < before.current) void client.invalidateQueries();
    before.current = running;
  }, [running, client]);
}
