import type { Exposure } from '../api/types';
import { Num } from '../charts';
import { interval, rate, ratio } from '../format/number';
import { AxisHead, Grid } from '../overview/forest/Grid';
import { Marks } from '../overview/forest/Marks';
import { axisFor, type Axis } from '../overview/forest/scale';
import { Scroll } from '../parts/Scroll';
import { markOf } from '../words';
import { differWords, dimensionWords, levelWords, type SubgroupRow } from './SubgroupsFigure';

interface Props {
  rows: SubgroupRow[];
  exposure: Exposure;
  margin?: number | null;
}

/** The forest of subgroups: a real table, a body for each dimension with what its levels say together. */
export function SubgroupTable({ rows, exposure, margin }: Props) {
  const axis = axisFor(rows.flatMap(({ values }) => [values.low, values.high].filter((end) => end !== null)));
  const dimensions = [...new Set(rows.map(({ values }) => values.dimension))];
  return (
    <Scroll label="Ratios by subgroup">
      <table className="forest subgroups">
        <thead>
          <tr>
            <th scope="col">Subgroup</th>
            <th scope="col" className="number">
              With AI
            </th>
            <th scope="col" className="number">
              No AI recorded
            </th>
            <th scope="col" className="plot">
              <span className="hidden">Ratio and its interval, logarithmic scale</span>
              <AxisHead axis={axis} />
            </th>
            <th scope="col" className="number">
              Ratio
            </th>
          </tr>
        </thead>
        {dimensions.map((dimension) => {
          const levels = rows.filter(({ values }) => values.dimension === dimension);
          return (
            <tbody key={dimension}>
              <tr className="group">
                <th scope="rowgroup" colSpan={3}>
                  {dimensionWords(dimension)}
                  <small>{differWords(levels[0]!.values)}</small>
                </th>
                <td className="plot">
                  <Grid axis={axis} margin={margin} />
                </td>
                <td />
              </tr>
              {levels.map((row) => (
                <Level key={row.values.level} row={row} axis={axis} exposure={exposure} margin={margin} />
              ))}
            </tbody>
          );
        })}
      </table>
    </Scroll>
  );
}

interface LevelProps {
  row: SubgroupRow;
  axis: Axis;
  exposure: Exposure;
  margin?: number | null;
}

function Level({ row: { values, rows }, axis, exposure, margin }: LevelProps) {
  const { low, high } = values;
  return (
    <tr>
      <th scope="row">{levelWords(values)}</th>
      <td className="number with">
        <span className="narrow-only">AI </span>
        {rate(values.mistakes, values.changes)}
        <small>
          <Num value={values.mistakes} href={rows.mistakes} /> of{' '}
          <Num value={values.changes} href={rows.changes} />
        </small>
      </td>
      <td className="number without">
        <span className="narrow-only">No AI </span>
        {rate(values.reference_mistakes, values.reference)}
        <small>
          <Num value={values.reference_mistakes} href={rows.reference_mistakes} /> of{' '}
          <Num value={values.reference} href={rows.reference} />
        </small>
      </td>
      <td className="plot">
        <Grid axis={axis} margin={margin} />
        {values.ratio === null ? (
          <span className="why-not">{values.hidden}</span>
        ) : (
          <Marks
            axis={axis}
            of={markOf(exposure)}
            ratio={{ value: values.ratio, fixed: { low: null, high: null }, always_valid: { low, high } }}
          />
        )}
      </td>
      <td className="number ratio">
        <span className="narrow-only">Ratio </span>
        <b>{ratio(values.ratio)}</b>
        {values.ratio !== null && <small>{interval(low, high)}</small>}
      </td>
    </tr>
  );
}
