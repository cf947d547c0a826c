import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { base } from '../fleet/base';
import { formatScope, type Scope } from '../filter/scope';
import { answer, client } from './client';
import type { components } from './schema.gen';

export type Figure = components['schemas']['Figure'];
export type FigureColumn = components['schemas']['FigureColumn'];
export type FigureDefinition = components['schemas']['FigureDefinition'];

/** What a cell may hold; null is not known or not shown. */
export type Cell = string | number | boolean | null | (string | number)[];

/** A figure's row: its values, and the addresses of the pages that list what a number counts. */
export interface FigureRow<V = Record<string, Cell>> {
  values: V;
  rows: Partial<Record<keyof V & string, string>>;
}

export type FigureOf<V> = Omit<Figure, 'items'> & { items: FigureRow<V>[] };

/** A figure of a scope. V are its columns, as its definition in analysis/figures has them. */
export function useFigure<V = Record<string, Cell>>(id: string, scope: Scope) {
  return useQuery({
    queryKey: ['figure', id, scope],
    queryFn: ({ signal }) =>
      answer(
        client.GET('/api/v1/figures/{id}', {
          params: { path: { id }, query: scope as never },
          querySerializer: () => formatScope(scope),
          signal,
        }),
      ) as unknown as Promise<FigureOf<V>>,
    placeholderData: keepPreviousData,
  });
}

/** The same rows as CSV. */
export function figureCsv(id: string, scope: Scope): string {
  const query = formatScope(scope);
  return `${base()}/api/v1/figures/${id}/csv${query && '?'}${query}`;
}

/** The dictionary: what every figure means. */
export function useFigures() {
  return useQuery({
    queryKey: ['figures'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/figures', { signal })),
    staleTime: Infinity,
  });
}
