import createClient from 'openapi-fetch';

import { formatQuery } from '../filter/codec';
import { base } from '../fleet/base';
import { refused, unreachable } from './problem';
import type { paths } from './schema.gen';

/** The typed client. Its query strings come from the codec that makes the page's own address. */
export const client = createClient<paths>({
  baseUrl: globalThis.location?.origin,
  querySerializer: (query) => formatQuery(query),
  fetch: (request: Request) => globalThis.fetch(ofFleet(request)),
});

/** Every fleet has an API of its own, below its pages. */
function ofFleet(request: Request): Request {
  const { origin, pathname, search } = new URL(request.url);
  return base() ? new Request(origin + base() + pathname + search, request) : request;
}

type Reply<T> = { data?: T; error?: unknown; response: Response };

/** Waits for a reply and returns its data, or throws a RequestError. */
export async function answer<T>(reply: Promise<Reply<T>>): Promise<T> {
  const { data, error, response } = await reply.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw unreachable(cause);
  });
  if (data === undefined) throw refused(response, error);
  return data;
}
