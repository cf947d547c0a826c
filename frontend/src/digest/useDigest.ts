import { useQuery } from '@tanstack/react-query';

import { answer, client } from '../api/client';
import type { components } from '../api/schema.gen';
import { base } from '../fleet/base';

export type Digest = components['schemas']['Digest'];
export type Section = components['schemas']['DigestSection'];
export type Item = components['schemas']['DigestItem'];

/** The digest of an ISO week, such as 2026-W40, or of the newest. */
export function useDigest(week: string) {
  return useQuery({
    queryKey: ['digest', week],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/v1/digests/{week}', { params: { path: { week } }, signal })),
  });
}

/** The address of the same as a text to be sent. */
export function markdownHref(week: string): string {
  return `${base()}/api/v1/digests/${week}/markdown`;
}
