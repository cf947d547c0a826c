import type { Claim, Comparison, Effect } from '../api/types';
import { DASH, int, interval, ratio, share } from '../format/number';
import { date } from '../format/time';
import { Figure } from '../parts/Figure';
import { ExposureKey } from '../parts/Glyph';
import { Scroll } from '../parts/Scroll';
import { Verdict } from '../parts/Verdict';
import { ADJUSTMENT, DESIGN, OUTCOME } from '../words';

/** Both designs with both adjustment sets, of every primary comparison: what each found, and what it rests on. */
export function Effects({ claim }: { claim: Claim }) {
  const primary = claim.answer.comparisons.filter((comparison) => comparison.primary);
  if (primary.length === 0) return null;
  return (
    <Figure
      title="Four ways to compare"
      lede="The first row of each group decides. The others are always shown: a conclusion that hangs on one way of comparing is none."
      note={<Reading />}
    >
      <Scroll label="Table of effects">
        <table className="plain effects">
          <Head />
          {primary.map((comparison) => (
            <Group key={comparison.exposure} comparison={comparison} />
          ))}
        </table>
      </Scroll>
    </Figure>
  );
}

const COLUMNS = [
  'Ratio',
  'However often one looks',
  'One look',
  'Events',
  'Clusters',
  'Seen from',
  'E-value',
  'Control',
];

function Head() {
  return (
    <thead>
      <tr>
        <th scope="col">Comparison</th>
        {COLUMNS.map((name) => (
          <th key={name} scope="col" className="number">
            {name}
          </th>
        ))}
        <th scope="col">Answer</th>
      </tr>
    </thead>
  );
}

function Group({ comparison: { exposure, outcome, effects, depends } }: { comparison: Comparison }) {
  return (
    <tbody>
      <tr className="group">
        <th scope="rowgroup" colSpan={COLUMNS.length + 2}>
          <ExposureKey of={exposure} /> · {OUTCOME[outcome]}
          {depends && ' · the two designs contradict one another'}
        </th>
      </tr>
      {effects.map((effect) => (
        <Line key={effect.design + effect.adjustment} effect={effect} />
      ))}
    </tbody>
  );
}

function Line({ effect }: { effect: Effect }) {
  const { ratio: found, reason, control } = effect;
  return (
    <tr className={effect.deciding ? 'primary' : undefined}>
      <th scope="row">
        {DESIGN[effect.design]}
        <small>{ADJUSTMENT[effect.adjustment]}</small>
      </th>
      <td className="number">{ratio(found.value)}</td>
      <td className="number">{interval(found.always_valid?.low, found.always_valid?.high)}</td>
      <td className="number">{interval(found.fixed?.low, found.fixed?.high)}</td>
      <td className="number">
        {int(effect.events)}
        <small>{share(effect.event_share)} of all</small>
        {effect.exposed_share != null && <small>{share(effect.exposed_share)} of AI’s changes</small>}
      </td>
      <td className="number">
        {int(effect.clusters)}
        <small>× {ratio(effect.design_effect)}</small>
      </td>
      <td className="number">
        {ratio(effect.smallest_seen)}
        <small>{need(effect)}</small>
      </td>
      <td className="number">
        {ratio(effect.e_value)}
        <small>{ratio(effect.e_value_limit)}</small>
      </td>
      <td className="number">
        {control ? ratio(control.value) : DASH}
        <small>{control && interval(control.always_valid?.low, control.always_valid?.high)}</small>
      </td>
      <td>
        <Verdict code={effect.code} word={effect.word} />
        {reason && <small>{reason}</small>}
      </td>
    </tr>
  );
}

function need({ events_needed: needed, enough_on: on }: Effect): string {
  if (needed == null) return '';
  return `${int(needed)} events for the margin${on ? `, at this pace by ${date(on)}` : ''}`;
}

function Reading() {
  return (
    <p>
      Events: in strata with changes of both arms, and which share of all events these are. Clusters: how
      many, and by what factor their likeness widens the interval. Seen from: the smallest ratio that would
      have been seen 8 times in 10. E-value: how strongly something unmeasured would have to be tied both to
      AI and to the outcome to explain the ratio away; below it, to move the nearer end of the interval to 1.
      Control: the same ratio for incidents that no change can have caused; it should hold 1.
    </p>
  );
}
