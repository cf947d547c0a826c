import { Link } from 'wouter';

import { useTitle } from '../parts/useTitle';

/** The page for an address that leads nowhere. */
export function Lost() {
  useTitle('Not found');
  return (
    <div className="hero one">
      <div>
        <p className="question">404</p>
        <h1>There is no such page.</h1>
        <p className="detail">
          The address may be mistyped, or from a newer version. Begin at the <Link href="/">overview</Link>,
          or look through <Link href="/changes">all changes</Link>.
        </p>
      </div>
    </div>
  );
}
