import { Link, useParams } from 'wouter';

import { useClaim } from '../api/queries';
import type { Claim } from '../api/types';
import { Shares } from '../overview/ClaimSection';
import { ForestFigure } from '../overview/forest/ForestFigure';
import { Gates } from '../overview/Gates';
import { Method } from '../overview/Method';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { useTitle } from '../parts/useTitle';
import { Verdict } from '../parts/Verdict';
import { Connect } from './ClaimLedger';
import { Doubts } from './Doubts';
import { Effects } from './Effects';
import { History } from './History';
import { Measures } from './Measures';

/** One claim with all that its answer rests on. */
export function ClaimPage() {
  const { id = '' } = useParams();
  const claim = useClaim(id);
  useTitle(claim.data?.question ?? 'Claim');
  return (
    <div className="page">
      <p className="question">
        <Link href="/claims">Claims</Link>
      </p>
      {!claim.data && <h1 className="sentence">Claim</h1>}
      <Loaded query={claim} what="The claim" height={900}>
        {(claim) => <Body claim={claim} />}
      </Loaded>
    </div>
  );
}

function Body({ claim }: { claim: Claim }) {
  const { answer } = claim;
  const gated = answer.code === 'gated';
  return (
    <>
      <p className="said">
        <q>{claim.sentence}</q> <small>{claim.source}</small>
      </p>
      <h1 className="sentence">{answer.sentence}</h1>
      <p>
        <Verdict code={answer.code} word={answer.word} />
      </p>
      <p className="lede">{answer.detail}</p>
      {answer.connect.length > 0 && <Connect what={answer.connect} />}
      {gated && <Gates gates={answer.gates} gated />}
      <ForestFigure claim={claim} method={false} />
      <Effects claim={claim} />
      <Doubts claim={claim} />
      {answer.tables.map((table) => (
        <Measures key={table.id} table={table} />
      ))}
      {answer.shares.length > 0 && (
        <Figure title="By author class">
          <Shares shares={answer.shares} />
        </Figure>
      )}
      {!gated && <Gates gates={answer.gates} />}
      <History id={claim.id} />
      <Figure title="How it was worked out">
        <Method claim={claim} open />
      </Figure>
    </>
  );
}
