import { Link } from 'wouter';
import { usePathname } from 'wouter/use-browser-location';

import { useChange } from '../api/queries';
import type { ChangeDetail } from '../api/types';
import { base } from '../fleet/base';
import { Loaded } from '../parts/Loaded';
import { useTitle } from '../parts/useTitle';
import { Evidence } from './Evidence';
import { Facts } from './Facts';
import { Links } from './Links';

const BEFORE = '/changes/';

/** One change: what is known of it, and what that rests on. */
export function ChangePage() {
  const id = decode(usePathname().slice((base() + BEFORE).length));
  const change = useChange(id);
  useTitle(change.data?.change.title || 'Change');
  return (
    <div className="page">
      <p className="question">
        <Link href="/changes">Changes</Link>
      </p>
      {!change.data && <h1 className="sentence">Change</h1>}
      <Loaded query={change} what="The change" height={600}>
        {(detail) => <Detail detail={detail} />}
      </Loaded>
    </div>
  );
}

function Detail({ detail }: { detail: ChangeDetail }) {
  const { change } = detail;
  return (
    <>
      <h1 className="sentence">{change.title || '(no title)'}</h1>
      <p className="lede">
        <Link href={`/changes?repo=${encodeURIComponent(change.repo)}`}>{change.repo}</Link>
        {change.pr_number != null && ` #${change.pr_number}`} · <code>{change.sha}</code>
      </p>
      <Facts change={change} />
      <Evidence attributions={detail.attributions} autonomy={change.autonomy} />
      <Links links={detail.links} />
    </>
  );
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a stray percent sign: the server will say that there is no such change
  }
}
