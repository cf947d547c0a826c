import { lazy, Suspense, useMemo, useState } from 'react';

import { int, plural } from '../format/number';
import { Waiting } from '../parts/Waiting';
import { choose, MOST_SERIES, points, type Choice } from './chart';
import { isNumber } from './grid';
import type { Result } from './run';

const Chart = lazy(() => import('./Chart'));

/** A chart of the rows. Of a part of them only when that is what is wanted. */
export function ChartTab({ result }: { result: Result }) {
  const [partly, setPartly] = useState('');
  const usual = useMemo(() => choose(result.columns), [result.columns]);
  const [chosen, setChosen] = useState<Choice>();
  const choice = chosen && chosen.y < result.columns.length ? chosen : usual;
  if (result.truncated && partly !== result.id) {
    return (
      <div className="sql-note">
        <p>
          <b>These are only the first {int(result.rows.length)} rows.</b> A chart of them may mislead: group
          or filter in the statement, so that all of them fit.
        </p>
        <button className="button" onClick={() => setPartly(result.id)}>
          Draw the first {int(result.rows.length)} all the same
        </button>
      </div>
    );
  }
  if (!choice) {
    return <p className="sql-note">A chart needs a column of numbers and another to set them against.</p>;
  }
  return <Drawn result={result} choice={choice} choose={setChosen} />;
}

function Drawn({
  result,
  choice,
  choose: change,
}: {
  result: Result;
  choice: Choice;
  choose: (c: Choice) => void;
}) {
  const drawn = useMemo(() => points(result, choice), [result, choice]);
  const name = (i: number) => result.columns[i]?.name ?? '';
  return (
    <div>
      <div className="sql-axes">
        <Pick
          label="Across"
          value={choice.x}
          columns={result.columns}
          pick={(x) => change({ ...choice, x })}
        />
        <Pick
          label="Up"
          value={choice.y}
          columns={result.columns}
          numbers
          pick={(y) => change({ ...choice, y })}
        />
        <Pick
          label="One line for each"
          value={choice.series}
          columns={result.columns}
          none
          pick={(series) => change({ ...choice, series })}
        />
      </div>
      <Suspense fallback={<Waiting what="the chart" height={300} />}>
        <Chart
          points={drawn.points}
          series={drawn.series}
          names={{
            x: name(choice.x),
            y: name(choice.y),
            series: choice.series < 0 ? undefined : name(choice.series),
          }}
        />
      </Suspense>
      <p className="muted">
        {result.truncated && `Drawn from the first ${int(result.rows.length)} rows only. `}
        {drawn.left > 0 && `${plural(drawn.left, 'row')} without a number left out. `}
        {drawn.series.length > MOST_SERIES &&
          `${drawn.series.length} lines are too many: the first ${MOST_SERIES} are drawn. `}
        The same numbers are under Rows.
      </p>
    </div>
  );
}

interface PickProps {
  label: string;
  value: number;
  columns: Result['columns'];
  numbers?: boolean;
  none?: boolean;
  pick: (i: number) => void;
}

function Pick({ label, value, columns, numbers, none, pick }: PickProps) {
  return (
    <label className="sql-param">
      <span>{label}</span>
      <select value={value} onChange={(event) => pick(Number(event.target.value))}>
        {none && <option value={-1}>nothing</option>}
        {columns.map((column, i) =>
          numbers && !isNumber(column.type) ? null : (
            <option key={i} value={i}>
              {column.name}
            </option>
          ),
        )}
      </select>
    </label>
  );
}
