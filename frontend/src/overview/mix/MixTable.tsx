import type { AuthorClass, Month } from '../../api/types';
import { share } from '../../format/number';
import { month as monthWords, monthAfter } from '../../format/time';
import { Rows } from '../../parts/Rows';
import { Scroll } from '../../parts/Scroll';
import { CLASS } from '../../words';
import { changesIn, CLASSES } from './series';

/** The figures behind the chart, newest month first, each with the changes it counts. */
export function MixTable({ months }: { months: Month[] }) {
  return (
    <Scroll label="Changes by month and author class">
      <table className="plain months">
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col" className="number">
              Changes
            </th>
            {CLASSES.map((of) => (
              <th key={of} scope="col" className="number" colSpan={2}>
                {CLASS[of]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {months.toReversed().map((month) => (
            <Line key={month.month} month={month} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Line({ month }: { month: Month }) {
  const total = changesIn(month);
  const days = { from: month.month, to: monthAfter(month.month) };
  return (
    <tr>
      <th scope="row">
        {monthWords(month.month)}
        {!month.complete && <small> not over</small>}
      </th>
      <td className="number">
        <Rows count={total} of={days} />
      </td>
      {CLASSES.map((of) => (
        <Cells key={of} of={of} month={month} total={total} days={days} />
      ))}
    </tr>
  );
}

interface CellsProps {
  of: AuthorClass;
  month: Month;
  total: number;
  days: { from: string; to: string };
}

function Cells({ of, month, total, days }: CellsProps) {
  return (
    <>
      <td className="number">
        <Rows count={month[of]} of={{ class: [of], ...days }} />
      </td>
      <td className="number muted">{share(total === 0 ? null : month[of] / total)}</td>
    </>
  );
}
