import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { changesHref, parseFilter, type Filter } from '../filter/codec';
import { filterWords } from '../filter/words';
import { int } from '../format/number';

interface Props {
  count: number;
  /** Which changes: a filter, or the query string that the API sent with the number. */
  of: Filter | string;
  outcome?: string;
  children?: ReactNode;
}

/** A number that leads to the changes it counts. The list's total is the same number. */
export function Rows({ count, of, outcome, children }: Props) {
  const filter = { ...(typeof of === 'string' ? parseFilter(of) : of), ...(outcome ? { outcome } : {}) };
  return (
    <Link
      className="rows"
      href={changesHref(filter)}
      data-count={count}
      title={filterWords(filter) || 'All changes'}
    >
      {children ?? int(count)}
    </Link>
  );
}
