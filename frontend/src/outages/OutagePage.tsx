import '../styles/outages.css';

import { Link } from 'wouter';
import { usePathname } from 'wouter/use-browser-location';

import { base } from '../fleet/base';
import { int } from '../format/number';
import { dateTime } from '../format/time';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { useTitle } from '../parts/useTitle';
import { Candidates } from './Candidates';
import { Chain } from './Chain';
import { severityWords, shortID } from './outage';
import { Statements } from './Statements';
import { type OutageDetail, useOutage } from './useOutage';

const BEFORE = '/outages/';

/** One outage: the change that it comes from, how long each step took, and what that link rests on. */
export function OutagePage() {
  const id = decode(usePathname().slice((base() + BEFORE).length));
  const outage = useOutage(id);
  useTitle(outage.data?.outage.title || 'Outage');
  return (
    <div className="page">
      <p className="question">
        <Link href="/outages">Outages</Link>
      </p>
      {!outage.data && <h1 className="sentence">Outage</h1>}
      <Loaded query={outage} what="The outage" height={600}>
        {(detail) => <Detail detail={detail} />}
      </Loaded>
    </div>
  );
}

function Detail({ detail }: { detail: OutageDetail }) {
  const { outage, candidates, statements } = detail;
  const chosen = candidates.find((candidate) => candidate.chosen);
  return (
    <>
      <h1 className="sentence">{outage.title || shortID(outage.id)}</h1>
      <p className="lede">
        {[
          shortID(outage.id),
          severityWords(outage.severity ?? null),
          outage.minutes == null ? 'not over' : `${int(outage.minutes)} min`,
          outage.services.join(', '),
          outage.environment,
          outage.team,
        ]
          .filter(Boolean)
          .join(' · ')}
        {outage.url && (
          <>
            {' · '}
            <a href={outage.url} rel="noreferrer">
              at its source
            </a>
          </>
        )}
      </p>
      <Figure title="What happened when" note={<p>{note(detail)}</p>}>
        <Chain outage={outage} />
      </Figure>
      <Figure title="The change that it comes from">
        {chosen ? <Candidates label="The change" candidates={[chosen]} /> : <p>{noChange(outage)}</p>}
      </Figure>
      <Figure title="What the link rests on">
        <Statements statements={statements} chosen={chosen} />
      </Figure>
      <Figure title="Other changes that it may come from">
        <Candidates label="Other changes" candidates={candidates.filter((candidate) => !candidate.chosen)} />
      </Figure>
    </>
  );
}

function note({ outage }: OutageDetail): string {
  const end = outage.ended
    ? `It ended ${dateTime(outage.ended)}.`
    : 'It is not over as far as its source says.';
  if (outage.cause !== 'change') return end;
  return outage.deployed_at
    ? `${end} The deployment is the first to production that had the change.`
    : `${end} No deployment to production with the change is known.`;
}

function noChange(outage: OutageDetail['outage']): string {
  if (outage.cause === 'elsewhere') return `None: its source says that it comes from ${outage.cause_type}.`;
  return 'None is found: neither a source nor a person says so, and nothing was deployed to a struck service shortly before.';
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a stray percent sign: the server will say that there is no such outage
  }
}
