import { useQueries, useQuery } from '@tanstack/react-query';

import { answer, client } from '../api/client';
import { useHistory } from '../api/queries';
import type { PastAnswer } from '../api/types';
import { digestOf, type Digest } from './digest';
import { weekOf } from './week';

/** The claims as they were answered in a week. What is over does not change any more. */
export function useRecorded(monday: string | undefined) {
  return useQuery({
    queryKey: ['recorded', monday],
    enabled: monday !== undefined,
    queryFn: ({ signal }) =>
      answer(
        client.GET('/api/v1/claims', {
          params: { query: { as_of: monday! } },
          querySerializer: () => `as_of=${monday}`,
          signal,
        }),
      ),
  });
}

/** The digest of a week, once the answers and what came before them are there. */
export function useDigest(monday: string | undefined): {
  recorded: ReturnType<typeof useRecorded>;
  digest?: Digest;
} {
  const recorded = useRecorded(monday);
  const claims = recorded.data?.claims ?? [];
  const histories = useQueries({
    queries: claims.map(({ id }) => ({
      queryKey: ['history', id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        answer(client.GET('/api/v1/claims/{id}/history', { params: { path: { id } }, signal })),
    })),
  });
  if (claims.length === 0 || monday === undefined || histories.some(({ isPending }) => isPending))
    return { recorded };
  const known = new Map<string, PastAnswer[]>(
    claims.map(({ id }, i) => [id, histories[i]?.data?.items ?? []]),
  );
  return { recorded, digest: digestOf(claims, known, monday) };
}

/** The newest week with recorded answers. */
export function useNewestWeek(): string | undefined {
  const newest = useHistory('mistakes').data?.items.at(-1)?.week;
  return newest && weekOf(newest);
}
