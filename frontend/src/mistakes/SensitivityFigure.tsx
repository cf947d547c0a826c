import type { Comparison, Ratio } from '../api/types';
import { interval, plural, ratio } from '../format/number';
import { AxisHead, Grid } from '../overview/forest/Grid';
import { Marks } from '../overview/forest/Marks';
import { axisFor } from '../overview/forest/scale';
import { Figure } from '../parts/Figure';
import { Scroll } from '../parts/Scroll';
import { ADJUSTMENT, DESIGN, markOf } from '../words';

interface Variant {
  label: string;
  found: Ratio;
  events?: number;
  deciding?: boolean;
}

/** The deciding ratio under other definitions: an answer that hangs on one of them is none. */
export function SensitivityFigure({
  comparison,
  margin,
}: {
  comparison: Comparison;
  margin?: number | null;
}) {
  const all = variants(comparison);
  const axis = axisFor(
    all.flatMap(({ found }) => [found.always_valid?.low ?? 0, found.always_valid?.high ?? 0]),
  );
  return (
    <Figure title="With other definitions" lede="The same ratio when one thing is defined otherwise.">
      <Scroll label="Ratios with other definitions">
        <table className="forest sensitivity">
          <thead>
            <tr>
              <th scope="col">Definition</th>
              <th scope="col" className="plot">
                <span className="hidden">Ratio and its intervals, logarithmic scale</span>
                <AxisHead axis={axis} />
              </th>
              <th scope="col" className="number">
                Ratio
              </th>
            </tr>
          </thead>
          <tbody>
            {all.map(({ label, found, events, deciding }) => (
              <tr key={label} className={deciding ? 'primary' : undefined}>
                <th scope="row">
                  {label}
                  {events !== undefined && <small>{plural(events, 'mistake')}</small>}
                </th>
                <td className="plot">
                  <Grid axis={axis} margin={margin} />
                  <Marks
                    axis={axis}
                    of={markOf(comparison.exposure)}
                    ratio={found}
                    size={deciding ? 'primary' : 'small'}
                  />
                </td>
                <td className="number ratio">
                  <b>{ratio(found.value)}</b>
                  <small>{interval(found.always_valid?.low, found.always_valid?.high)}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Figure>
  );
}

/** The deciding ratio, the other ways to compare, and what the claim itself varies. */
export function variants({ direct, effects, unknown_bounds: bounds, sensitivity }: Comparison): Variant[] {
  const others = effects.filter((effect) => !effect.deciding && effect.ratio.value != null);
  return [
    {
      label: 'As it decides',
      found: direct,
      events: effects.find(({ deciding }) => deciding)?.events,
      deciding: true,
    },
    ...others.map(({ design, adjustment, ratio: found, events }) => ({
      label: `${DESIGN[design]}, ${ADJUSTMENT[adjustment].split(':')[0]!.toLowerCase()}`,
      found,
      events,
    })),
    ...(bounds ? [{ label: 'If every unknown change were AI', found: bounds.all_ai }] : []),
    ...sensitivity.map(({ label, ratio: found, events }) => ({ label: capital(label), found, events })),
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
