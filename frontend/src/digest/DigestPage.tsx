import '../styles/digest.css';

import { Link, Redirect, useParams } from 'wouter';

import { date } from '../format/time';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { useTitle } from '../parts/useTitle';
import { Verdict } from '../parts/Verdict';
import { SendText } from './SendText';
import { useDigest, type Digest, type Item, type Section } from './useDigest';

/** The newest digest, at its own address. */
export function NewestDigest() {
  useTitle('Digest');
  return (
    <Loaded query={useDigest('newest')} what="The digest" height={500}>
      {({ week }) => <Redirect to={`/digest/${week}`} replace />}
    </Loaded>
  );
}

/** What a week brought, frozen: answers that changed first, then limits, adoption and skipped reviews. */
export function DigestPage() {
  const { week = '' } = useParams();
  const digest = useDigest(week);
  useTitle(`Digest ${week}`);
  return (
    <div className="page digest">
      {!digest.data && <h1>Week {week}</h1>}
      <Loaded query={digest} what="The answers of the week" height={500}>
        {(found) => <Told digest={found} />}
      </Loaded>
    </div>
  );
}

function Told({ digest }: { digest: Digest }) {
  const { week, from, over, headline, before, after, sections } = digest;
  return (
    <>
      <p className="question">
        Digest of the week from {date(from)} {!over && '· not over: its answers may still change'}
      </p>
      <h1>{headline}</h1>
      <nav className="weeks" aria-label="Weeks">
        {before && <Link href={`/digest/${before}`}>← {before}</Link>}
        {after && <Link href={`/digest/${after}`}>{after} →</Link>}
        <SendText week={week} />
      </nav>
      {sections.map((section) => (
        <Part key={section.id} section={section} />
      ))}
    </>
  );
}

function Part({ section }: { section: Section }) {
  if (section.id === 'adoption' || section.id === 'reviews') return <Standing section={section} />;
  return (
    <Figure title={section.title}>
      {section.items.length === 0 ? (
        <p className="empty">None.</p>
      ) : (
        <ul className={section.id === 'same' ? 'told short' : 'told'}>
          {section.items.map((item) => (
            <li key={item.claim}>
              <Question item={item} />{' '}
              {section.id === 'same' ? <Verdict code={item.code} word={item.word} /> : <Change item={item} />}
            </li>
          ))}
        </ul>
      )}
    </Figure>
  );
}

function Change({ item: { before, code, word, sentence } }: { item: Item }) {
  return (
    <>
      <p>
        {before && (
          <>
            <Verdict code={before.code} word={before.word} /> →{' '}
          </>
        )}
        <Verdict code={code} word={word} />
      </p>
      <p>{sentence}</p>
    </>
  );
}

function Standing({ section: { id, title, items } }: { section: Section }) {
  return (
    <Figure
      title={title}
      tools={
        <Link className="quiet" href={`/${id}`}>
          {title} now
        </Link>
      }
    >
      {items.map(({ claim, sentence, detail }) => (
        <div key={claim}>
          <p className="finding">{sentence}</p>
          <p className="lede">{detail}</p>
        </div>
      ))}
    </Figure>
  );
}

function Question({ item }: { item: Item }) {
  return <Link href={`/claims/${item.claim}`}>{item.question}</Link>;
}
