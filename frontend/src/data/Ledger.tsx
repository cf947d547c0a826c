import { useDeferredValue, useId, useState } from 'react';

import type { Coverage, Source, Stream } from '../api/types';
import { int } from '../format/number';
import { Figure } from '../parts/Figure';
import { Scopes } from './Scopes';
import { SourceFigure } from './SourceFigure';

/** Up to how many scopes are all in the first answer. */
const FEW = 100;

const STATUS: Record<Source['status'], string> = {
  ok: 'Whole',
  partial: 'Partial',
  failed: 'Down',
  absent: 'Not collected',
  running: 'Not finished',
};

/** The coverage ledger: by source and stream, or the scopes that a filter finds. */
export function Ledger({ data }: { data: Coverage }) {
  const [scope, setScope] = useState('');
  const [status, setStatus] = useState<Source['status'] | ''>('');
  const filter = useDeferredValue({ scope: scope.trim(), status });
  const all = data.streams.reduce((sum, stream) => sum + stream.scopes, 0);
  const ids = { scope: useId(), status: useId() };
  if (data.streams.length === 0) {
    return (
      <Figure title="Sources">
        <p className="lede">
          Nothing has been collected yet: <code>baserate collect git --data DIR PATH…</code>
        </p>
      </Figure>
    );
  }
  const known = all <= FEW ? data.sources : undefined;
  return (
    <>
      <h2>Sources</h2>
      <form className="ledger-filter" role="search" onSubmit={(event) => event.preventDefault()}>
        <p className="field">
          <label htmlFor={ids.scope}>Find in {int(all)} scopes</label>
          <input id={ids.scope} type="search" value={scope} onChange={(e) => setScope(e.target.value)} />
        </p>
        <p className="field">
          <label htmlFor={ids.status}>Last run</label>
          <select
            id={ids.status}
            value={status}
            onChange={(e) => setStatus(e.target.value as Source['status'] | '')}
          >
            <option value="">any</option>
            {Object.entries(STATUS).map(([code, words]) => (
              <option key={code} value={code}>
                {words}
              </option>
            ))}
          </select>
        </p>
      </form>
      {filter.scope || filter.status ? (
        <Figure title="Scopes that match">
          <Scopes
            filter={{ scope: filter.scope || undefined, status: filter.status ? [filter.status] : undefined }}
            label="Table of the scopes that match"
          />
        </Figure>
      ) : (
        bySource(data.streams).map((streams) => (
          <SourceFigure
            key={streams[0]?.source}
            streams={streams}
            scopes={known?.filter((row) => row.source === streams[0]?.source)}
            controls={data.controls}
          />
        ))
      )}
    </>
  );
}

function bySource(streams: Stream[]): Stream[][] {
  const groups = new Map<string, Stream[]>();
  for (const stream of streams) groups.set(stream.source, [...(groups.get(stream.source) ?? []), stream]);
  return [...groups.values()];
}
