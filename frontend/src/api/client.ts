import createClient from 'openapi-fetch';

import { formatQuery } from '../filter/codec';
import { base } from '../fleet/base';
import { refused, unreachable } from './problem';
import type { paths } from './schema.gen';

/** The typed client. Its query strings come from the codec that makes the page's own address. */
export const client = createClient<paths>({
  baseUrl: globalThis.location?.origin,
  querySerializer: (query) => formatQuery(query),
  fetch: async (request: Request) => globalThis.fetch(await ofFleet(request)),
});

/** Every fleet has an API of its own, below its pages. A page that is pinned to a moment shows the answers of that moment. */
async function ofFleet(request: Request): Promise<Request> {
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== 'GET') return base() ? elsewhere(request, origin + base() + pathname) : request;
  const live = LIVE.test(pathname);
  if (!live) asked.add(pathname + search);
  const at = live ? '' : pinnedAt();
  const pin = at ? `${search ? '&' : '?'}as_of=${encodeURIComponent(at)}` : '';
  return base() || pin ? new Request(origin + base() + pathname + search + pin, request) : request;
}

/** The same request to another address. As it is, its body would go out as a stream, which browsers send over HTTP/2 alone. */
async function elsewhere(request: Request, address: string): Promise<Request> {
  const { method, headers, signal } = request;
  return new Request(address, { method, headers, signal, body: (await request.text()) || undefined });
}

/** The moment that the page is pinned to, "" when it shows what is known now. */
export function pinnedAt(): string {
  const at = new URLSearchParams(globalThis.location?.search).get('as_of') ?? '';
  return at.includes('T') ? at : '';
}

/** What says how things are now, and is never pinned. */
const LIVE = /^\/api\/v1\/(sql|coverage|fleet|problems)\b/;

/** What the page on the screen asked for. */
const asked = new Set<string>();

/** Forgets what was asked for, when another page comes. */
export function turnPage(): void {
  asked.clear();
}

/** Pins all that the page shows, and returns the moment to put into its address. */
export async function pinPage(): Promise<string> {
  const addresses = [...asked].slice(-60);
  const pins = await answer(client.POST('/api/v1/pins', { body: { addresses } }));
  return pins.as_of;
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
