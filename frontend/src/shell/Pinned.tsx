import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';

import { pinnedAt, turnPage } from '../api/client';
import { dateTime } from '../format/time';

/** Says that the numbers are those of a moment, and keeps those of two moments apart. */
export function Pinned() {
  const [path] = useLocation();
  const search = useSearch();
  const queries = useQueryClient();
  const at = pinnedAt();
  const shown = useRef(at);
  useEffect(turnPage, [path]);
  useEffect(() => {
    if (shown.current !== at) void queries.resetQueries();
    shown.current = at;
  }, [at, queries]);
  if (!at) return null;
  const now = new URLSearchParams(search);
  now.delete('as_of');
  return (
    <p className="banner" role="status">
      {`These are the numbers of ${dateTime(at) ?? at}. `}
      <a href={`?${now.toString()}`}>Show what is known now</a>
    </p>
  );
}
