import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import axe from 'axe-core';
import type { ReactElement } from 'react';
import { expect, vi } from 'vitest';

import { newQueryClient } from '../api/queries';

/** What the network answers: a body for each path, or a function of the request that makes one. */
type Routes = Record<string, unknown | ((url: URL) => unknown)>;

/** An answer that is not a success. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}

/** Puts answers in place of the network and returns the addresses that were asked, in order. */
export function serve(routes: Routes): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    asked.push(url.pathname + url.search);
    if (!(url.pathname in routes)) throw new TypeError(`nothing answers at ${url.pathname}`);
    const route = routes[url.pathname];
    const body = typeof route === 'function' ? route(url) : route;
    return body instanceof Refusal ? Response.json(body.body, { status: body.status }) : Response.json(body);
  });
  return asked;
}

/** Shows something at an address of the pages, without asking twice for what fails. */
export function show(element: ReactElement, address = '/') {
  history.replaceState(null, '', address);
  vi.stubGlobal('scrollTo', () => {});
  vi.stubGlobal('ResizeObserver', StillObserver);
  const client = newQueryClient();
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } });
  return render(<QueryClientProvider client={client}>{element}</QueryClientProvider>);
}

/** jsdom lays nothing out, so nothing ever changes its size. */
class StillObserver {
  observe() {}
  disconnect() {}
}

/** Fails unless axe is content. Contrast is for the browser tests: jsdom paints nothing. */
export async function expectAccessible(container: Element) {
  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
}
