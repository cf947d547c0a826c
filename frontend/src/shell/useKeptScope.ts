import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';

import { formatScope, parseScope, type Scope } from '../filter/scope';
import { pageOf } from './pages';

/** The scope that the links of the top row lead on with: that of the address, or the last one where a page has none. */
export function useKeptScope(): Scope {
  const [path] = useLocation();
  const search = useSearch();
  const [kept, setKept] = useState('');
  const here = pageOf(path)?.scoped ? formatScope(parseScope(search)) : kept;
  if (here !== kept) setKept(here);
  return parseScope(here);
}
