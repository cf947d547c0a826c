import { Link } from 'wouter';

import { useFigures, type FigureDefinition } from '../api/figures';
import { useClaims } from '../api/queries';
import type { Claim } from '../api/types';
import { Figure } from '../parts/Figure';
import { Loaded } from '../parts/Loaded';
import { Scroll } from '../parts/Scroll';

/** What every number on the pages means, each with a page of its own. */
export function Dictionary() {
  const figures = useFigures();
  const claims = useClaims();
  return (
    <Figure
      title="Metric dictionary"
      lede="Every figure and every claim, with its formula, its exclusions and its SQL."
    >
      <Loaded query={figures} what="The dictionary" height={400}>
        {({ items }) => (
          <Scroll label="Table: metric dictionary">
            <table className="plain dictionary">
              <thead>
                <tr>
                  <th scope="col">Metric</th>
                  <th scope="col">What it is</th>
                  <th scope="col">On</th>
                  <th scope="col">Version</th>
                </tr>
              </thead>
              <tbody>
                {items.map((figure) => (
                  <FigureLine key={figure.id} figure={figure} />
                ))}
                {claims.data?.claims.map((claim) => (
                  <ClaimLine key={claim.id} claim={claim} />
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </Loaded>
    </Figure>
  );
}

function FigureLine({ figure }: { figure: FigureDefinition }) {
  return (
    <tr>
      <th scope="row">
        <Link href={`/data/m/${figure.id}`}>{figure.title}</Link>
      </th>
      <td>{firstSentence(figure.meaning)}</td>
      <td>{figure.page}</td>
      <td>{figure.version}</td>
    </tr>
  );
}

function ClaimLine({ claim }: { claim: Claim }) {
  return (
    <tr>
      <th scope="row">
        <Link href={`/claims/${claim.id}`}>{claim.question}</Link>
      </th>
      <td>{firstSentence(claim.method ?? '')}</td>
      <td>claims</td>
      <td>{claim.version}</td>
    </tr>
  );
}

function firstSentence(text: string): string {
  const end = /[.;](?=\s|$)/.exec(text)?.index;
  return end === undefined ? text : `${text.slice(0, end)}.`;
}
