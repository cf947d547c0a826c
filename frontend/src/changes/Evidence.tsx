import type { Change, ChangeDetail } from '../api/types';
import { ratio } from '../format/number';
import { Figure } from '../parts/Figure';
import { Scroll } from '../parts/Scroll';

/** What the author class rests on: the words that were found, and the rule that found them. */
export function Evidence({
  attributions,
  autonomy,
}: {
  attributions: ChangeDetail['attributions'];
  autonomy: Change['autonomy'];
}) {
  return (
    <Figure title="Evidence for the author class">
      {attributions.length === 0 ? (
        <p className="lede">
          {autonomy === 'none'
            ? 'No commit of this change carries a mark of AI. That is not evidence that a human wrote it alone.'
            : 'The evidence is not at hand.'}
        </p>
      ) : (
        <Scroll label="Table of evidence">
          <table className="plain evidence">
            <thead>
              <tr>
                <th scope="col">Found in</th>
                <th scope="col">Words</th>
                <th scope="col">Rule</th>
                <th scope="col">Tool, channel</th>
                <th scope="col" className="number">
                  Confidence
                </th>
              </tr>
            </thead>
            <tbody>
              {attributions.map((found, i) => (
                <tr key={i}>
                  <td>
                    <code>{found.subject.slice(0, 12)}</code>
                  </td>
                  <td className="words">{found.evidence}</td>
                  <td>
                    <code>{found.rule}</code>
                  </td>
                  <td>{[found.tool, found.mode.replaceAll('_', ' ')].filter(Boolean).join(', ')}</td>
                  <td className="number">{ratio(found.confidence)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Figure>
  );
}
