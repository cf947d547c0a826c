import { Link } from 'wouter';

import type { Claim } from '../api/types';
import { Verdict } from '../parts/Verdict';

/** Claims, each with its answer in a word and in a sentence. */
export function ClaimLedger({ claims }: { claims: Claim[] }) {
  return (
    <table className="plain claims">
      <thead>
        <tr>
          <th scope="col">Claim</th>
          <th scope="col">Answer</th>
          <th scope="col">In a sentence</th>
        </tr>
      </thead>
      <tbody>
        {claims.map((claim) => (
          <Line key={claim.id} claim={claim} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ claim: { id, sentence, question, answer } }: { claim: Claim }) {
  return (
    <tr>
      <th scope="row">
        <Link href={`/claims/${id}`}>{question}</Link>
        <small>
          <q>{sentence}</q>
        </small>
      </th>
      <td>
        <Verdict code={answer.code} word={answer.word} />
      </td>
      <td>
        {answer.sentence}
        {answer.connect.length > 0 && <Connect what={answer.connect} />}
      </td>
    </tr>
  );
}

/** What to connect before there can be an answer. */
export function Connect({ what }: { what: string[] }) {
  return (
    <ul className="connect" aria-label="To connect">
      {what.map((source) => (
        <li key={source}>{source}</li>
      ))}
    </ul>
  );
}
