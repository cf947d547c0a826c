import { useRef } from 'react';

import { date } from '../format/time';
import { dayAfter, dayBefore, RANGES } from './range';
import type { Scope } from './scope';
import { useFolding } from './useFolding';

interface Props {
  scope: Scope;
  change: (next: Scope) => void;
  dataTo?: string | null;
}

/** Which time: the last so many weeks, which move with the data, or days that stay. */
export function DatePick({ scope, change, dataTo }: Props) {
  const box = useRef<HTMLDetailsElement>(null);
  useFolding(box);
  const set = (part: Pick<Scope, 'range' | 'from' | 'to'>) =>
    change({ ...scope, range: undefined, from: undefined, to: undefined, ...part });
  return (
    <details className="pick" ref={box}>
      <summary>
        <span>Time</span> {timeWords(scope)}
      </summary>
      <div className="pick-panel" role="group" aria-label="Time">
        <div className="presets">
          {RANGES.map(({ range, name }) => (
            <button
              key={name}
              className="quiet"
              aria-pressed={scope.range === range && !scope.from && !scope.to}
              onClick={() => set(range ? { range } : {})}
            >
              {name}
            </button>
          ))}
        </div>
        <label className="day">
          First day
          <input
            type="date"
            value={scope.from ?? ''}
            max={dataTo?.slice(0, 10)}
            onChange={(event) => set({ from: event.target.value || undefined, to: scope.to })}
          />
        </label>
        <label className="day">
          Last day
          <input
            type="date"
            value={scope.to ? dayBefore(scope.to) : ''}
            onChange={(event) =>
              set({ from: scope.from, to: event.target.value ? dayAfter(event.target.value) : undefined })
            }
          />
        </label>
      </div>
    </details>
  );
}

function timeWords(scope: Scope): string {
  if (scope.from || scope.to) {
    const first = scope.from ? date(scope.from) : 'the beginning';
    return `${first} – ${scope.to ? date(dayBefore(scope.to)) : 'now'}`;
  }
  return RANGES.find(({ range }) => range === scope.range)?.name ?? scope.range ?? 'All';
}
