import { Link, useLocation } from 'wouter';

import { CopyLink } from './CopyLink';
import { ThemeButton } from './ThemeButton';

const PAGES = [
  { path: '/', name: 'Overview' },
  { path: '/claims', name: 'Claims' },
  { path: '/changes', name: 'Changes' },
  { path: '/data', name: 'Data' },
];

/** The top row: where one is and where one can go. */
export function Nav() {
  const [path] = useLocation();
  return (
    <header className="top">
      <Link className="brand" href="/" aria-label="baserate, overview">
        <svg width="24" height="14" viewBox="0 0 24 14" aria-hidden="true">
          <circle className="glyph human" cx="6" cy="7" r="5" />
          <path className="glyph ai_assisted" d="M17 .6 23.4 7 17 13.4 10.6 7Z" />
        </svg>
        baserate
      </Link>
      <nav aria-label="Pages">
        {PAGES.map((page) => (
          <Link key={page.path} href={page.path} aria-current={current(page.path, path)}>
            {page.name}
          </Link>
        ))}
      </nav>
      <div className="tools">
        <CopyLink />
        <button className="quiet wide-only" onClick={() => print()}>
          Print
        </button>
        <ThemeButton />
      </div>
    </header>
  );
}

function current(page: string, path: string): 'page' | 'true' | undefined {
  if (page === path) return 'page';
  return page !== '/' && path.startsWith(page + '/') ? 'true' : undefined;
}
