import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { numberWords, type Unit } from './units';

interface Props {
  value: number | null | undefined;
  unit?: Unit;
  /** The page that lists what the number counts; its total is the same number. */
  href?: string;
  children?: ReactNode; // instead of the number's own words
}

/** A number as the pages write it: a dash where there is none, a link where its rows can be seen. */
export function Num({ value, unit = 'count', href, children }: Props) {
  const words = children ?? numberWords(value, unit);
  if (value == null || !href) return <span className="num">{words}</span>;
  return (
    <Link className="rows num" href={href} data-count={unit === 'count' ? value : undefined}>
      {words}
    </Link>
  );
}
