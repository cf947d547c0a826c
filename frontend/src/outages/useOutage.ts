import { useQuery } from '@tanstack/react-query';

import { answer, client } from '../api/client';
import type { components } from '../api/schema.gen';

export type OutageDetail = components['schemas']['OutageDetail'];
export type OutageFacts = components['schemas']['Outage'];
export type Candidate = components['schemas']['OutageCandidate'];

/** One outage with all that its cause rests on. */
export function useOutage(id: string) {
  return useQuery({
    queryKey: ['outage', id],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/outages/{id}', { params: { path: { id } }, signal })),
  });
}
