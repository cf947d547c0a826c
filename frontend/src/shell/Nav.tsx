import { Link, useLocation } from 'wouter';

import { withScope, type Scope } from '../filter/scope';
import { PAGES, type Page } from './pages';
import { ThemeButton } from './ThemeButton';

/** The top row: where one is and where one can go. Links to pages with a scope keep it. */
export function Nav({ scope, help }: { scope: Scope; help: () => void }) {
  const [path] = useLocation();
  return (
    <header className="top">
      <Link className="brand" href={withScope('/', scope)} aria-label="baserate, overview">
        <svg width="24" height="14" viewBox="0 0 24 14" aria-hidden="true">
          <circle className="glyph human" cx="6" cy="7" r="5" />
          <path className="glyph ai_assisted" d="M17 .6 23.4 7 17 13.4 10.6 7Z" />
        </svg>
        baserate
      </Link>
      <nav aria-label="Pages">
        {PAGES.map((page) => (
          <Link key={page.path} href={addressOf(page, scope)} aria-current={current(page.path, path)}>
            {page.name}
          </Link>
        ))}
      </nav>
      <div className="tools">
        <ThemeButton />
        <button className="quiet wide-only" onClick={help} aria-label="Keyboard shortcuts">
          ?
        </button>
      </div>
    </header>
  );
}

/** Where a page is with the scope that is kept. */
export function addressOf(page: Page, scope: Scope): string {
  return page.scoped ? withScope(page.path, scope) : page.path;
}

function current(page: string, path: string): 'page' | 'true' | undefined {
  if (page === path) return 'page';
  return page !== '/' && path.startsWith(page + '/') ? 'true' : undefined;
}
