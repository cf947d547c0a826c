import '../styles/digest.css';

import { Link, Redirect, useParams } from 'wouter';

import type { Claim } from '../api/types';
import { base } from '../fleet/base';
import { plural } from '../format/number';
import { date } from '../format/time';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { useTitle } from '../parts/useTitle';
import { Verdict } from '../parts/Verdict';
import { Waiting } from '../parts/Waiting';
import type { Digest, Told } from './digest';
import { SendText } from './SendText';
import { digestText } from './text';
import { useDigest, useNewestWeek } from './useDigest';
import { mondayOf, weekOf, weeksLater } from './week';

/** The newest digest, at its own address. */
export function NewestDigest() {
  const week = useNewestWeek();
  return week ? <Redirect to={`/digest/${week}`} replace /> : <Waiting what="the digest" height={500} />;
}

/** What a week brought, frozen: answers that changed first, then limits, adoption and skipped reviews. */
export function DigestPage() {
  const { week = '' } = useParams();
  const monday = mondayOf(week);
  const newest = useNewestWeek();
  const { recorded, digest } = useDigest(monday);
  useTitle(`Digest ${week}`);
  if (monday === undefined) return <h1>There is no week {week}.</h1>;
  const over = weekOf(new Date().toISOString()) > week;
  return (
    <div className="page digest">
      <p className="question">
        Digest of the week from {date(monday)} {!over && '· not over: its answers may still change'}
      </p>
      <h1>{digest ? headline(digest) : `Week ${week}`}</h1>
      <nav className="weeks" aria-label="Weeks">
        <Link href={`/digest/${weeksLater(week, -1)}`}>← {weeksLater(week, -1)}</Link>
        {newest && week < newest && (
          <Link href={`/digest/${weeksLater(week, 1)}`}>{weeksLater(week, 1)} →</Link>
        )}
        {digest && (
          <SendText
            name={`baserate-${week}`}
            text={digestText(digest, week, monday, location.origin + base())}
          />
        )}
      </nav>
      <Loaded query={recorded} what="The answers of the week" height={500}>
        {() => digest && <Sections digest={digest} />}
      </Loaded>
    </div>
  );
}

function headline({ first, flips, limits }: Digest): string {
  if (first) return 'These are the first answers.';
  const changed = flips.length + limits.length;
  if (changed === 0) return 'No answer changed.';
  return `${plural(changed, 'answer')} changed.`;
}

function Sections({ digest }: { digest: Digest }) {
  return (
    <>
      <Changed title="Answers that changed" told={digest.flips} none="None changed." />
      <Changed title="Limits and targets crossed" told={digest.limits} none="None was crossed." />
      <Standing title="Adoption" claim={digest.adoption} page="/adoption" />
      <Standing title="Skipped reviews" claim={digest.reviews} page="/reviews" />
      {digest.redefined.length > 0 && (
        <Changed title="Defined anew, so not compared with the week before" told={digest.redefined} none="" />
      )}
      {digest.same.length > 0 && (
        <Figure title={digest.first ? 'First answers' : 'Unchanged'}>
          <ul className="told short">
            {digest.same.map((claim) => (
              <li key={claim.id}>
                <Question claim={claim} /> <Verdict code={claim.answer.code} word={claim.answer.word} />
              </li>
            ))}
          </ul>
        </Figure>
      )}
    </>
  );
}

function Changed({ title, told, none }: { title: string; told: Told[]; none: string }) {
  return (
    <Figure title={title}>
      {told.length === 0 ? (
        <p className="empty">{none}</p>
      ) : (
        <ul className="told">
          {told.map(({ claim, before }) => (
            <li key={claim.id}>
              <Question claim={claim} />
              <p>
                {before && (
                  <>
                    <Verdict code={before.code} word={before.word} /> →{' '}
                  </>
                )}
                <Verdict code={claim.answer.code} word={claim.answer.word} />
              </p>
              <p>{claim.answer.sentence}</p>
            </li>
          ))}
        </ul>
      )}
    </Figure>
  );
}

function Standing({ title, claim, page }: { title: string; claim?: Claim; page: string }) {
  if (!claim) return null;
  return (
    <Figure title={title} tools={<Link href={page}>{title} now</Link>}>
      <p className="finding">{claim.answer.sentence}</p>
      <p className="lede">{claim.answer.detail}</p>
    </Figure>
  );
}

function Question({ claim }: { claim: Claim }) {
  return <Link href={`/claims/${claim.id}`}>{claim.question}</Link>;
}
