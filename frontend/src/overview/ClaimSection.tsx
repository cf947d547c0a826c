import type { Claim, Share } from '../api/types';
import { int, share as percent } from '../format/number';
import { Figure } from '../parts/Figure';
import { ClassKey } from '../parts/Glyph';
import { Rows } from '../parts/Rows';
import { Verdict } from '../parts/Verdict';
import { Method } from './Method';

/** A claim beside the headline: question, answer, and the counts it rests on. */
export function ClaimSection({ claim }: { claim: Claim }) {
  const { answer } = claim;
  return (
    <Figure
      title={claim.question}
      className="claim"
      tools={<Verdict code={answer.code} word={answer.word} />}
    >
      <div className="claim-body">
        <div>
          <p className="finding">{answer.sentence}</p>
          <p className="detail">{answer.detail}</p>
          <Method claim={claim} />
        </div>
        {answer.shares.length > 0 && <Shares shares={answer.shares} />}
      </div>
    </Figure>
  );
}

/** Changes and lines by author class. */
export function Shares({ shares }: { shares: Share[] }) {
  const most = Math.max(...shares.map((share) => share.share ?? 0));
  return (
    <table className="shares">
      <caption className="hidden">Changes and lines by author class</caption>
      <thead>
        <tr>
          <th scope="col">Author class</th>
          <th scope="col" className="number">
            Changes
          </th>
          <th scope="col" colSpan={2}>
            Share of changes
          </th>
          <th scope="col" className="number">
            Share of lines
          </th>
        </tr>
      </thead>
      <tbody>
        {shares.map((share) => (
          <Line key={share.class} share={share} most={most} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ share, most }: { share: Share; most: number }) {
  const width = most > 0 ? (100 * (share.share ?? 0)) / most : 0;
  return (
    <tr>
      <th scope="row">
        <ClassKey of={share.class} />
      </th>
      <td className="number">
        <Rows count={share.changes} of={share.rows} />
      </td>
      <td className="number">{percent(share.share)}</td>
      <td className="bar" aria-hidden="true">
        <span className={share.class} style={{ width: `${width}%` }} />
      </td>
      <td className="number" title={share.lines === undefined ? undefined : `${int(share.lines)} lines`}>
        {percent(share.line_share)}
      </td>
    </tr>
  );
}
