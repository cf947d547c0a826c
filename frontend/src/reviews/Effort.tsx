import type { FigureRow } from '../api/figures';
import { Num } from '../charts/Num';
import { DASH, share } from '../format/number';
import { ClassKey } from '../parts/Glyph';
import { Scroll } from '../parts/Scroll';
import { glyphOf, WRITTEN_BY, type EffortRow } from './rows';

/** Comments and rounds of review by size of the change: a row a size, side by side the classes. */
export function Effort({ items }: { items: FigureRow<EffortRow>[] }) {
  const groups = [...new Set(items.map(({ values }) => values.written_by))];
  const sizes = [...new Set(items.map(({ values }) => values.lines))];
  return (
    <Scroll label="Table: review effort by size">
      <table className="plain effort">
        <thead>
          <tr>
            <th scope="col">Lines changed</th>
            {groups.map((group) => (
              <th key={group} scope="col">
                <ClassKey of={glyphOf(group)}>{WRITTEN_BY[group]}</ClassKey>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sizes.map((size) => (
            <tr key={size}>
              <th scope="row">{size}</th>
              {groups.map((group) => (
                <Field
                  key={group}
                  row={items.find(({ values }) => values.lines === size && values.written_by === group)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Field({ row }: { row?: FigureRow<EffortRow> }) {
  if (!row) return <td>{DASH}</td>;
  const { comments_per_100, without_comment, rounds_mean, changes, hidden } = row.values;
  return (
    <td>
      {hidden ? (
        <span className="muted">{hidden}</span>
      ) : (
        <>
          <b>{comments_per_100?.toFixed(2)}</b> comments per 100 lines
        </>
      )}
      <small>
        {!hidden && `${rounds_mean?.toFixed(2)} rounds, ${share(without_comment)} without a comment, of `}
        {hidden && 'n = '}
        <Num value={changes} href={row.rows.changes} />
      </small>
    </td>
  );
}
