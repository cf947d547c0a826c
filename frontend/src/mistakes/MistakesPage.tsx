import '../styles/mistakes.css';

import { useState } from 'react';

import { useClaim } from '../api/queries';
import type { Claim, Exposure } from '../api/types';
import type { Scope } from '../filter/scope';
import { useScope } from '../filter/useScope';
import { ForestFigure } from '../overview/forest/ForestFigure';
import { Gates } from '../overview/Gates';
import { KindsOfWork } from '../overview/KindsOfWork';
import { Method } from '../overview/Method';
import { Strip } from '../overview/Strip';
import { WholeFleet } from '../overview/WholeFleet';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { useTitle } from '../parts/useTitle';
import { ExposureTabs } from './ExposureTabs';
import { MonthsFigure } from './MonthsFigure';
import { OpenInSql } from './OpenInSql';
import { PowerFigure } from './PowerFigure';
import { RuledOut } from './RuledOut';
import { SensitivityFigure } from './SensitivityFigure';
import { SubgroupsFigure } from './SubgroupsFigure';

/** The answer to "are mistakes more common with AI" in depth: what is ruled out, where it differs, what could be noticed at all. */
export function MistakesPage() {
  useTitle('Mistakes');
  const [scope] = useScope();
  const claim = useClaim('mistakes');
  return (
    <>
      {!claim.data && <h1 className="hidden">Mistakes</h1>}
      <Loaded query={claim} what="The claim" height={900}>
        {(claim) => <Body claim={claim} scope={scope} />}
      </Loaded>
    </>
  );
}

function Body({ claim, scope }: { claim: Claim; scope: Scope }) {
  const { answer } = claim;
  const gated = answer.code === 'gated';
  const [chosen, choose] = useState<Exposure>(claim.exposures[0] ?? 'ai');
  const comparisons = answer.comparisons.filter(({ exposure }) => exposure === chosen);
  const primary = comparisons.find((comparison) => comparison.primary);
  const narrowed = { ...claim, answer: { ...answer, comparisons } };
  return (
    <>
      <div className="hero verdict-hero">
        <div>
          <p className="question">{claim.question}</p>
          <h1>{answer.sentence}</h1>
          <p className="detail">{answer.detail}</p>
          <Strip id={claim.id} />
          <p className="margin">This compares changes as they happened; it is not an experiment.</p>
        </div>
        <RuledOut claim={claim} />
      </div>
      <WholeFleet scope={scope} />
      {gated && <Gates gates={answer.gates} gated />}
      {answer.comparisons.length > 0 && (
        <ExposureTabs exposures={claim.exposures} chosen={chosen} choose={choose} />
      )}
      <ForestFigure claim={narrowed} method={false} />
      {!gated && primary && <InDepth claim={claim} exposure={chosen} scope={scope} />}
      {!gated && <Gates gates={answer.gates} />}
      <Figure title="How it was worked out" tools={<OpenInSql />}>
        <Method claim={claim} open />
      </Figure>
    </>
  );
}

/** What is only shown when no check withholds the answer. */
function InDepth({ claim, exposure, scope }: { claim: Claim; exposure: Exposure; scope: Scope }) {
  const primary = claim.answer.comparisons.find(
    (comparison) => comparison.primary && comparison.exposure === exposure,
  )!;
  return (
    <>
      <SubgroupsFigure exposure={exposure} margin={claim.margin} scope={scope} />
      <div className="two">
        <MonthsFigure exposure={exposure} margin={claim.margin} scope={scope} />
        <KindsOfWork scope={scope} />
      </div>
      <div className="two">
        <PowerFigure comparison={primary} margin={claim.margin} />
        <SensitivityFigure comparison={primary} margin={claim.margin} />
      </div>
    </>
  );
}
