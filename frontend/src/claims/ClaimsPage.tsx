import { useClaims } from '../api/queries';
import { Loaded } from '../parts/Loaded';
import { useTitle } from '../parts/useTitle';
import { ClaimLedger } from './ClaimLedger';

/** Every claim with its answer. */
export function ClaimsPage() {
  useTitle('Claims');
  const claims = useClaims();
  return (
    <div className="page">
      <h1 className="sentence">What was claimed, and what the data say</h1>
      <p className="lede">
        The sentences are public; what would bear them out was fixed before the data were seen.{' '}
        <a href="/docs/claims">All definitions</a>
      </p>
      <Loaded query={claims} what="The claims" height={900}>
        {({ claims }) => <ClaimLedger claims={claims} />}
      </Loaded>
    </div>
  );
}
