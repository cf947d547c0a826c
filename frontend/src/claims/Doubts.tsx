import type { Claim, Comparison, Ratio } from '../api/types';
import { int, interval, ratio, share } from '../format/number';
import { Figure } from '../parts/Figure';
import { ExposureKey } from '../parts/Glyph';
import { Scroll } from '../parts/Scroll';

interface Doubt {
  label: string;
  found: Ratio;
  events?: number;
}

/** The deciding ratio under other definitions, and with other classes for the changes that nothing is known of. */
export function Doubts({ claim }: { claim: Claim }) {
  const primary = claim.answer.comparisons.filter(({ primary, direct }) => primary && direct.value != null);
  if (primary.length === 0) return null;
  return (
    <Figure title="What else it could be">
      <Scroll label="Table of other definitions">
        <table className="plain doubts">
          <thead>
            <tr>
              <th scope="col">The deciding ratio</th>
              <th scope="col" className="number">
                Ratio
              </th>
              <th scope="col" className="number">
                However often one looks
              </th>
              <th scope="col" className="number">
                Events
              </th>
            </tr>
          </thead>
          {primary.map((comparison) => (
            <Group key={comparison.exposure} comparison={comparison} />
          ))}
        </table>
      </Scroll>
    </Figure>
  );
}

function Group({ comparison }: { comparison: Comparison }) {
  return (
    <tbody>
      <tr className="group">
        <th scope="rowgroup" colSpan={4}>
          <ExposureKey of={comparison.exposure} />
        </th>
      </tr>
      {doubts(comparison).map(({ label, found, events }) => (
        <tr key={label}>
          <th scope="row">{label}</th>
          <td className="number">{ratio(found.value)}</td>
          <td className="number">{interval(found.always_valid?.low, found.always_valid?.high)}</td>
          <td className="number">{int(events)}</td>
        </tr>
      ))}
      <Errors comparison={comparison} />
    </tbody>
  );
}

function doubts({ direct, sensitivity, unknown_bounds: bounds, effects }: Comparison): Doubt[] {
  const events = effects.find((effect) => effect.deciding)?.events;
  return [
    { label: 'as it decides', found: direct, events },
    ...(bounds
      ? [
          { label: 'if every unknown change were human', found: bounds.all_human },
          { label: 'if every unknown change were AI', found: bounds.all_ai },
        ]
      : []),
    ...sensitivity.map(({ label, ratio, events }) => ({ label, found: ratio, events })),
  ];
}

/** What errors in telling AI from others do to it. */
function Errors({ comparison: { detection } }: { comparison: Comparison }) {
  if (!detection) return null;
  return (
    <tr>
      <th scope="row">
        corrected for the measured errors of attribution
        {detection.tipping != null && (
          <small>
            nothing would be left of it if only {share(detection.tipping)} of AI’s mistakes were recognised
          </small>
        )}
      </th>
      <td className="number">{ratio(detection.corrected)}</td>
      <td className="number">{interval(detection.bounds.low, detection.bounds.high)}</td>
      <td />
    </tr>
  );
}
