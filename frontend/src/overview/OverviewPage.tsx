import { useClaims, useCoverage } from '../api/queries';
import type { Claim } from '../api/types';
import { ClaimLedger } from '../claims/ClaimLedger';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { useTitle } from '../parts/useTitle';
import { ClaimSection } from './ClaimSection';
import { Empty } from './Empty';
import { ForestFigure } from './forest/ForestFigure';
import { Gates } from './Gates';
import { Hero } from './Hero';
import { MixFigure } from './mix/MixFigure';

/** The claim that the page opens with. */
const HEADLINE = 'mistakes';

/** The answer in a sentence, the table that proves it, and who the changes come from. Prints to two pages. */
export function OverviewPage() {
  useTitle('Overview');
  const claims = useClaims();
  const coverage = useCoverage();
  if (coverage.data?.changes === 0) return <Empty coverage={coverage.data} />;
  return (
    <>
      {!claims.data && <h1 className="hidden">Overview</h1>}
      <Loaded query={claims} what="The claims" height={900}>
        {({ claims }) => <Answers claims={claims} />}
      </Loaded>
    </>
  );
}

function Answers({ claims }: { claims: Claim[] }) {
  const headline = claims.find((claim) => claim.id === HEADLINE);
  const share = claims.find((claim) => claim.id === 'share');
  const others = claims.filter((claim) => claim !== headline && claim !== share);
  const gated = headline?.answer.code === 'gated';
  return (
    <>
      {headline && <Hero claim={headline} share={share} />}
      {headline && gated && <Gates gates={headline.answer.gates} gated />}
      {headline && <ForestFigure claim={headline} />}
      <MixFigure />
      {share && <ClaimSection claim={share} />}
      {others.length > 0 && (
        <Figure title="The other claims">
          <ClaimLedger claims={others} />
        </Figure>
      )}
      {headline && !gated && <Gates gates={headline.answer.gates} />}
    </>
  );
}
