import type { Comparison, Ratio } from '../../api/types';
import { interval, ratio as format, int } from '../../format/number';
import { DESIGN, markOf } from '../../words';
import { Grid } from './Grid';
import { Marks } from './Marks';
import { hasRatio, type Axis } from './scale';

interface Props {
  comparison: Comparison;
  axis: Axis;
  margin?: number | null;
}

/** The same ratio under other choices: with what follows from AI, in the other design, and with the unknown on either side. */
export function AdjustmentRows({ comparison, axis, margin }: Props) {
  const { total, effects, unknown_bounds: bounds } = comparison;
  if (!hasRatio(comparison)) return <Power comparison={comparison} axis={axis} margin={margin} />;
  const other = effects.find((effect) => effect.adjustment === 'direct' && !effect.deciding);
  const lines: [string, Ratio | undefined][] = [
    ['Total effect: with what follows from using AI', total],
    [other ? `Direct effect, ${lower(DESIGN[other.design])}` : '', other?.ratio],
    ['If every unknown were human', bounds?.all_human],
    ['If every unknown were AI', bounds?.all_ai],
  ];
  return lines.map(
    ([label, ratio]) =>
      ratio && (
        <tr key={label} className="adjustment">
          <th scope="row" colSpan={4}>
            {label}
          </th>
          <td className="plot">
            <Grid axis={axis} margin={margin} />
            {ratio.value == null && <span className="why-not">{ratio.reason ?? 'Not estimable'}</span>}
            <Marks axis={axis} of={markOf(comparison.exposure)} ratio={ratio} size="small" />
          </td>
          <td className="number ratio">
            {format(ratio.value)}
            {ratio.value != null && <small>{ends(ratio)}</small>}
          </td>
          <td className="answer" />
        </tr>
      ),
  );
}

/** In place of ratios that cannot be shown: how large an effect would have been seen. */
function Power({ comparison, axis, margin }: Props) {
  const deciding = comparison.effects.find((effect) => effect.deciding);
  if (deciding?.smallest_seen == null) return null;
  return (
    <tr className="adjustment power">
      <th scope="row" colSpan={4}>
        Could have been seen 8 times in 10: a ratio of {format(deciding.smallest_seen)} or more (
        {int(deciding.events)} events in strata with both)
      </th>
      <td className="plot">
        <Grid axis={axis} margin={margin} />
      </td>
      <td className="number ratio" />
      <td className="answer" />
    </tr>
  );
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function ends({ always_valid: always, fixed }: Ratio): string {
  return interval((always ?? fixed).low, (always ?? fixed).high);
}
