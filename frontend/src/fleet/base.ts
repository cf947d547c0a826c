/**
 * Where the pages of the fleet on the screen begin: the server has the demo fleet under /demo/, and its own at the root. A
 * server that has the demo fleet alone serves it at the root too.
 */
const DEMO = '/demo';

/** "/demo" on the pages of the demo fleet beside another, else "". */
export function base(): string {
  const { pathname } = globalThis.location;
  return pathname === DEMO || pathname.startsWith(`${DEMO}/`) ? DEMO : '';
}

/** The address within a fleet of what is on the screen, so that another fleet's can be shown. One change is in one fleet only. */
export function sameIn(path: string, { pathname, search }: Location = globalThis.location): string {
  const page = pathname.slice(base().length);
  const known = page.startsWith('/changes/') ? '/changes' : page + search;
  return path.replace(/\/$/, '') + (known || '/');
}
