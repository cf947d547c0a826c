import { useState, type ReactNode } from 'react';

import { int } from '../format/number';

interface Props<T> {
  items: T[];
  most?: number;
  children: (shown: T[]) => ReactNode;
}

/** The first of a list, and all of it for whoever asks. */
export function Capped<T>({ items, most = 25, children }: Props<T>) {
  const [all, setAll] = useState(false);
  return (
    <>
      {children(all ? items : items.slice(0, most))}
      {!all && items.length > most && (
        <p>
          <button className="quiet" onClick={() => setAll(true)}>
            Show all {int(items.length)}
          </button>
        </p>
      )}
    </>
  );
}
