import { useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';

import { formatScope, parseScope, type Scope } from './scope';

/** The scope in the address, and a way to change it that keeps the page and puts a step into the history. */
export function useScope(): [Scope, (next: Scope) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const scope = useMemo(() => parseScope(search), [search]);
  const change = (next: Scope) => {
    const query = formatScope(next);
    navigate(query ? `${path}?${query}` : path);
  };
  return [scope, change];
}
