import type { FigureRow } from '../api/figures';
import { Num } from '../charts/Num';
import { int, share } from '../format/number';
import { WRITTEN_BY, type ReviewsRow, type WrittenBy } from './rows';

/** The share of changes with AI that landed without a second person, against the others. Of how many nothing is known is said. */
export function Sentence({ rows }: { rows: FigureRow<ReviewsRow>[] }) {
  const of = (group: WrittenBy) => rows.find(({ values }) => values.written_by === group);
  const ai = of('ai');
  const others = of('no_ai');
  const unknown = rows.filter(({ values }) => values.written_by !== 'ai' && (values.not_collected ?? 0) > 0);
  return (
    <>
      <h1 className="sentence spoken">
        {ai?.values.share != null ? (
          <>
            {share(ai.values.share)} of changes with AI landed without a second person
            {others?.values.share != null && <>; no AI recorded: {share(others.values.share)}</>}.
          </>
        ) : (
          <>
            How many changes with AI landed without a second person is not known
            {ai?.values.hidden && `: ${ai.values.hidden}`}.
          </>
        )}
      </h1>
      <p className="lede">
        {rows
          .filter(({ values }) => values.collected)
          .map(({ values, rows }, i) => (
            <span key={values.written_by}>
              {i > 0 && '; '}
              {WRITTEN_BY[values.written_by]} <Num value={values.skipped} href={rows.skipped} /> of{' '}
              <Num value={values.collected} href={rows.collected} />
            </span>
          ))}
        . A second person is one who had no hand in the change and approved its last state before it landed.
        {unknown.length > 0 && (
          <>
            {' '}
            Of{' '}
            {unknown.map(({ values, rows }, i) => (
              <span key={values.written_by}>
                {i > 0 && ', '}
                <Num value={values.not_collected} href={rows.not_collected}>
                  {int(values.not_collected)} changes
                </Num>{' '}
                ({WRITTEN_BY[values.written_by]})
              </span>
            ))}{' '}
            reviews were not collected: these are neither reviewed nor skipped.
          </>
        )}
      </p>
    </>
  );
}
