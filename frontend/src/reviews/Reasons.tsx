import type { FigureRow } from '../api/figures';
import { Num } from '../charts/Num';
import { share } from '../format/number';
import { ClassKey } from '../parts/Glyph';
import { Scroll } from '../parts/Scroll';
import { glyphOf, WRITTEN_BY, type ReasonRow } from './rows';

const REASON: Record<string, string> = {
  none: 'Nobody approved it',
  self: 'Approved by its makers only',
  ai_only: 'Approved by machines only',
  stale: 'Approved, then changed again',
  after_merge: 'Approved after it had landed',
  bypassed: 'The rules were overridden',
};

/** What there was instead of a second person: a row a reason, a bar a class, all on one scale. */
export function Reasons({ items }: { items: FigureRow<ReasonRow>[] }) {
  const groups = [...new Set(items.map(({ values }) => values.written_by))];
  const most = Math.max(0.01, ...items.map(({ values }) => values.share ?? 0));
  return (
    <Scroll label="Table: what there was instead of a second person">
      <table className="plain reasons">
        <thead>
          <tr>
            <th scope="col">Instead</th>
            {groups.map((group) => (
              <th key={group} scope="col">
                <ClassKey of={glyphOf(group)}>{WRITTEN_BY[group]}</ClassKey>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(REASON).map(([reason, name]) => (
            <tr key={reason}>
              <th scope="row">{name}</th>
              {groups.map((group) => (
                <Bar
                  key={group}
                  row={items.find(({ values }) => values.reason === reason && values.written_by === group)}
                  most={most}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Bar({ row, most }: { row?: FigureRow<ReasonRow>; most: number }) {
  if (!row || row.values.share === null) return <td title={row?.values.hidden}>–</td>;
  const { written_by, changes, of } = row.values;
  return (
    <td>
      <span
        className={`bar ${glyphOf(written_by)}`}
        style={{ width: `${(100 * row.values.share) / most}%` }}
      />
      <small>
        <b>{share(row.values.share)}</b> <Num value={changes} href={row.rows.changes} /> of{' '}
        <Num value={of} href={row.rows.of} />
      </small>
    </td>
  );
}
