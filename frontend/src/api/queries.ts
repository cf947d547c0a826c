import {
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';

import type { Filter } from '../filter/codec';
import { answer, client } from './client';
import { RequestError } from './problem';
import type { ChangeQuery, ScopeQuery } from './types';

const MINUTE = 60_000;
const PAGE_SIZE = 50;

/** Answers are kept while newer ones are on their way; what cannot succeed is not asked twice. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: MINUTE,
        retry: (failures, error) => failures < 1 && (!(error instanceof RequestError) || error.retryable),
      },
    },
  });
}

export function useClaims() {
  return useQuery({
    queryKey: ['claims'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/claims', { signal })),
  });
}

/** One claim, of the same bytes as in the list. */
export function useClaim(id: string) {
  return useQuery({
    queryKey: ['claim', id],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/claims/{id}', { params: { path: { id } }, signal })),
  });
}

/** The answers that a claim was given week by week. */
export function useHistory(id: string) {
  return useQuery({
    queryKey: ['history', id],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/v1/claims/{id}/history', { params: { path: { id } }, signal })),
  });
}

/** Which fleet this is; asked every second while it is being made. */
export function useFleet() {
  return useQuery({
    queryKey: ['fleet'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/fleet', { signal })),
    refetchInterval: (query) => (query.state.data?.making ? 1_000 : false),
  });
}

/** What the numbers are decided and shown by. */
export function useSettings() {
  return useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/settings', { signal })),
  });
}

export function useMix() {
  return useQuery({
    queryKey: ['mix'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/mix', { signal })),
  });
}

/** Coverage is asked every minute, and every two seconds while something is being collected. */
export function useCoverage() {
  return useQuery({
    queryKey: ['coverage'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/coverage', { signal })),
    refetchInterval: (query) => (query.state.data?.running.length ? 2_000 : MINUTE),
    staleTime: 1_000,
  });
}

/** Which rows of the coverage ledger. */
export type ScopeFilter = Pick<ScopeQuery, 'source' | 'stream' | 'scope' | 'status'>;

/** The query string of a part of the ledger: no filter of changes, so not of their codec. */
function scopeQuery(query: Record<string, unknown>): string {
  const set = Object.entries(query).filter(([, value]) => value !== undefined);
  return new URLSearchParams(set.map(([key, value]) => [key, String(value)])).toString();
}

/** The pages of the coverage ledger; the first of them knows how many rows there are. */
export function useScopes(filter: ScopeFilter) {
  return useInfiniteQuery({
    queryKey: ['scopes', filter],
    queryFn: ({ signal, pageParam }) => {
      const query = { ...filter, limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) };
      return answer(
        client.GET('/api/v1/coverage/scopes', { params: { query }, querySerializer: scopeQuery, signal }),
      );
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useUnmatchedAccounts() {
  return useQuery({
    queryKey: ['accounts'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/coverage/accounts', { signal })),
  });
}

/** Collects a source now. */
export function useRun() {
  const after = useCoverageAnew();
  return useMutation({
    mutationFn: (body: { source: string }) => answer(client.POST('/api/v1/collections/run', { body })),
    onSuccess: after,
  });
}

/** Pauses a source, or lets it again. */
export function usePause() {
  const after = useCoverageAnew();
  return useMutation({
    mutationFn: (body: { source: string; paused: boolean }) =>
      answer(client.POST('/api/v1/collections/pause', { body })),
    onSuccess: after,
  });
}

function useCoverageAnew() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['coverage'] });
}

/** The pages of a list of changes; the first of them knows how many there are. */
export function useChanges(filter: Filter) {
  return useInfiniteQuery({
    queryKey: ['changes', filter],
    queryFn: ({ signal, pageParam }) => {
      const query = {
        ...filter,
        limit: PAGE_SIZE,
        ...(pageParam ? { cursor: pageParam } : {}),
      } as ChangeQuery;
      return answer(client.GET('/api/v1/changes', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** How many changes are behind a filter. */
export function useTotal(filter: Filter) {
  return useQuery({
    queryKey: ['total', filter],
    queryFn: async ({ signal }) => {
      const query = { ...filter, limit: 1 } as ChangeQuery;
      return (await answer(client.GET('/api/v1/changes', { params: { query }, signal }))).total;
    },
  });
}

export function useChange(id: string) {
  return useQuery({
    queryKey: ['change', id],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/changes/{id}', { params: { path: { id } }, signal })),
  });
}
