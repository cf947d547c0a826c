/** The pages of the top row, each with the key that leads to it after g. Those with a scope show the bar that narrows them. */
export interface Page {
  path: string;
  name: string;
  key: string;
  scoped?: boolean;
}

export const PAGES: Page[] = [
  { path: '/', name: 'Overview', key: 'o', scoped: true },
  { path: '/mistakes', name: 'Mistakes', key: 'm', scoped: true },
  { path: '/adoption', name: 'Adoption', key: 'a', scoped: true },
  { path: '/outages', name: 'Outages', key: 'u', scoped: true },
  { path: '/reviews', name: 'Reviews', key: 'r', scoped: true },
  { path: '/permissions', name: 'Permissions', key: 'p', scoped: true },
  { path: '/teams', name: 'Teams', key: 't', scoped: true },
  { path: '/changes', name: 'Changes', key: 'c' },
  { path: '/claims', name: 'Claims', key: 'l' },
  { path: '/sql', name: 'SQL', key: 's' },
  { path: '/data', name: 'Data', key: 'd' },
];

/** The page that an address belongs to, such as Claims for one claim. */
export function pageOf(path: string): Page | undefined {
  return PAGES.find((page) => page.path === path || (page.path !== '/' && path.startsWith(`${page.path}/`)));
}
