import type { Month } from '../../api/types';
import { int, plural } from '../../format/number';
import { month as monthWords } from '../../format/time';
import { CLASS } from '../../words';
import { changesIn, occurring } from './series';

/** The month under the cursor in figures, told to screen readers too. */
export function Readout({ month }: { month?: Month }) {
  return (
    <p className="readout" aria-live="polite">
      {month ? (
        <>
          <b>{monthWords(month.month)}</b>
          {!month.complete && ' (not over)'}: {plural(changesIn(month), 'change')}.{' '}
          {occurring([month])
            .map((of) => `${CLASS[of]} ${int(month[of])}`)
            .join(' · ')}
        </>
      ) : (
        'Point at a month, or use ← and → in the chart, to read it in figures.'
      )}
    </p>
  );
}
