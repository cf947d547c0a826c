import { Link } from 'wouter';

import type { Arm, Comparison } from '../../api/types';
import { changesHref, parseFilter } from '../../filter/codec';
import { interval, rate, ratio } from '../../format/number';
import { Rows } from '../../parts/Rows';
import { Verdict } from '../../parts/Verdict';
import { markOf, OUTCOME } from '../../words';
import { Grid } from './Grid';
import { CrudeTick, Marks } from './Marks';
import { hasRatio, type Axis } from './scale';

interface Props {
  comparison: Comparison;
  axis: Axis;
  margin?: number | null;
}

/** One outcome of one author class: raw counts, ratio on the axis and in figures, answer. */
export function ForestRow({ comparison, axis, margin }: Props) {
  const { exposure, outcome, exposed, reference, crude, direct, primary, code, word } = comparison;
  const shown = hasRatio(comparison);
  return (
    <tr className={primary ? 'primary' : undefined}>
      <th scope="row">
        <Link href={changesHref({ ...parseFilter(exposed.rows), outcome })}>{OUTCOME[outcome]}</Link>
      </th>
      <Counts className="with" label="AI" arm={exposed} outcome={outcome} />
      <Counts className="without" label="No AI" arm={reference} outcome={outcome} />
      <td className="number crude">{ratio(shown ? crude.value : null)}</td>
      <td className="plot">
        <Grid axis={axis} margin={margin} />
        {shown && <CrudeTick axis={axis} ratio={crude} />}
        {shown && (
          <Marks axis={axis} of={markOf(exposure)} ratio={direct} size={primary ? 'primary' : undefined} />
        )}
        {!shown && <span className="why-not">{whyNot(comparison)}</span>}
      </td>
      <td className="number ratio">
        <span className="narrow-only">Ratio </span>
        <b>{ratio(shown ? direct.value : null)}</b>
        {shown && <Interval comparison={comparison} />}
      </td>
      <td className="answer">
        <Verdict code={code} word={word} />
      </td>
    </tr>
  );
}

function Counts({
  className,
  label,
  arm,
  outcome,
}: {
  className: string;
  label: string;
  arm: Arm;
  outcome: string;
}) {
  return (
    <td className={`number ${className}`}>
      <span className="narrow-only">{label} </span>
      <b>{rate(arm.events, arm.changes)}</b>
      <small>
        <Rows count={arm.events} of={arm.rows} outcome={outcome} /> of{' '}
        <Rows count={arm.changes} of={arm.rows} />
      </small>
    </td>
  );
}

/** The interval that decides; the other one where it is all there is. */
function Interval({ comparison: { direct } }: { comparison: Comparison }) {
  const { low, high } = direct.always_valid ?? direct.fixed;
  const planned = `one planned look: ${interval(direct.fixed?.low, direct.fixed?.high)}`;
  return (
    <small title={planned}>
      {interval(low, high)}
      <span className="hidden"> ({planned})</span>
    </small>
  );
}

function whyNot({ reason, code, direct }: Comparison): string {
  if (reason) return reason;
  if (code === 'gated') return 'No ratio while a check fails';
  return direct.reason ?? 'Too few to compare';
}
