import { Link } from 'wouter';

import { useCoverage } from '../api/queries';
import { plural, share } from '../format/number';
import { dateTime } from '../format/time';

/** What every number on the page rests on. */
export function Footer() {
  const { data } = useCoverage();
  return (
    <footer className="foot">
      {data && (
        <>
          <span>{data.data_to ? `Data to ${dateTime(data.data_to)}` : 'No data yet'}</span>
          <span>{plural(data.repositories, 'repository', 'repositories')}</span>
          <span>{plural(data.commits, 'commit')}</span>
          <span>{share(data.classified)} of changes classified</span>
          {data.rules_version && <span>Rules {data.rules_version}</span>}
        </>
      )}
      <Link href="/data">What these numbers rest on</Link>
      <Link href="/digest">Digest of the week</Link>
      <Link href="/settings">Settings</Link>
      <Link href="/data/privacy">What is measured about people</Link>
    </footer>
  );
}
