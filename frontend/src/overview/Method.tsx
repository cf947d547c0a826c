import type { Claim } from '../api/types';
import { ratio } from '../format/number';

/** How an answer came about: the claim as it was made, the method, what to beware of, and the query. */
export function Method({ claim }: { claim: Claim }) {
  const sql = claim.answer.comparisons.find((comparison) => comparison.sql)?.sql;
  return (
    <details className="method">
      <summary>Method and caveats</summary>
      <div className="prose">
        <p>
          The claim, as it was made: <q>{claim.sentence}</q> ({claim.source})
        </p>
        {claim.method && <p>{claim.method}</p>}
        <ul>
          {claim.caveats.map((caveat) => (
            <li key={caveat}>{caveat}</li>
          ))}
        </ul>
        <p className="muted">
          Definition version {claim.version}
          {claim.window_days !== undefined && `, window ${claim.window_days} days`}
          {claim.margin != null && `, margin ${ratio(claim.margin)}`}.
        </p>
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
