import { Num } from '../charts/Num';
import { DASH } from '../format/number';
import { Scroll } from '../parts/Scroll';
import { MARK_WORDS } from './outage';
import type { ClassRows } from './rows';

/** Outages and their minutes by who wrote the change. */
export function ClassesTable({ rows }: { rows: ClassRows }) {
  return (
    <Scroll label="Table: minutes of outage">
      <table className="plain figure-table">
        <thead>
          <tr>
            <th scope="col">Change</th>
            {['Outages', 'Probable', 'Going on', 'Median', 'Longest', 'In all'].map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ values, rows }) => (
            <tr key={values.written_by}>
              <th scope="row">{MARK_WORDS[values.written_by]}</th>
              <td className="number">
                <Num value={values.outages} href={rows.outages} />
              </td>
              <td className="number">{values.classes.length > 0 ? values.probable : DASH}</td>
              <td className="number">{values.going_on}</td>
              <td className="number" title={values.no_median || undefined}>
                <Num value={values.median_minutes} unit="minutes" />
              </td>
              <td className="number">
                <Num value={values.longest_minutes} unit="minutes" />
              </td>
              <td className="number">
                <Num value={values.minutes} unit="minutes" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
