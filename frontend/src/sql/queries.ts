import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { answer, client } from '../api/client';
import type { components } from '../api/schema.gen';

type Schemas = components['schemas'];
export type Table = Schemas['SQLTable'];
export type Limits = Schemas['SQLLimits'];
export type Vocabulary = Schemas['SQLVocabulary'];
export type Plan = Schemas['QueryPlan'];
export type Past = Schemas['QueryState'];
export type SavedQuery = Schemas['SavedQuery'];

const HOUR = 3_600_000;

export function useSchema() {
  return useQuery({
    queryKey: ['sql', 'schema'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/sql/schema', { signal })),
    staleTime: HOUR,
  });
}

export function useVocabulary() {
  return useQuery({
    queryKey: ['sql', 'vocabulary'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/sql/vocabulary', { signal })),
    staleTime: HOUR,
  });
}

const HISTORY = ['sql', 'history'];
const SAVED = ['sql', 'saved'];

export function useHistory() {
  return useQuery({
    queryKey: HISTORY,
    queryFn: ({ signal }) =>
      answer(
        client.GET('/api/v1/sql/history', {
          params: { query: { limit: 20 } },
          querySerializer: () => 'limit=20',
          signal,
        }),
      ),
  });
}

/** Asks for the history again, a moment after a run: it is written when the run has ended. */
export function useHistoryAnew() {
  const queries = useQueryClient();
  return () => setTimeout(() => void queries.invalidateQueries({ queryKey: HISTORY }), 400);
}

export function useSaved() {
  return useQuery({
    queryKey: SAVED,
    queryFn: ({ signal }) => answer(client.GET('/api/v1/sql/saved', { signal })),
  });
}

export function useSave() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ slug, ...body }: Pick<SavedQuery, 'slug' | 'name' | 'sql' | 'params'>) =>
      answer(client.PUT('/api/v1/sql/saved/{slug}', { params: { path: { slug } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: SAVED }),
  });
}

export function useUnsave() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (slug: string) => {
      const reply = await client.DELETE('/api/v1/sql/saved/{slug}', { params: { path: { slug } } });
      if (reply.error) await answer(Promise.resolve(reply));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: SAVED }),
  });
}

/** What a statement would read. */
export function planOf(sql: string, params: Record<string, string>, signal?: AbortSignal): Promise<Plan> {
  return answer(client.POST('/api/v1/sql/plan', { body: { sql, params }, ...(signal && { signal }) }));
}
