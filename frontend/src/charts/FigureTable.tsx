import type { Cell, FigureColumn, FigureRow } from '../api/figures';
import { Scroll } from '../parts/Scroll';
import { Num } from './Num';
import { cellWords, isNumeric } from './units';

interface Props {
  label: string;
  columns: FigureColumn[];
  items: FigureRow<Record<string, Cell>>[];
}

/** A figure as a table, by its columns: every number that has rows leads to them. */
export function FigureTable({ label, columns, items }: Props) {
  const [first, ...others] = columns;
  if (!first) return null;
  return (
    <Scroll label={`Table: ${label}`}>
      <table className="plain figure-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                className={isNumeric(column.unit) ? 'number' : undefined}
                title={column.about || undefined}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((row, i) => (
            <tr key={i}>
              <th scope="row">{cellWords(row.values[first.name], first.unit)}</th>
              {others.map((column) => (
                <Value key={column.name} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Value({ column, row }: { column: FigureColumn; row: FigureRow<Record<string, Cell>> }) {
  const value = row.values[column.name];
  if (!isNumeric(column.unit))
    return <td>{value == null || value === '' ? '' : cellWords(value, column.unit)}</td>;
  const number = value == null || value === '' ? null : Number(value);
  return (
    <td className="number">
      <Num value={number} unit={column.unit} href={row.rows[column.name]} />
    </td>
  );
}
