import type { Claim, Comparison } from '../api/types';
import { DASH, int, interval, plural, ratio } from '../format/number';
import { date } from '../format/time';
import { ExposureKey } from '../parts/Glyph';
import { Verdict } from '../parts/Verdict';
import { EXPOSURE } from '../words';

/** For each group that is compared: its answer, what the interval rules out, and what an answer would need. */
export function RuledOut({ claim }: { claim: Claim }) {
  const primary = claim.answer.comparisons.filter((comparison) => comparison.primary);
  if (primary.length === 0) return null;
  return (
    <div className="ruled-out">
      {primary.map((comparison) => (
        <Group key={comparison.exposure} comparison={comparison} margin={claim.margin} />
      ))}
    </div>
  );
}

function Group({ comparison, margin }: { comparison: Comparison; margin?: number | null }) {
  const { exposure, code, word, direct } = comparison;
  const effect = comparison.effects.find(({ deciding }) => deciding);
  const shown = code !== 'gated' && code !== 'no_data';
  const high = shown ? direct.always_valid?.high : null;
  return (
    <section aria-label={EXPOSURE[exposure]}>
      <h2>
        <ExposureKey of={exposure} /> <Verdict code={code} word={word} />
      </h2>
      <dl>
        <Row name="Ratio" value={shown ? ratio(direct.value) : DASH}>
          {shown && interval(direct.always_valid?.low, direct.always_valid?.high)}
        </Row>
        <Row name="Cannot be ruled out" value={high == null ? DASH : rise(high)}>
          {high != null && 'at most, however often one looks'}
        </Row>
        <Row
          name="Would have been noticed"
          value={effect?.smallest_seen == null ? DASH : `× ${ratio(effect.smallest_seen)}`}
        >
          {effect && `8 times in 10, from ${plural(effect.events, 'mistake')} that can be compared`}
        </Row>
        {effect?.events_needed != null && (
          <Row
            name={margin == null ? 'Needed' : `Needed for the margin of ${ratio(margin)}`}
            value={int(effect.events_needed)}
          >
            mistakes{effect.enough_on && `; at this pace by ${date(effect.enough_on)}`}
          </Row>
        )}
      </dl>
    </section>
  );
}

function Row({ name, value, children }: { name: string; value: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b> <small>{children}</small>
      </dd>
    </div>
  );
}

/** A ratio as what it adds: "a rate 83 % higher", or lower. */
export function rise(times: number): string {
  const percent = Math.round(100 * (times - 1));
  if (percent === 0) return 'no difference';
  return `a rate ${Math.abs(percent)}\u202f% ${percent > 0 ? 'higher' : 'lower'}`;
}
