import type { Exposure } from '../api/types';
import { FigureFrame } from '../charts';
import type { Scope } from '../filter/scope';
import { MonthsChart } from './MonthsChart';

export interface RatioMonth {
  exposure: Exposure;
  month: string;
  mistakes: number;
  reference_mistakes: number;
  ratio: number | null;
  low: number | null;
  high: number | null;
  hidden: string;
}

/** The ratio month by month. Months with too few mistakes are a tick, not a point. */
export function MonthsFigure({
  exposure,
  margin,
  scope,
}: {
  exposure: Exposure;
  margin?: number | null;
  scope: Scope;
}) {
  return (
    <FigureFrame<RatioMonth>
      id="mistakes_months"
      scope={scope}
      title="The ratio over time"
      height={300}
      empty="No month has mature changes to compare."
      chart={({ items }) => (
        <MonthsChart
          months={items.map(({ values }) => values).filter((month) => month.exposure === exposure)}
          exposure={exposure}
          margin={margin}
        />
      )}
      note="Each month by itself, in the same repository. A tick at the foot: fewer than 10 mistakes in one group."
    />
  );
}
