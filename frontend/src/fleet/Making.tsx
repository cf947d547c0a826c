import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import type { Fleet } from '../api/types';
import { int } from '../format/number';

/** In place of every page while the fleet is being made: how far it is. Afterwards all is asked anew. */
export function Making({ making }: { making: NonNullable<Fleet['making']> }) {
  const client = useQueryClient();
  useEffect(
    () => () => {
      void client.invalidateQueries();
    },
    [client],
  );
  const { step, done, total, error } = making;
  const percent = total > 0 ? Math.floor((100 * done) / total) : undefined;
  return (
    <div className="hero one">
      <div>
        <p className="question">A fleet whose truth is known</p>
        <h1>
          <span role="status">{title(error, percent)}</span>
        </h1>
        <p className="detail">
          {error ??
            `${step}${total > 0 ? `: ${int(done)} of ${int(total)}` : ''}. It is kept, and there at once next time.`}
        </p>
        {!error && <progress max={100} value={percent} aria-label="The demo fleet" />}
      </div>
    </div>
  );
}

function title(error?: string, percent?: number): string {
  if (error) return 'The demo fleet could not be made.';
  return `The demo fleet is being made${percent === undefined ? '.' : `: ${percent} %.`}`;
}
