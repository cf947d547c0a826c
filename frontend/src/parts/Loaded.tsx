import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { Trouble } from './Trouble';
import { Waiting } from './Waiting';

interface Props<T> {
  query: UseQueryResult<T>;
  what: string; // as in "The claims could not be loaded"
  height: number; // of what will stand here, in pixels
  children: (loaded: T) => ReactNode;
}

/** Shows what a query brought, or that it is under way or failed. Old data stay while new ones are fetched. */
export function Loaded<T>({ query, what, height, children }: Props<T>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error && (
          <Trouble what={`Newer ${lower(what)}`} error={query.error} retry={() => void query.refetch()} />
        )}
        {children(query.data)}
      </>
    );
  }
  if (query.error) return <Trouble what={what} error={query.error} retry={() => void query.refetch()} />;
  return <Waiting what={lower(what)} height={height} />;
}

function lower(what: string): string {
  return what.charAt(0).toLowerCase() + what.slice(1);
}
