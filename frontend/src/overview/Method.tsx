import type { Claim } from '../api/types';
import { ratio, share } from '../format/number';

/** How an answer came about: the claim as it was made, the method, what to beware of, and the query. */
export function Method({ claim, open = false }: { claim: Claim; open?: boolean }) {
  const sql = claim.answer.comparisons.flatMap(({ effects }) => effects).find((effect) => effect.sql)?.sql;
  return (
    <details className="method" open={open}>
      <summary>Method and caveats</summary>
      <div className="prose">
        <p>
          The claim, as it was made: <q>{claim.sentence}</q> ({claim.source})
        </p>
        {claim.method && <p>{claim.method}</p>}
        {claim.flips && <p>What would change the answer: {claim.flips}</p>}
        <ul>
          {claim.caveats.map((caveat) => (
            <li key={caveat}>{caveat}</li>
          ))}
        </ul>
        <p className="muted">
          Definition version {claim.version}
          {claim.window_days !== undefined && `, window ${claim.window_days} days`}
          {claim.margin != null && `, margin ${ratio(claim.margin)}`}
          {claim.target != null && `, against ${share(claim.target)}`}
          {claim.clusters && `, errors by ${claim.clusters}`}
          {claim.estimators.length > 0 && `, estimators ${claim.estimators.join(' ')}`}.{' '}
          <a href="/docs/claims">All definitions</a>
        </p>
        {claim.strata && (
          <p className="muted">
            Held equal in the direct effect: {claim.strata.direct.join(', ')}
            {claim.strata.total.length > 0 && `; in the total effect: ${claim.strata.total.join(', ')}`}.
          </p>
        )}
        {sql && <Query sql={sql} />}
      </div>
    </details>
  );
}

function Query({ sql }: { sql: string }) {
  return (
    <details className="query">
      <summary>The query behind the ratios</summary>
      <pre tabIndex={0} role="region" aria-label="The query behind the ratios">
        {sql}
      </pre>
    </details>
  );
}
