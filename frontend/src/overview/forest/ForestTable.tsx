import type { Comparison, Exposure } from '../../api/types';
import { ExposureKey } from '../../parts/Glyph';
import { Scroll } from '../../parts/Scroll';
import { AdjustmentRows } from './AdjustmentRows';
import { ForestRow } from './ForestRow';
import { AxisHead, Grid } from './Grid';
import { chooseAxis, type Axis } from './scale';

interface Props {
  comparisons: Comparison[];
  margin?: number | null;
  /** Which comparisons show their other adjustments below them. */
  adjustments: (comparison: Comparison) => boolean;
}

const GROUP: Record<Exposure, string> = {
  ai_assisted: 'AI-assisted changes against changes with no AI recorded',
  ai_agent: 'Changes by AI agents against changes with no AI recorded',
  ai: 'Changes with AI against changes with no AI recorded',
};

/** Ratios by outcome and author class. It is a real table: every interval is readable text as well. */
export function ForestTable({ comparisons, margin, adjustments }: Props) {
  const axis = chooseAxis(comparisons);
  const exposures = [...new Set(comparisons.map((comparison) => comparison.exposure))];
  return (
    <Scroll label="Ratios by kind of mistake">
      <table className="forest">
        <Head axis={axis} />
        {exposures.map((exposure) => (
          <tbody key={exposure}>
            <GroupRow exposure={exposure} axis={axis} margin={margin} />
            {comparisons
              .filter((comparison) => comparison.exposure === exposure)
              .flatMap((comparison) => [
                <ForestRow key={comparison.outcome} comparison={comparison} axis={axis} margin={margin} />,
                adjustments(comparison) && (
                  <AdjustmentRows
                    key={`${comparison.outcome}+`}
                    comparison={comparison}
                    axis={axis}
                    margin={margin}
                  />
                ),
              ])}
          </tbody>
        ))}
      </table>
    </Scroll>
  );
}

function Head({ axis }: { axis: Axis }) {
  return (
    <thead>
      <tr>
        <th scope="col">Outcome</th>
        <th scope="col" className="number">
          Raw, with AI
        </th>
        <th scope="col" className="number">
          Raw, no AI recorded
        </th>
        <th scope="col" className="number crude">
          Crude ratio
        </th>
        <th scope="col" className="plot">
          <span className="hidden">Adjusted ratio and its intervals, logarithmic scale</span>
          <AxisHead axis={axis} />
        </th>
        <th scope="col" className="number">
          Adjusted ratio
        </th>
        <th scope="col">Answer</th>
      </tr>
    </thead>
  );
}

function GroupRow({ exposure, axis, margin }: { exposure: Exposure; axis: Axis; margin?: number | null }) {
  return (
    <tr className="group">
      <th scope="rowgroup" colSpan={4}>
        <ExposureKey of={exposure}>{GROUP[exposure]}</ExposureKey>
      </th>
      <td className="plot">
        <Grid axis={axis} margin={margin} />
      </td>
      <td colSpan={2} />
    </tr>
  );
}
