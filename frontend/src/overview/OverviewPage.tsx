import { useClaims, useCoverage } from '../api/queries';
import type { Claim } from '../api/types';
import { useScope } from '../filter/useScope';
import { Loaded } from '../parts/Loaded';
import { useTitle } from '../parts/useTitle';
import { AdoptionFigure } from './AdoptionFigure';
import { Empty } from './Empty';
import { ForestFigure } from './forest/ForestFigure';
import { Gates } from './Gates';
import { Hero } from './Hero';
import { KindsOfWork } from './KindsOfWork';
import { MixFigure } from './MixFigure';
import { OutagesFigure } from './OutagesFigure';
import { PermissionReview } from './PermissionReview';
import { WholeFleet } from './WholeFleet';

/** The claim that the page opens with. */
const HEADLINE = 'mistakes';

/** The answer in a sentence, the table that proves it, and what it is read with. Prints to two pages. */
export function OverviewPage() {
  useTitle('Overview');
  const [scope] = useScope();
  const claims = useClaims();
  const coverage = useCoverage();
  if (coverage.data?.changes === 0) return <Empty coverage={coverage.data} />;
  return (
    <>
      {!claims.data && <h1 className="hidden">Overview</h1>}
      <Loaded query={claims} what="The claims" height={900}>
        {({ claims }) => <Answers claims={claims} />}
      </Loaded>
      <div className="two wide">
        <AdoptionFigure scope={scope} />
        <MixFigure scope={scope} />
      </div>
      <OutagesFigure scope={scope} />
      <div className="two">
        <PermissionReview scope={scope} />
        <KindsOfWork scope={scope} />
      </div>
    </>
  );
}

function Answers({ claims }: { claims: Claim[] }) {
  const [scope] = useScope();
  const headline = claims.find((claim) => claim.id === HEADLINE);
  if (!headline) return null;
  const gated = headline.answer.code === 'gated';
  return (
    <>
      <Hero claim={headline} adoption={claims.find((claim) => claim.id === 'adoption')} scope={scope} />
      <WholeFleet scope={scope} />
      {gated && <Gates gates={headline.answer.gates} gated />}
      <ForestFigure claim={headline} method={false} />
    </>
  );
}
