import type { Measure, Table } from '../api/types';
import { amount, amounts, int } from '../format/number';
import { Figure } from '../parts/Figure';
import { Rows } from '../parts/Rows';
import { Scroll } from '../parts/Scroll';

/** A table of measures: each with its interval, the counts behind it, and a bar where it is a share. */
export function Measures({ table }: { table: Table }) {
  return (
    <Figure title={table.title} note={table.note && <p>{table.note}</p>}>
      <Scroll label={`Table: ${table.title}`}>
        <table className="plain measures">
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th scope="col" className="number">
                Value
              </th>
              <th scope="col" className="number">
                Interval
              </th>
              <th scope="col" className="number">
                Counts
              </th>
              <td className="bar" />
            </tr>
          </thead>
          <tbody>
            {table.measures.map((measure, i) => (
              <Line key={i} measure={measure} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </Figure>
  );
}

function Line({ measure }: { measure: Measure }) {
  const { label, unit, value, interval, reason } = measure;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="number">
        {amount(value, unit)}
        {value == null && reason && <small>{reason}</small>}
      </td>
      <td className="number">{interval && amounts(interval.low, interval.high, unit)}</td>
      <td className="number">
        <Counts measure={measure} />
      </td>
      <td className="bar" aria-hidden="true">
        {unit === 'share' && value != null && (
          <span className={measure.class} style={{ width: `${100 * Math.min(1, value)}%` }} />
        )}
      </td>
    </tr>
  );
}

/** The counts, of which the first leads to its changes. */
function Counts({ measure: { part, of, rows, unit, value } }: { measure: Measure }) {
  const count = part ?? (unit === 'count' ? value : undefined);
  if (count == null) return null;
  return (
    <>
      {rows ? <Rows count={count} of={rows} /> : part !== undefined && int(count)}
      {of !== undefined && ` of ${int(of)}`}
    </>
  );
}
