import type { Claim, Comparison } from '../api/types';
import type { Scope } from '../filter/scope';
import { ratio } from '../format/number';
import { ExposureKey } from '../parts/Glyph';
import { Verdict } from '../parts/Verdict';
import { KeyNumbers } from './KeyNumbers';
import { Strip } from './Strip';

/** The question, the answer in one sentence, and the few numbers to read it with. */
export function Hero({ claim, adoption, scope }: { claim: Claim; adoption?: Claim; scope: Scope }) {
  const primary = claim.answer.comparisons.filter((comparison) => comparison.primary);
  return (
    <div className="hero">
      <div>
        <p className="question">{claim.question}</p>
        <h1>{claim.answer.sentence}</h1>
        <p className="detail">{claim.answer.detail}</p>
        <Short comparisons={primary} />
        <Strip id={claim.id} />
        {claim.margin != null && <Margin claim={claim} margin={claim.margin} />}
      </div>
      <KeyNumbers scope={scope} adoption={adoption} />
    </div>
  );
}

function Short({ comparisons }: { comparisons: Comparison[] }) {
  return (
    <dl className="short">
      {comparisons.map(({ exposure, code, word }) => (
        <div key={exposure}>
          <dt>
            <ExposureKey of={exposure} />
          </dt>
          <dd>
            <Verdict code={code} word={word} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Margin({ claim, margin }: { claim: Claim; margin: number }) {
  return (
    <p className="margin">
      “Not more common” means that a ratio above <b>{ratio(margin)}</b> can be ruled out.
      {claim.margin_set && ` The margin was set on ${claim.margin_set}.`}
    </p>
  );
}
